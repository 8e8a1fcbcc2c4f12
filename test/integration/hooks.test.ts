import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { ReceivedRequest, Receiver } from '../support/receiver.ts';

const base = '/v1/execution-webhooks';

describe('execution hooks', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  const statuses = new Map<string, number>();

  before(async () => {
    receiver = await startReceiver(
      (request, response) => void response.writeHead(statuses.get(request.path) ?? 204).end(),
    );
    hookloom = await startHookloom({
      HOOKLOOM_EGRESS_ALLOW: receiver.host,
      HOOKLOOM_HOOK_SCHEDULE: '0s,100ms',
    });
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  /** A workflow of its own with an endpoint of its own. */
  async function setUp(path: string, more: object = {}) {
    const { id, webhookUrl } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['a'] }, a: { type: 'log', payload: { message: 'a' } } },
    });
    const created = await hookloom.call('POST', base, {
      name: path,
      url: receiver.url + path,
      subscribedEventTypes: ['run.succeeded'],
      workflowIds: [id],
      ...more,
    });
    assert.equal(created.status, 201, JSON.stringify(created.body));
    const { endpoint, signingSecret } = created.body;
    const run = async () => hookloom.runEnd((await hookloom.call('POST', webhookUrl, {})).body.runIds[0]);
    return { endpointId: endpoint.id as string, signingSecret: signingSecret as string, run };
  }
  const got = (path: string): ReceivedRequest[] =>
    receiver.requests.filter((request) => request.path === path);
  const deliveries = async (endpointId: string) =>
    (await hookloom.call('GET', `${base}/deliveries?endpointId=${endpointId}`)).body.items;
  const state = (endpointId: string, status: string) =>
    eventually(async () => {
      const [delivery] = await deliveries(endpointId);
      assert.equal(delivery?.status, status);
      return delivery;
    }, 20_000);

  it('are retried by their schedule, fail at its end, and succeed when retried by hand', async () => {
    statuses.set('/flaky', 500);
    const { endpointId, run } = await setUp('/flaky');
    await run();
    const failed = await state(endpointId, 'failure');
    assert.deepEqual(
      failed.attempts.map((attempt: any) => attempt.responseStatus),
      [500, 500],
    );
    statuses.set('/flaky', 204);
    assert.equal((await hookloom.call('POST', `${base}/deliveries/${failed.id}/retry`, {})).status, 202);
    const succeeded = await state(endpointId, 'success');
    assert.equal(succeeded.attempts.length, 3);
    assert.equal(new Set(got('/flaky').map((request) => request.headers['webhook-id'])).size, 1);
    assert.equal((await hookloom.call('POST', `${base}/deliveries/${failed.id}/retry`, {})).status, 409);
  });

  it('are brought forward by a retry, not doubled', async () => {
    statuses.set('/later', 500);
    const { endpointId, run } = await setUp('/later', { retrySchedule: ['0s', '2h'], maxRetries: 1 });
    await run();
    const waiting = await state(endpointId, 'retrying');
    statuses.set('/later', 204);
    assert.equal((await hookloom.call('POST', `${base}/deliveries/${waiting.id}/retry`, {})).status, 202);
    await state(endpointId, 'success');
    assert.equal(got('/later').length, 2);
  });

  it('are replayed under the same id, marked as replay', async () => {
    const { endpointId, run } = await setUp('/again');
    await run();
    const first = await state(endpointId, 'success');
    const replayed = await hookloom.call('POST', `${base}/deliveries/${first.id}/replay`, {});
    assert.equal(replayed.body.replayOf, first.id);
    await eventually(() => assert.equal(got('/again').length, 2));
    const [one, two] = got('/again');
    assert.equal(one?.headers['webhook-id'], two?.headers['webhook-id']);
    assert.equal(two?.headers['hookloom-replay'], 'true');
  });

  it('are held while the endpoint is disabled, and go out when it is enabled', async () => {
    const { endpointId, run } = await setUp('/held');
    await hookloom.call('POST', `${base}/${endpointId}/disable`, {});
    await run();
    await state(endpointId, 'held');
    assert.equal((await hookloom.call('POST', `${base}/${endpointId}/enable`, {})).body.status, 'active');
    await state(endpointId, 'success');
    assert.equal(got('/held').length, 1);
  });

  it('disable an endpoint that answers 410', async () => {
    statuses.set('/gone', 410);
    const { endpointId, run } = await setUp('/gone');
    await run();
    await state(endpointId, 'failure');
    assert.equal((await hookloom.call('GET', `${base}/${endpointId}`)).body.status, 'disabled');
    assert.equal(got('/gone').length, 1);
  });

  it('are signed by the old and the new secret after a rotation', async () => {
    const { endpointId, signingSecret, run } = await setUp('/rotated');
    const rotated = await hookloom.call('POST', `${base}/${endpointId}/rotate-secret`, {
      overlapSeconds: 600,
    });
    await run();
    await state(endpointId, 'success');
    const [hook] = got('/rotated');
    for (const secret of [signingSecret, rotated.body.signingSecret]) {
      new Webhook(secret).verify(hook?.body ?? '', hook?.headers as Record<string, string>);
    }
    const stored = JSON.stringify(await hookloom.db.collection('endpoints').find({}).toArray());
    assert.ok(!stored.includes(signingSecret.replace('whsec_', '')));
  });

  it('can be tried with a test event', async () => {
    const { endpointId } = await setUp('/tried');
    assert.equal((await hookloom.call('POST', `${base}/${endpointId}/test`, {})).status, 202);
    await state(endpointId, 'success');
    assert.equal(JSON.parse(got('/tried')[0]?.body ?? '{}').type, 'endpoint.test');
  });

  it('are refused for private addresses, user-info and protected headers', async () => {
    const refused = async (body: object) =>
      (await hookloom.call('POST', base, { subscribedEventTypes: ['*'], ...body })).status;
    assert.equal(await refused({ url: 'https://10.0.0.1/' }), 400);
    assert.equal(await refused({ url: 'https://169.254.169.254/latest' }), 400);
    assert.equal(await refused({ url: 'http://example.com/' }), 400);
    assert.equal(await refused({ url: 'https://me:you@example.com/' }), 400);
    assert.equal(
      await refused({ url: 'https://example.com/', headers: { 'Webhook-Signature': 'mine' } }),
      400,
    );
    assert.equal(await refused({ url: 'https://example.com/', subscribedEventTypes: [] }), 400);
  });
});
