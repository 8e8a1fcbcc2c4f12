import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { verifyHook } from '../../src/outbound/signing/verify-hook.ts';
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
    (await hookloom.call('GET', `/v1/deliveries?endpointId=${endpointId}`)).body.items;
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
    assert.equal((await hookloom.call('POST', `/v1/deliveries/${failed.id}/retry`, {})).status, 202);
    const succeeded = await state(endpointId, 'success');
    assert.equal(succeeded.attempts.length, 3);
    assert.equal(new Set(got('/flaky').map((request) => request.headers['webhook-id'])).size, 1);
    assert.equal((await hookloom.call('POST', `/v1/deliveries/${failed.id}/retry`, {})).status, 409);
  });

  it('are brought forward by a retry, not doubled', async () => {
    statuses.set('/later', 500);
    const { endpointId, run } = await setUp('/later', { retrySchedule: ['0s', '2h'], maxRetries: 1 });
    await run();
    const waiting = await state(endpointId, 'retrying');
    statuses.set('/later', 204);
    assert.equal((await hookloom.call('POST', `/v1/deliveries/${waiting.id}/retry`, {})).status, 202);
    await state(endpointId, 'success');
    assert.equal(got('/later').length, 2);
  });

  it('are replayed under the same id, marked as replay', async () => {
    const { endpointId, run } = await setUp('/again');
    await run();
    const first = await state(endpointId, 'success');
    const replayed = await hookloom.call('POST', `/v1/deliveries/${first.id}/replay`, {});
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

  it('are signed by the new secret alone when the old one is revoked, also by one of your own', async () => {
    const own = `whsec_${randomBytes(48).toString('base64')}`;
    const { endpointId, signingSecret, run } = await setUp('/revoked', { signingSecret: own });
    assert.equal(signingSecret, own);
    const rotated = await hookloom.call('POST', `${base}/${endpointId}/rotate-secret`, { overlapSeconds: 0 });
    await run();
    await state(endpointId, 'success');
    const [hook] = got('/revoked');
    const verify = (secret: string) =>
      verifyHook({ payload: hook?.body ?? '', headers: hook?.headers ?? {}, secrets: secret });
    assert.equal(verify(rotated.body.signingSecret).id, hook?.headers['webhook-id']);
    assert.throws(() => verify(own), /no signature/);
    for (const signingSecret of ['whsec_c2hvcnQ=', `whsec_${'x'.repeat(200)}`]) {
      const wrong = { url: receiver.url, subscribedEventTypes: ['*'], signingSecret };
      const refused = await hookloom.call('POST', base, wrong);
      assert.equal(refused.status, 400);
      assert.ok(!JSON.stringify(refused.body).includes(signingSecret.slice(6)));
    }
  });

  it('are signed by Ed25519 keys where they are switched on, through a rotation', async () => {
    const { endpointId, signingSecret, run } = await setUp('/keys', { signing: { ed25519: true } });
    const keys = async (): Promise<string[]> => {
      const { body } = await hookloom.call('GET', `${base}/${endpointId}`);
      return body.signing.publicKeys.map(({ publicKey }: { publicKey: string }) => publicKey);
    };
    const sent = async () => {
      const before = got('/keys').length;
      await run();
      await eventually(() => assert.equal(got('/keys').length, before + 1), 20_000);
      const { body: payload, headers } = got('/keys')[before] as ReceivedRequest;
      return (secrets: string) => verifyHook({ payload, headers, secrets }).type;
    };
    const [first = ''] = await keys();
    const verify = await sent();
    for (const key of [first, signingSecret]) assert.equal(verify(key), 'run.succeeded');
    const rotate = `${base}/${endpointId}/rotate-key`;
    assert.equal((await hookloom.call('POST', rotate, { overlapSeconds: 600 })).status, 200);
    const both = await keys();
    assert.equal(both.length, 2);
    const verifyBoth = await sent();
    for (const key of both) assert.equal(verifyBoth(key), 'run.succeeded');
    assert.equal((await hookloom.call('POST', rotate, { overlapSeconds: 0 })).status, 200);
    const last = await keys();
    assert.equal(last.length, 1);
    const verifyLast = await sent();
    assert.equal(verifyLast(last[0] ?? ''), 'run.succeeded');
    for (const key of both) assert.throws(() => verifyLast(key), /no signature/);
    await hookloom.call('PATCH', `${base}/${endpointId}`, { signing: { ed25519: false } });
    assert.deepEqual(await keys(), []);
    assert.equal((await hookloom.call('POST', rotate, {})).status, 409);
  });

  it('show no secret and no credential in any record', async () => {
    const headers = { Authorization: 'Bearer receivers-own-credential', 'x-team': 'ledger' };
    const { endpointId, signingSecret, run } = await setUp('/kept', { headers, signing: { ed25519: true } });
    await run();
    const delivery = await state(endpointId, 'success');
    assert.equal(got('/kept')[0]?.headers['authorization'], headers.Authorization);
    assert.equal(delivery.attempts[0].requestHeaders['x-team'], 'ledger');
    const shown = await hookloom.call('GET', `${base}/${endpointId}`);
    assert.doesNotMatch(JSON.stringify(shown.body), /sealed|whsec_|whsk_/);
    const text = signingSecret.slice('whsec_'.length);
    for (const { name } of await hookloom.db.listCollections().toArray()) {
      const rows = JSON.stringify(await hookloom.db.collection(name).find({}).toArray());
      assert.ok(!rows.includes(text), `${name} holds a secret`);
      assert.ok(!rows.includes('whsk_'), `${name} holds a key`);
      if (name !== 'endpoints') assert.ok(!rows.includes('receivers-own'), `${name} holds a credential`);
    }
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
