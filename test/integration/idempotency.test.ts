import assert from 'node:assert/strict';
import { routes } from '../../src/api/routing/routes.ts';
import { claimKey, idempotencyIdOf, idempotencyKeysOf } from '../../src/store/access/idempotency-keys.ts';
import { endRun } from '../../src/store/log/end-run.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import { runsOf } from '../../src/store/log/runs.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

const definition = { nodes: { root: { type: 'webhook', payload: {} } } };

/** A request that creates, and in which collection. */
interface Creation {
  path: string;
  body: unknown;
  collection: string;
}

describe('an Idempotency-Key', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let workflow: { id: string; webhookUrl: string };
  let endpointId: string;
  let made = 0;

  before(async () => {
    receiver = await startReceiver();
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host }, { worker: false });
    workflow = await hookloom.publish(definition);
    endpointId = (await create('/v1/execution-webhooks', endpointBody())).body.endpoint.id;
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  const create = (path: string, body: unknown, key?: string, url = '') =>
    hookloom.call('POST', url + path, body, key === undefined ? {} : { 'idempotency-key': key });
  const nextKey = () => `key-${(made += 1)}`;
  const endpointBody = () => ({
    url: receiver.url,
    subscribedEventTypes: ['run.*'],
    signing: { ed25519: true },
  });
  const count = (collection: string) => hookloom.db.collection(collection).countDocuments();

  /** How each creating route of the table is asked. */
  const creations: Record<string, () => Creation | Promise<Creation>> = {
    '/v1/workflows': () => ({
      path: '/v1/workflows',
      body: { name: 'one', definition },
      collection: 'workflows',
    }),
    '/v1/workflows/{id}/run': () => ({
      path: `/v1/workflows/${workflow.id}/run`,
      body: { payload: { text: 'x'.repeat(100_000) } },
      collection: 'runs',
    }),
    '/v1/workflows/{id}/schedule/trigger': async () => {
      const timed = await hookloom.publish({
        nodes: { root: { type: 'schedule', payload: { intervalMs: 86_400_000 } } },
      });
      return { path: `/v1/workflows/${timed.id}/schedule/trigger`, body: {}, collection: 'runs' };
    },
    '/v1/workflows/{id}/webhook/rotate': () => ({
      path: `/v1/workflows/${workflow.id}/webhook/rotate`,
      body: { overlapSeconds: 60 },
      collection: 'webhooks',
    }),
    '/v1/webhook-events/{id}/replay': async () => {
      const accepted = await hookloom.call('POST', workflow.webhookUrl, { n: made });
      const _id = accepted.body.runIds[0] as string;
      await eventually(async () => assert.ok(await runsOf(hookloom.db).findOne({ _id })));
      const path = `/v1/webhook-events/${accepted.body.eventId}/replay`;
      return { path, body: {}, collection: 'runs' };
    },
    '/v1/runs/{id}/retry': async () => {
      const { body } = await create(`/v1/workflows/${workflow.id}/run`, {
        payload: { text: 'x'.repeat(100_000) },
      });
      const { db } = hookloom;
      const run = await runsOf(db).findOne({ _id: body.runId });
      const runLog = createRunLog({ client: db.client, db });
      await endRun({ db, runLog }, run ?? assert.fail('no run'), {
        status: 'cancelled',
        reason: 'not wanted',
      });
      return { path: `/v1/runs/${body.runId}/retry`, body: {}, collection: 'runs' };
    },
    '/v1/credentials': () => ({
      path: '/v1/credentials',
      body: { name: `credential${made}`, value: 'a-value' },
      collection: 'credentials',
    }),
    '/v1/api-keys': () => ({
      path: '/v1/api-keys',
      body: { name: 'one', scopes: ['read'] },
      collection: 'apiKeys',
    }),
    '/v1/organizations': () => ({
      path: '/v1/organizations',
      body: { name: 'one' },
      collection: 'organizations',
    }),
    '/v1/execution-webhooks': () => ({
      path: '/v1/execution-webhooks',
      body: endpointBody(),
      collection: 'endpoints',
    }),
    '/v1/execution-webhooks/{id}/test': () => ({
      path: `/v1/execution-webhooks/${endpointId}/test`,
      body: {},
      collection: 'deliveries',
    }),
    '/v1/execution-webhooks/{id}/rotate-secret': () => ({
      path: `/v1/execution-webhooks/${endpointId}/rotate-secret`,
      body: {},
      collection: 'endpoints',
    }),
    '/v1/execution-webhooks/{id}/rotate-key': () => ({
      path: `/v1/execution-webhooks/${endpointId}/rotate-key`,
      body: {},
      collection: 'endpoints',
    }),
    '/v1/execution-webhooks/{id}/replay': () => ({
      path: `/v1/execution-webhooks/${endpointId}/replay`,
      body: { since: '2020-01-01T00:00:00Z', until: '2020-01-02T00:00:00Z' },
      collection: 'replays',
    }),
    '/v1/runs/retry': () => ({ path: '/v1/runs/retry', body: { filter: {} }, collection: 'jobs' }),
    '/v1/webhook-events/replay': () => ({
      path: '/v1/webhook-events/replay',
      body: { filter: { status: 'rejected' } },
      collection: 'jobs',
    }),
    '/v1/deliveries/{id}/replay': async () => {
      const { body } = await create(`/v1/execution-webhooks/${endpointId}/test`, {});
      const path = `/v1/deliveries/${body.id}/replay`;
      return { path, body: {}, collection: 'deliveries' };
    },
  };

  for (const { path: route } of routes.filter(({ creates }) => creates)) {
    it(`creates once and answers the same: POST ${route}`, async () => {
      const given = await (creations[route] ?? assert.fail(`how is ${route} asked?`))();
      const key = nextKey();
      const before = await count(given.collection);
      const first = await create(given.path, given.body, key);
      assert.ok(first.status < 300, JSON.stringify(first.body));
      const afterFirst = await count(given.collection);
      // A rotation changes what is there; everything else makes one more.
      assert.equal(afterFirst - before, route.includes('rotate') ? 0 : 1);
      const again = await create(given.path, given.body, `"${key}"`);
      assert.equal(again.status, first.status);
      assert.deepEqual(again.body, first.body);
      assert.equal(again.headers.get('location'), first.headers.get('location'));
      assert.equal(again.headers.get('idempotency-replayed'), 'true');
      assert.equal(await count(given.collection), afterFirst);
    });
  }

  it('is refused for another body and another path, and free after a refusal', async () => {
    const key = nextKey();
    assert.equal((await create('/v1/workflows', { name: '' }, key)).status, 400);
    assert.equal((await create('/v1/workflows', { name: 'one', definition }, key)).status, 201);
    const other = await create('/v1/workflows', { name: 'two', definition }, key);
    assert.equal(other.status, 422);
    assert.equal(other.body.type, '/problems/idempotency-key-reused');
    const run = { name: 'one', definition };
    assert.equal((await create(`/v1/workflows/${workflow.id}/run`, run, key)).status, 422);
    for (const wrong of [' ', 'k'.repeat(256)])
      assert.equal((await create('/v1/workflows', { name: 'one', definition }, wrong)).status, 400);
  });

  it('does not let a key without the scope read the answer', async () => {
    const key = nextKey();
    assert.equal((await create('/v1/execution-webhooks', endpointBody(), key)).status, 201);
    const headers = { 'idempotency-key': key, authorization: 'Bearer hl_unknown' };
    const { status } = await hookloom.call('POST', '/v1/execution-webhooks', endpointBody(), headers);
    assert.equal(status, 401);
  });

  it('is 409 while the first request runs, and creates nothing meanwhile', async () => {
    const key = nextKey();
    const { organizationId } = (await hookloom.db.collection('workflows').findOne()) as any;
    const session = hookloom.db.client.startSession();
    session.startTransaction();
    const claim = { _id: idempotencyIdOf(organizationId, key), organizationId, fingerprint: 'first' };
    await claimKey(hookloom.db, session, claim);
    const before = await count('workflows');
    const meanwhile = await create('/v1/workflows', { name: 'one', definition }, key);
    assert.equal(meanwhile.status, 409);
    assert.equal(meanwhile.body.type, '/problems/request-in-progress');
    assert.equal(await count('workflows'), before);
    // The first request fails, as if its process were killed: the key is free.
    await session.abortTransaction();
    await session.endSession();
    assert.equal((await create('/v1/workflows', { name: 'one', definition }, key)).status, 201);
  });

  it('creates once for 40 requests at once on two API processes', async () => {
    const second = await hookloom.startApi();
    const key = nextKey();
    const body = { name: `credential${made}`, value: 'a-value' };
    const before = await count('credentials');
    const ask = (index: number) =>
      create('/v1/credentials', body, key, index % 2 ? second.url : hookloom.url);
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(index)));
    assert.equal(await count('credentials'), before + 1);
    const created = answers.filter(({ status }) => status === 201);
    const running = answers.filter(({ body }) => body.type === '/problems/request-in-progress');
    assert.equal(created.length + running.length, 40);
    assert.equal(new Set(created.map((answer) => answer.body.id)).size, 1);
    assert.equal(created.filter((answer) => !answer.headers.has('idempotency-replayed')).length, 1);
    assert.equal((await ask(1)).body.id, created[0]?.body.id);
    await second.stop();
  });

  it('keeps its answer for 24 hours, encrypted', async () => {
    const key = nextKey();
    const { body } = await create('/v1/execution-webhooks', endpointBody(), key);
    const rows = idempotencyKeysOf(hookloom.db);
    const [row] = await rows.find().sort({ createdAt: -1 }).limit(1).toArray();
    const kept = (row?.expiresAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0);
    assert.equal(kept, 24 * 60 * 60 * 1_000);
    const all = JSON.stringify(await rows.find().toArray());
    assert.ok(!all.includes(body.signingSecret) && !all.includes(body.endpoint.id) && !all.includes(key));
    await rows.updateOne({ _id: row?._id ?? '' }, { $set: { expiresAt: new Date(Date.now() - 60_000) } });
    const later = await create('/v1/execution-webhooks', endpointBody(), key);
    assert.equal(later.status, 201);
    assert.notEqual(later.body.endpoint.id, body.endpoint.id);
  });

  it('creates once although the API is killed between what it creates and its answer', async () => {
    const keys = Array.from({ length: 60 }, nextKey);
    const path = `/v1/workflows/${workflow.id}/run`;
    const before = await count('runs');
    const doomed = await hookloom.startApi();
    const attempts = keys.map((key) =>
      create(path, { payload: key }, key, doomed.url).catch(() => undefined),
    );
    // Killed in the middle: of the answers some have come, and of the others some have created their run.
    await Promise.any(attempts.slice(10).map((attempt) => attempt.then((answer) => assert.ok(answer))));
    await doomed.kill();
    const firsts = await Promise.all(attempts);
    assert.ok(firsts.includes(undefined), 'the API answered everything before it was killed');
    for (const [index, key] of keys.entries()) {
      // A transaction of the dead process holds its key until MongoDB gives it up.
      const again = await eventually(async () => {
        const answer = await create(path, { payload: key }, key);
        assert.equal(answer.status, 202, JSON.stringify(answer.body));
        return answer;
      }, 90_000);
      assert.equal(again.body.runId, firsts[index]?.body.runId ?? again.body.runId);
    }
    assert.equal(await count('runs'), before + keys.length);
  });
});
