import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const webhook = { nodes: { root: { type: 'webhook' } } };
const manual = { nodes: { root: { type: 'manual' } } };

describe('a webhook and the state of its workflow', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
  });
  after(() => hookloom?.stop());

  const post = (url: string, n: number) => hookloom.call('POST', url, { n }, { 'webhook-id': `order-${n}` });
  const change = async (id: string, step: string, body: object = {}) => {
    const answer = await hookloom.call('POST', `/v1/workflows/${id}/${step}`, body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };
  const inbox = async (id: string, status: string) =>
    (await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}&status=${status}&limit=100`)).body
      .items as any[];
  const runsOf = async (id: string) =>
    (await hookloom.call('GET', `/v1/workflows/${id}/runs?limit=100`)).body.items as any[];
  const bodyOf = async (runId: string) => (await hookloom.call('GET', `/v1/runs/${runId}`)).body.input;

  it('keeps what comes while it is paused, and starts it when asked, in order (fault 17)', async () => {
    const { id, webhookUrl } = await hookloom.publish(webhook);
    await change(id, 'pause');
    for (const n of [1, 2, 3, 2, 4]) {
      const { status, body } = await post(webhookUrl, n);
      assert.equal(status, 202);
      assert.deepEqual(
        { ...body, eventId: '' },
        { action: 'skipped', reason: 'paused', runIds: [], eventId: '', duplicate: false },
      );
    }
    assert.equal((await inbox(id, 'held')).length, 5);
    assert.deepEqual(await runsOf(id), []);
    await change(id, 'resume', { held: 'run' });
    await eventually(async () => assert.deepEqual(await inbox(id, 'held'), []));
    const runs = (await runsOf(id)).reverse();
    assert.deepEqual(await Promise.all(runs.map((run) => bodyOf(run.id))), [
      { n: 1 },
      { n: 2 },
      { n: 3 },
      { n: 4 },
    ]);
    assert.equal((await inbox(id, 'duplicate')).length, 1);
    assert.equal((await inbox(id, 'released')).length, 5);
  });

  it('goes on with what was held although the process that began is killed', async () => {
    const { id, webhookUrl } = await hookloom.publish(webhook);
    const doomed = await hookloom.startApi();
    await change(id, 'pause');
    await Promise.all(Array.from({ length: 60 }, (_, n) => post(webhookUrl, n)));
    await hookloom.call('POST', `${doomed.url}/v1/workflows/${id}/resume`, { held: 'run' });
    await eventually(async () => assert.notEqual((await inbox(id, 'released')).length, 0));
    await doomed.kill();
    await eventually(async () => assert.deepEqual(await inbox(id, 'held'), []), 60_000);
    const bodies = await Promise.all((await runsOf(id)).map(async (run) => (await bodyOf(run.id)).n));
    assert.deepEqual(
      bodies.sort((a, b) => a - b),
      Array.from({ length: 60 }, (_, n) => n),
    );
  });

  it('keeps or discards what was held, as asked', async () => {
    const { id, webhookUrl } = await hookloom.publish(webhook);
    await change(id, 'pause');
    const { body: first } = await post(webhookUrl, 1);
    await change(id, 'resume');
    assert.equal((await inbox(id, 'held')).length, 1);
    const replayed = await hookloom.call('POST', `/v1/webhook-events/${first.eventId}/replay`, {});
    assert.deepEqual(await bodyOf(replayed.body.runIds[0]), { n: 1 });
    await change(id, 'pause');
    await change(id, 'resume', { held: 'discard' });
    assert.equal((await inbox(id, 'discarded')).length, 1);
    assert.equal((await runsOf(id)).length, 1);
  });

  it('refuses what comes while it is paused where that is chosen', async () => {
    const { id, webhookUrl } = await hookloom.publish(webhook, { webhook: { whenPaused: 'reject' } });
    await change(id, 'pause');
    assert.equal((await post(webhookUrl, 1)).status, 404);
    assert.deepEqual(await inbox(id, 'held'), []);
  });

  it('judges what is held as what is not: its sender and its body', async () => {
    const verification = { type: 'bearer', token: 'a-token-of-the-sender' };
    const { id, webhookUrl } = await hookloom.publish(webhook, { webhook: { verification } });
    await change(id, 'pause');
    assert.equal((await post(webhookUrl, 1)).status, 401);
    assert.deepEqual(await inbox(id, 'held'), []);
  });

  it('is off with a version whose root is another (fault 18)', async () => {
    const { id, webhookUrl } = await hookloom.publish(webhook);
    await hookloom.call('PUT', `/v1/workflows/${id}`, { definition: manual });
    assert.equal((await post(webhookUrl, 1)).status, 202);
    await change(id, 'publish');
    assert.equal((await post(webhookUrl, 2)).status, 404);
    await change(id, 'rollback', { targetVersion: 1 });
    assert.equal((await post(webhookUrl, 3)).status, 202);
  });

  it('starts nothing by no way once it is archived, until it is taken out by name (fault 19)', async () => {
    const { id, webhookUrl } = await hookloom.publish(webhook);
    const { body: accepted } = await post(webhookUrl, 1);
    const runId = accepted.runIds[0];
    await hookloom.call('POST', `/v1/runs/${runId}/cancel`, {});
    assert.equal((await hookloom.call('DELETE', `/v1/workflows/${id}`)).status, 204);
    const ways: [path: string, body: object][] = [
      [`/v1/workflows/${id}/run`, {}],
      [`/v1/workflows/${id}/run`, { version: 1 }],
      [`/v1/workflows/${id}/publish`, {}],
      [`/v1/workflows/${id}/pause`, {}],
      [`/v1/workflows/${id}/resume`, { held: 'run' }],
      [`/v1/workflows/${id}/rollback`, { targetVersion: 1 }],
      [`/v1/workflows/${id}/webhook/capture`, {}],
      [`/v1/webhook-events/${accepted.eventId}/replay`, {}],
      [`/v1/runs/${runId}/retry`, { from: 'root' }],
    ];
    for (const [path, body] of ways)
      assert.equal((await hookloom.call('POST', path, body)).status, 409, path);
    assert.equal((await post(webhookUrl, 2)).status, 404);
    assert.equal((await runsOf(id)).length, 1);
    assert.equal((await change(id, 'unarchive')).status, 'paused');
    await change(id, 'resume');
    assert.equal((await post(webhookUrl, 3)).status, 202);
    await hookloom.call('DELETE', `/v1/workflows/${id}`);
    assert.equal((await change(id, 'publish', { unarchive: true })).status, 'active');
    assert.equal((await post(webhookUrl, 4)).status, 202);
  });

  it('shows what comes before the first publish, for a time', async () => {
    const { body } = await hookloom.call('POST', '/v1/workflows', { name: 'new', definition: webhook });
    assert.equal((await post(body.webhook.url, 1)).status, 404);
    const { status, body: captured } = await hookloom.call(
      'POST',
      `/v1/workflows/${body.id}/webhook/capture`,
      { seconds: 60 },
    );
    assert.equal(status, 200);
    assert.ok(Date.parse(captured.captureUntil) > Date.now());
    const { body: sample } = await post(body.webhook.url, 2);
    assert.deepEqual([sample.action, sample.reason, sample.runIds], ['skipped', 'captured', []]);
    const [row] = await inbox(body.id, 'sample');
    assert.equal(row.id, sample.eventId);
    await hookloom.db.collection('webhooks').updateOne({}, { $set: { captureUntil: new Date(0) } });
    await hookloom.db
      .collection('webhooks')
      .updateMany({ captureUntil: { $exists: true } }, { $set: { captureUntil: new Date(0) } });
    assert.equal((await post(body.webhook.url, 3)).status, 404);
    assert.deepEqual(await runsOf(body.id), []);
  });

  it('keeps the secrets that are of use, and no other (fault 47)', async () => {
    const { id, webhookUrl } = await hookloom.publish(webhook);
    const rotate = async (body: object = {}) =>
      (await hookloom.call('POST', `/v1/workflows/${id}/webhook/rotate`, body)).body;
    const secrets = async () =>
      (await hookloom.db.collection('webhooks').findOne({ _id: id as never }))?.['secrets'];
    const rotated = await rotate();
    assert.equal((await post(webhookUrl, 1)).status, 202);
    assert.equal((await post(rotated.url, 2)).status, 202);
    const [, old] = rotated.secrets;
    assert.ok(Math.abs(Date.parse(old.expiresAt) - Date.now() - 24 * 60 * 60 * 1_000) < 60_000);
    for (let turn = 0; turn < 25; turn += 1) await rotate({ overlapSeconds: 3_600 });
    assert.equal((await secrets()).length, 5);
    const last = await rotate({ overlapSeconds: 0 });
    assert.equal((await secrets()).length, 1);
    assert.equal((await post(rotated.url, 3)).status, 404);
    assert.equal((await post(last.url, 4)).status, 202);
  });
});
