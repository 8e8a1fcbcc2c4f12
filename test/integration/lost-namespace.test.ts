import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('a process whose Workers cannot go on', function () {
  // The SDK gives up a namespace that is gone after two minutes.
  this.timeout(400_000);
  const namespace = `test-${randomUUID()}`;
  let hookloom: Hookloom;

  before(async () => {
    hookloom = await startHookloom({ TEMPORAL_NAMESPACE: namespace }, { api: false, worker: false });
    const service = hookloom.temporal.workflowService;
    await service.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    await eventually(() => service.describeNamespace({ namespace }), 60_000);
  });
  after(() => hookloom?.stop());

  it('ends with exit code 1 and the reason in its log', async () => {
    const worker = await eventually(() => hookloom.startWorker(), 60_000);
    const exited = once(worker.child, 'exit');
    // What no Worker outlives: its namespace is gone.
    await hookloom.temporal.connection.operatorService.deleteNamespace({ namespace });
    assert.deepEqual(await exited, [1, null]);
    const lines = worker.output().trimEnd().split('\n');
    assert.ok(
      lines.some((line) => /"level":60.*Worker stopped/.test(line)),
      worker.output().slice(-2_000),
    );
  });
});
