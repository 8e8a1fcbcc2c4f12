import assert from 'node:assert/strict';
import { readStream } from '../../src/dev/read-stream.ts';
import type { StreamFrame } from '../../src/dev/read-stream.ts';
import { readRunLog } from '../../src/store/events.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('streams', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let webhookUrl: string;
  let workflowId: string;

  before(async () => {
    hookloom = await startHookloom();
    const ids = Array.from({ length: 20 }, (_, index) => `n${index}`);
    const nodes = ids.map((id, index) => [
      id,
      { type: 'log', payload: { message: id }, children: ids.slice(index + 1, index + 2) },
    ]);
    ({ webhookUrl, id: workflowId } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['n0'] }, ...Object.fromEntries(nodes) },
    }));
  });
  after(() => hookloom?.stop());

  const open = (path: string, lastEventId?: string, signal?: AbortSignal) =>
    fetch(hookloom.url + path, {
      headers: {
        authorization: `Bearer ${hookloom.key}`,
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
      ...(signal ? { signal } : {}),
    });
  const start = async () => (await hookloom.call('POST', webhookUrl, {})).body.runIds[0] as string;

  /** Reads frames until one says so. */
  async function read(
    path: string,
    until: (frame: StreamFrame) => boolean,
    lastEventId?: string,
  ): Promise<StreamFrame[]> {
    const control = new AbortController();
    const frames: StreamFrame[] = [];
    for await (const frame of readStream(await open(path, lastEventId, control.signal))) {
      frames.push(frame);
      if (until(frame)) break;
    }
    control.abort();
    return frames;
  }

  it('of a run give every event once to readers that join at any time', async () => {
    const runId = await start();
    const path = `/v1/runs/${runId}/stream`;
    const early = await read(path, (frame) => frame.event === 'end');
    const late = await read(path, (frame) => frame.event === 'end');
    const log = await readRunLog(hookloom.db, runId);
    assert.deepEqual(
      early.map((frame) => frame.id),
      [...log.map((event) => String(event.sequence)), undefined],
    );
    assert.deepEqual(late, early);
  });

  it('of a run go on exactly after the last event, at every event', async () => {
    const runId = await start();
    const path = `/v1/runs/${runId}/stream`;
    const seen: (string | undefined)[] = [];
    let last: string | undefined;
    for (;;) {
      const [frame] = await read(path, () => true, last);
      if (frame?.event === 'end') break;
      seen.push(frame?.id);
      last = frame?.id;
      if (frame?.event === 'run.succeeded') break;
    }
    const log = await readRunLog(hookloom.db, runId);
    assert.deepEqual(
      seen,
      log.map((event) => String(event.sequence)),
    );
  });

  it('of an execution end with its outcome', async () => {
    const runId = await start();
    const run = await hookloom.runEnd(runId);
    const { executionId } = run.nodes.n5;
    const frames = await read(`/v1/executions/${executionId}/stream`, (frame) => frame.event === 'end');
    assert.deepEqual(
      frames.map((frame) => frame.event),
      ['node.scheduled', 'node.started', 'node.succeeded', 'end'],
    );
    const { body } = await hookloom.call('GET', `/v1/executions/${executionId}`);
    assert.equal(body.attempts.length, 1);
    assert.equal(body.output.message, 'n5');
  });

  it('of all activity start at now, filter, and go on after a cursor', async () => {
    const ends: StreamFrame[] = [];
    const reading = read(`/v1/activity/stream?types=run.*&workflowId=${workflowId}`, (frame) => {
      ends.push(frame);
      return frame.event === 'run.succeeded';
    });
    let runId = '';
    await eventually(async () => {
      runId = await start();
      await eventually(() => assert.ok(ends.length > 0), 2_000);
    }, 20_000);
    const frames = await reading;
    assert.ok(frames.every((frame) => frame.event.startsWith('run.')));
    const cursor = frames.find((frame) => frame.event === 'run.queued' || frame.event === 'run.started')?.id;
    const runs = new Set(frames.map((frame) => JSON.parse(frame.data).data.runId));
    assert.ok(runs.has(runId) || runs.size > 0);
    const again = await read(
      `/v1/activity/stream?types=run.*`,
      (frame) => frame.event === 'run.succeeded',
      cursor,
    );
    const index = frames.findIndex((frame) => frame.id === cursor);
    assert.deepEqual(
      again.map((frame) => frame.id).slice(0, 2),
      frames
        .slice(index + 1, index + 3)
        .map((frame) => frame.id)
        .slice(0, 2),
    );
  });

  it('of all activity say so when their cursor is not known', async () => {
    const [frame] = await read('/v1/activity/stream', () => true, 'bm90IGEgY3Vyc29y');
    assert.equal(frame?.event, 'reset');
    assert.match(JSON.parse(frame?.data ?? '{}').read, /^\/v1\/activity\?since=/);
  });

  it('cost one change stream, however many are open', async () => {
    const controls = Array.from({ length: 100 }, () => new AbortController());
    const runId = await start();
    await hookloom.runEnd(runId);
    const cursors = async () => {
      const status = await hookloom.db.admin().command({ serverStatus: 1 });
      return Number(status['metrics'].cursor.open.total);
    };
    const before = await cursors();
    await Promise.all(controls.map((control) => open('/v1/activity/stream', undefined, control.signal)));
    const during = await cursors();
    for (const control of controls) control.abort();
    assert.ok(during - before <= 3, `${during - before} more cursors for 100 streams`);
  });
});
