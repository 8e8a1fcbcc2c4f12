import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { createLogger } from '../../src/log.ts';
import { created } from '../../src/engine/deliveries/delivery-states.ts';
import { attemptsOf, deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import type { DeliveryAttemptDocument, DeliveryDocument } from '../../src/store/deliveries/deliveries.ts';
import { endpointsOf } from '../../src/store/endpoints/endpoints.ts';
import { EndpointShare } from '../../src/store/endpoints/endpoint-share.ts';
import type { EndpointDocument } from '../../src/store/endpoints/endpoints.ts';
import { appendIdOf, appendsOf } from '../../src/store/log/appends.ts';
import { AttemptPostponedError } from '../../src/store/deliveries/claim-delivery.ts';
import { createHookStore } from '../../src/store/deliveries/hook-store.ts';
import type { HookStore } from '../../src/store/deliveries/hook-store.ts';
import { createPermits } from '../../src/store/deliveries/permits.ts';
import type { Permits } from '../../src/store/deliveries/permits.ts';
import { attemptId } from '../../src/store/deliveries/take-leases.ts';
import { createSealer } from '../../src/store/access/seal.ts';
import { eventually } from '../support/eventually.ts';
import { appendOf } from '../support/read-events.ts';

describe('claiming a delivery attempt', () => {
  let mongo: MongoClient;
  let db: Db;
  let permits: Permits;
  const sealer = createSealer(randomBytes(32).toString('base64'));

  before(async () => {
    mongo = await MongoClient.connect(
      process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`'),
    );
    db = mongo.db(`test_${randomBytes(6).toString('hex')}`);
    permits = createPermits({ db, slots: 200, log: createLogger('silent', 'test') });
    const endpoint = {
      _id: 'ep_1',
      status: 'active',
      deletedAt: null,
      timeoutMs: 100,
      maxRetries: 1,
      maxInFlight: 50,
      rateLimitPerSecond: null,
      pausedUntil: null,
      ordering: 'none',
      filter: null,
      transform: null,
      secrets: [{ sealed: sealer.seal('whsec_x'), createdAt: new Date() }],
    };
    await endpointsOf(db).insertOne(endpoint as unknown as EndpointDocument);
    await appendsOf(db).insertOne(appendOf({ _id: 'evt_1' }));
  });
  after(async () => {
    permits.stop();
    await db.dropDatabase();
    await mongo.close();
  });

  async function deliver(id: string, more: Partial<DeliveryDocument> = {}): Promise<void> {
    const row = {
      _id: id,
      endpointId: 'ep_1',
      eventId: 'evt_1',
      appendId: appendIdOf('run_1', 1),
      ...created(new Date(), false),
      grantedRetries: 0,
      ...more,
    };
    await deliveriesOf(db).insertOne(row as DeliveryDocument);
  }

  const claim = (store: HookStore, deliveryId: string) =>
    store.claim({ deliveryId, isNew: true, isBatch: false });
  const createStore = () =>
    createHookStore({ mongo, db, sealer, permits, onDeliveries: () => {}, onRoom: () => {} });

  it('lets one of two send at a time', async () => {
    await deliver('dlv_1');
    const store = createStore();
    const claims = await Promise.allSettled([claim(store, 'dlv_1'), claim(store, 'dlv_1')]);
    assert.equal(claims.filter((claim) => claim.status === 'fulfilled').length, 1);
    const lost = claims.find((claim) => claim.status === 'rejected');
    assert.ok(lost?.reason instanceof AttemptPostponedError);
  });

  it('discards what retention has taken from the log', async () => {
    await deliver('dlv_old', { eventId: 'evt_gone' });
    assert.equal(await claim(createStore(), 'dlv_old'), undefined);
    const { status, reason } = (await deliveriesOf(db).findOne({ _id: 'dlv_old' })) ?? assert.fail();
    assert.deepEqual([status, reason], ['discarded', 'retention']);
  });

  describe('beyond the cap of an endpoint', () => {
    const ask = { isNew: true, notBefore: 0 };
    const limits = (id: string, maxInFlight: number) => ({ _id: id, rateLimitPerSecond: null, maxInFlight });
    const take = async (endpoint: ReturnType<typeof limits>) => {
      const answer = await permits.take(endpoint, ask);
      return 'giveBack' in answer ? answer : undefined;
    };

    it('lets wait inside, never more at a time than the cap', async () => {
      const endpoint = limits('ep_busy', 3);
      let open = 0;
      let most = 0;
      const attempt = async () => {
        const permit = await take(endpoint);
        if (!permit) return 'away';
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setImmediate(resolve));
        open -= 1;
        permit.giveBack({ durationMs: 10, isSuccess: true });
        return 'sent';
      };
      const ends = await Promise.all(Array.from({ length: 30 }, attempt));
      assert.deepEqual(new Set(ends), new Set(['sent']));
      assert.equal(most, 3);
    });

    it('sends away after a failure, and when no place comes free', async () => {
      const slots = { total: 200, inUse: 0 };
      const log = createLogger('silent', 'test');
      const share = new EndpointShare({ db, log, slots, endpointId: 'ep_failing', processId: 'wkr_1' });
      share.limits = { ratePerSecond: null, maxInFlight: 1 };
      const take = () => share.take(ask);
      const first = await take();
      assert.ok('giveBack' in first);
      const afterFailure = take();
      await eventually(() => assert.equal(slots.inUse, 2, 'it does not wait inside'));
      first.giveBack({ durationMs: 10, isSuccess: false });
      assert.ok('comeBackAt' in (await afterFailure));
      const hanging = await take();
      assert.ok('giveBack' in hanging);
      assert.ok('comeBackAt' in (await take()));
      hanging.giveBack();
    });
  });

  it('keeps sends apart as the rate says, also when all of them are late', async () => {
    const limits = { _id: 'ep_rate', rateLimitPerSecond: 10, maxInFlight: 50 };
    const asks = Array.from({ length: 4 }, () => permits.take(limits, { isNew: true, notBefore: 0 }));
    const taken = (await Promise.all(asks)).map((one) =>
      'untilTurn' in one ? one : assert.fail('no leave'),
    );
    const latest = Math.max(...taken.map(({ sendAt }) => sendAt.getTime()));
    await eventually(() => assert.ok(Date.now() > latest));
    const now = Date.now();
    const turns = taken.map((permit) => now + permit.untilTurn());
    for (const [index, turn] of turns.slice(1).entries())
      assert.ok(turn - (turns[index] ?? 0) >= 99, `${turn - (turns[index] ?? 0)} ms apart`);
    for (const permit of taken) permit.giveBack();
  });

  it('gives a lost attempt to the next after its lease, with the next number', async () => {
    await deliver('dlv_2', { attemptCount: 1, leaseUntil: new Date(Date.now() - 60_000) });
    const claimed = await claim(createStore(), 'dlv_2');
    assert.equal(claimed?.number, 2);
    assert.equal(claimed?.place, 1, 'a lost attempt takes no place of the schedule');
    assert.deepEqual(claimed?.secrets, ['whsec_x']);
    const lost = await attemptsOf(db).findOne({ deliveryId: 'dlv_2', number: 1 });
    assert.equal(lost?.error?.type, 'worker_lost');
  });

  it('does not send again what has arrived, when the worker was lost before it had recorded all of it', async () => {
    const lease = { leaseId: 'req_1', leasedAt: new Date(0), leaseUntil: new Date(1), attemptCount: 1 };
    await deliver('dlv_arrived', lease);
    await attemptsOf(db).insertOne({
      _id: attemptId('dlv_arrived', 1),
      deliveryId: 'dlv_arrived',
      number: 1,
      responseStatus: 204,
      error: null,
    } as DeliveryAttemptDocument);
    const store = createStore();
    await claim(store, 'dlv_arrived').catch((error: unknown) =>
      assert.ok(error instanceof AttemptPostponedError),
    );
    const { status, attemptCount } =
      (await deliveriesOf(db).findOne({ _id: 'dlv_arrived' })) ?? assert.fail();
    assert.deepEqual([status, attemptCount], ['success', 1]);
    assert.equal(await claim(store, 'dlv_arrived'), undefined);
  });

  it('keeps the outcome of an attempt that failed, when the worker was lost before it had recorded all of it', async () => {
    const nextRetryAt = new Date(Date.now() + 3_600_000);
    const lease = { leaseId: 'req_1', leasedAt: new Date(0), leaseUntil: new Date(1), attemptCount: 1 };
    await deliver('dlv_failed', lease);
    await attemptsOf(db).insertOne({
      _id: attemptId('dlv_failed', 1),
      deliveryId: 'dlv_failed',
      number: 1,
      responseStatus: 500,
      error: { type: 'http_status', message: 'the receiver answered 500' },
      nextRetryAt,
    } as DeliveryAttemptDocument);
    const store = createStore();
    await assert.rejects(claim(store, 'dlv_failed'), { type: 'attempt_in_flight' });
    const after = (await deliveriesOf(db).findOne({ _id: 'dlv_failed' })) ?? assert.fail();
    assert.deepEqual(
      [after.status, after.attemptCount, after.lostCount, after.nextRetryAt],
      ['retrying', 1, 0, nextRetryAt],
    );
    await assert.rejects(claim(store, 'dlv_failed'), { type: 'not_due' });
  });

  it('sends nothing of what is over', async () => {
    await deliver('dlv_3', { status: 'success' });
    assert.equal(await claim(createStore(), 'dlv_3'), undefined);
  });
});
