import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { deliveriesOf } from '../../src/store/deliveries.ts';
import type { DeliveryDocument } from '../../src/store/deliveries.ts';
import { endpointsOf } from '../../src/store/endpoints.ts';
import type { EndpointDocument } from '../../src/store/endpoints.ts';
import { eventsOf } from '../../src/store/events.ts';
import type { EventDocument } from '../../src/store/events.ts';
import { AttemptInFlightError, createHookStore } from '../../src/store/hook-store.ts';
import { createSealer } from '../../src/store/seal.ts';

describe('claiming a delivery attempt', () => {
  let mongo: MongoClient;
  let db: Db;
  const sealer = createSealer(randomBytes(32).toString('base64'));

  before(async () => {
    mongo = await MongoClient.connect(
      process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`'),
    );
    db = mongo.db(`test_${randomBytes(6).toString('hex')}`);
    const endpoint = {
      _id: 'ep_1',
      status: 'active',
      deletedAt: null,
      timeoutMs: 100,
      secrets: [{ sealed: sealer.seal('whsec_x'), createdAt: new Date() }],
    };
    await endpointsOf(db).insertOne(endpoint as unknown as EndpointDocument);
    await eventsOf(db).insertOne({ _id: 'evt_1', body: '{}' } as EventDocument);
  });
  after(async () => {
    await db.dropDatabase();
    await mongo.close();
  });

  async function deliver(id: string, more: Partial<DeliveryDocument> = {}): Promise<void> {
    const row = {
      _id: id,
      endpointId: 'ep_1',
      eventId: 'evt_1',
      status: 'pending',
      attemptCount: 0,
      leaseUntil: null,
      ...more,
    };
    await deliveriesOf(db).insertOne(row as DeliveryDocument);
  }

  it('lets one of two send at a time', async () => {
    await deliver('dlv_1');
    const store = createHookStore(db, sealer);
    const claims = await Promise.allSettled([store.claim('dlv_1'), store.claim('dlv_1')]);
    assert.equal(claims.filter((claim) => claim.status === 'fulfilled').length, 1);
    const lost = claims.find((claim) => claim.status === 'rejected');
    assert.ok(lost?.reason instanceof AttemptInFlightError);
  });

  it('gives a lost attempt to the next after its lease, with the next number', async () => {
    await deliver('dlv_2', { attemptCount: 1, leaseUntil: new Date(Date.now() - 1) });
    const claimed = await createHookStore(db, sealer).claim('dlv_2');
    assert.equal(claimed?.number, 2);
    assert.deepEqual(claimed?.secrets, ['whsec_x']);
  });

  it('sends nothing of what is over', async () => {
    await deliver('dlv_3', { status: 'success' });
    assert.equal(await createHookStore(db, sealer).claim('dlv_3'), undefined);
  });
});
