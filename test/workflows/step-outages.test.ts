import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { activityInfo } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { compileGraph } from '../../src/engine/definition/compile-graph.ts';
import type { NodeCall, NodeSummary } from '../../src/engine/log/node-call.ts';
import { createLogger } from '../../src/log.ts';
import { ensureSearchAttributes } from '../../src/relay/upkeep/search-attributes.ts';
import { workflowBundle } from '../../src/processes/workflow-bundle.ts';
import { runWorkflowType } from '../../src/workflows/messages.ts';
import type { RunInput } from '../../src/workflows/messages.ts';
import { replayAll } from '../support/replay.ts';

const log = createLogger('warn', 'test');
const definition = {
  nodes: {
    root: { type: 'webhook', children: ['brief', 'slow', 'hangs'] },
    brief: { type: 'log', payload: { message: 'c' } },
    hangs: { type: 'log', payload: { message: 'a' } },
    slow: { type: 'log', payload: { message: 'b' }, children: ['next'] },
    next: { type: 'http-request', payload: { url: 'https://peer.example' } },
  },
};

const success = async (): Promise<NodeSummary> => ({ status: 'success' });

/** Steps as they come out while MongoDB comes back: one has just made it when the other gives up. */
function createSteps() {
  let calls = 0;
  return {
    'http-request': success,
    record: async () => ({ nodes: {} }),
    'close-run': success,
    async log({ path }: NodeCall): Promise<NodeSummary> {
      assert.ok(activityInfo().isLocal);
      if (path === 'brief') await delay(500);
      // A Local Activity is given up after ten seconds; the workflow task in which that happens begins after eight.
      if (path === 'slow') await delay(9_000);
      if (path === 'hangs' && (calls += 1) === 1) await delay(11_000);
      return success();
    },
  };
}

describe('a step that gives up for an outage', function () {
  this.timeout(120_000);

  it('is called again in the order of all news, so that the history replays', async () => {
    const address = String(process.env['TEMPORAL_ADDRESS']);
    const taskQueue = `test-${randomUUID()}`;
    const connection = await NativeConnection.connect({ address });
    const client = new Client({ connection: Connection.lazy({ address }) });
    try {
      await ensureSearchAttributes(client, log);
      const bundle = await workflowBundle('.hookloom', log);
      const worker = await Worker.create({
        connection,
        taskQueue,
        workflowBundle: bundle,
        activities: createSteps(),
        // So the third step waits half a second. The SDK times a Local Activity from its call and, as long, from its
        // start, and gives it up only when the first of these ends first.
        maxConcurrentLocalActivityExecutions: 2,
      });
      const input: RunInput = {
        runId: taskQueue,
        ...{ organizationId: 'org', workflowId: 'wf', versionId: 'v' },
        graph: compileGraph(checkDefinition(definition).definition as never),
      };
      const history = await worker.runUntil(async () => {
        const options = { taskQueue, workflowId: taskQueue, args: [input] };
        const handle = await client.workflow.start(runWorkflowType('Steps'), options);
        assert.deepEqual(await handle.result(), { status: 'success' });
        return handle.fetchHistory();
      });
      const pauses = history.events?.filter(
        ({ timerStartedEventAttributes: timer }) => Number(timer?.startToFireTimeout?.seconds) === 2,
      );
      assert.equal(pauses?.length, 1, 'no step gave up');
      assert.deepEqual(await replayAll([{ workflowId: taskQueue, history }]), []);
    } finally {
      await client.connection.close();
      await connection.close();
    }
  });
});
