import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

/** As a killed process leaves it: longer than an append waits for it, shorter than MongoDB keeps it by default. */
const heldMs = 14_000;

describe('a transaction that a killed process left open', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver((_, response) => response.end('{}'));
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  it('costs a run that it touches nothing but time: no attempt, no loss, no order (fault 51)', async () => {
    const request = {
      type: 'http-request',
      payload: { url: `${receiver.url}/` },
      retry: { maxAttempts: 2 },
    };
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['d'] },
        d: { type: 'delay', payload: { delayMs: 2_000 }, children: ['a', 'b'] },
        a: request,
        b: request,
      },
    });
    const runId = (await hookloom.call('POST', webhookUrl, {})).body.runIds[0] as string;
    await eventually(async () => {
      assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).body.nodes.d?.status, 'waiting');
    }, 30_000);
    const session = hookloom.db.client.startSession();
    session.startTransaction();
    const touched = { $set: { touchedBy: 'a process that is gone' } };
    await hookloom.db.collection('runs').updateOne({ _id: runId as never }, touched, { session });
    await new Promise((resolve) => setTimeout(resolve, heldMs));
    await session.abortTransaction();
    await session.endSession();
    const { status, error, nodes } = await hookloom.runEnd(runId, 90_000);
    assert.equal(status, 'success', JSON.stringify(error));
    assert.deepEqual([nodes.a.attempt, nodes.b.attempt], [1, 1]);
    const events = await checkLog(hookloom.db, runId);
    assert.ok(!events.some(({ body }) => body.includes('worker_lost')));
    assert.equal(receiver.requests.length, 2);
  });
});
