import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { ensureIndexes } from '../../src/store/mongo/database.ts';
import { created } from '../../src/engine/deliveries/delivery-states.ts';
import { deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import type { DeliveryDocument } from '../../src/store/deliveries/deliveries.ts';
import { endpointsOf } from '../../src/store/endpoints/endpoints.ts';
import type { EndpointDocument } from '../../src/store/endpoints/endpoints.ts';
import { releaseHeld } from '../../src/store/deliveries/release-held.ts';
import { startForgotten, waitForTurn } from '../../src/store/deliveries/run-order.ts';
import { takeUnstarted } from '../../src/store/deliveries/take-unstarted.ts';

const many = 10_000;

describe('with ten thousand deliveries pending', function () {
  this.timeout(60_000);
  let mongo: MongoClient;
  let db: Db;

  beforeEach(async () => {
    mongo = await MongoClient.connect(
      process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`'),
    );
    db = mongo.db(`test_${randomBytes(6).toString('hex')}`);
    await ensureIndexes(db);
  });
  afterEach(async () => {
    await db.dropDatabase();
    await mongo.close();
  });

  const insert = (more: (index: number) => Partial<DeliveryDocument>) =>
    deliveriesOf(db).insertMany(
      Array.from({ length: many }, (_, index) => {
        const row = { _id: `dlv_${index}`, endpointId: 'ep_1', runId: 'run_1', sequence: index };
        const fields = created(new Date(index), false);
        const all = { ...row, ...fields, startAt: null, createdAt: new Date(index), ...more(index) };
        return all as DeliveryDocument;
      }),
    );
  const past = () => new Date(Date.now() - 60_000);

  /** Runs `work`; answers the most documents of deliveries that one of its commands has read, and how it found them. */
  async function readsOf(work: () => Promise<unknown>): Promise<{ most: number; plans: string }> {
    await db.command({ profile: 2 });
    await work();
    await db.command({ profile: 0 });
    const rows = await db
      .collection('system.profile')
      .find({ ns: `${db.databaseName}.deliveries` })
      .toArray();
    assert.ok(rows.length > 0);
    const read = rows.map((row) => Math.max(row['docsExamined'] ?? 0, row['keysExamined'] ?? 0));
    const plans = [...new Set(rows.map((row) => String(row['planSummary'])))].join('; ');
    return { most: Math.max(...read), plans };
  }

  it('several sweeps take the unstarted batch by batch, each of them others, and nothing that is over', async () => {
    const isOver = (index: number) => index < 1_000;
    await insert((index) => ({ status: isOver(index) ? 'discarded' : 'pending', startAt: past() }));
    // Those that are over were left by an earlier release: nothing clears them.
    const { most, plans } = await readsOf(async () => {
      const batches = [];
      for (let sweep = 0; sweep < 18; sweep += 1) batches.push(await takeUnstarted(db));
      const ids = batches.flat().map(({ _id }) => _id);
      assert.equal(new Set(ids).size, many - 1_000);
      assert.equal(ids.length, many - 1_000);
      assert.deepEqual(await takeUnstarted(db), [], 'the others have time to start theirs');
    });
    assert.ok(most <= 1_600, `${most} read by ${plans}`);
    assert.doesNotMatch(plans, /COLLSCAN/);
  });

  it('those that are confirmed are left alone, and a start that was lost is taken again', async () => {
    await insert((index) => ({ status: 'pending', startAt: index < 3 ? past() : null }));
    const ids = (rows: DeliveryDocument[]) => rows.map(({ _id }) => _id).sort();
    assert.deepEqual(ids(await takeUnstarted(db)), ['dlv_0', 'dlv_1', 'dlv_2']);
    await deliveriesOf(db).updateOne({ _id: 'dlv_1' }, { $set: { startAt: null } });
    await deliveriesOf(db).updateMany({ startAt: { $type: 'date' } }, { $set: { startAt: past() } });
    assert.deepEqual(ids(await takeUnstarted(db)), ['dlv_0', 'dlv_2']);
  });

  it('a step of releasing reads no more than it releases', async () => {
    const endpoint = { _id: 'ep_1', status: 'active', releasingSince: new Date(), releaseSteps: 0 };
    await endpointsOf(db).insertOne({ ...endpoint, maxInFlight: 50 } as EndpointDocument);
    // Half of them were released before and wait for their turn in their run.
    await insert((index) =>
      index < many / 2
        ? { status: 'pending', waitsSince: new Date() }
        : { status: 'held', runId: `run_${index}` },
    );
    const { most, plans } = await readsOf(async () => {
      const released = await releaseHeld({ mongo, db }, 'ep_1');
      assert.deepEqual(
        released.map(({ sequence }) => sequence),
        Array.from({ length: 50 }, (_, index) => many / 2 + index),
      );
      assert.deepEqual(
        await releaseHeld({ mongo, db }, 'ep_1'),
        [],
        'there is room again when they have ended',
      );
    });
    // MongoDB reads 101 to choose its plan.
    assert.ok(most <= 101, `${most} read by ${plans}`);
    assert.doesNotMatch(plans, /COLLSCAN/);
  });

  it('looking for an earlier event of the run does not read those that are over', async () => {
    await insert((index) => ({ status: index === many - 1 ? 'pending' : 'success' }));
    const last = (await deliveriesOf(db).findOne({ _id: `dlv_${many - 1}` })) as DeliveryDocument;
    const { most, plans } = await readsOf(async () =>
      assert.equal(await waitForTurn(db, last, { ordering: 'run' }), false),
    );
    assert.ok(most <= 10, `${most} read by ${plans}`);
  });

  it('a look for forgotten ones is bounded', async () => {
    await insert((index) => ({
      status: index === 0 ? 'retrying' : 'pending',
      ...(index ? { waitsSince: past() } : {}),
    }));
    const { most, plans } = await readsOf(async () =>
      assert.deepEqual(await startForgotten(db, async () => ({ ordering: 'run' })), []),
    );
    assert.ok(most <= 250, `${most} read by ${plans}`);
  });
});
