import assert from 'node:assert/strict';
import { RunHistory } from '../../web/src/runs/history.ts';
import type { RunEvent } from '../../web/src/runs/run-event.ts';

/** The log of a loop of one node: two events an item. */
function* logOfLoop(items: number): Generator<RunEvent> {
  let sequence = 0;
  const eventOf = (type: string, data: object) => {
    sequence += 1;
    const timestamp = new Date(Date.UTC(2026, 0, 1) + sequence).toISOString();
    const ids = { runId: 'run_1', workflowId: 'wf_1', organizationId: 'org_1', sequence };
    return { type, timestamp, data: { ...ids, ...data } } as unknown as RunEvent;
  };
  yield eventOf('run.queued', { trigger: { source: 'manual' }, workflowVersion: 1 });
  yield eventOf('run.started', {});
  for (let index = 0; index < items; index += 1) {
    const node = {
      path: `each[${index}]/step`,
      nodeId: 'step',
      nodeType: 'set',
      executionId: `exe_${index}`,
    };
    yield eventOf('node.started', { ...node, attempt: 1 });
    yield eventOf('node.succeeded', { ...node, attempt: 1, status: 'success', result: index });
  }
}

describe('the history of a run', () => {
  it('tells of every place of a long log what the events up to there tell', function () {
    this.timeout(60_000);
    const [long, short] = [new RunHistory(), new RunHistory()];
    const events = [...logOfLoop(17_000)];
    for (const event of events) long.append(event);
    for (const place of [1, 1_001, 31_999, 33_001, events.length]) {
      for (const event of events.slice(short.events.length, place)) short.append(event);
      assert.deepEqual(long.at(place), short.head, `event ${place}`);
    }
  });
});
