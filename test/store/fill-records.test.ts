import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import type { DeliveryDocument } from '../../src/store/deliveries/deliveries.ts';
import { endpointsOf } from '../../src/store/endpoints/endpoints.ts';
import type { EndpointDocument } from '../../src/store/endpoints/endpoints.ts';
import { fillRecords } from '../../src/store/upkeep/fill-records.ts';

describe('records of an earlier release', () => {
  it('get what has come since, and keep what they have', async () => {
    const url = process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`');
    const mongo = await MongoClient.connect(url);
    const db = mongo.db(`test_${randomBytes(6).toString('hex')}`);
    try {
      const newer = { _id: 'ep_2', ordering: 'run', health: { status: 'failing' } };
      const endpoints = [{ _id: 'ep_1', status: 'active' }, newer] as EndpointDocument[];
      await endpointsOf(db).insertMany(endpoints);
      const deliveries = [
        { _id: 'dlv_1', attemptCount: 2, status: 'pending', startConfirmed: false },
        { _id: 'dlv_2', starts: 3, lostCount: 1, status: 'discarded', startConfirmed: false },
      ] as unknown as DeliveryDocument[];
      await deliveriesOf(db).insertMany(deliveries);
      await fillRecords(db);
      await fillRecords(db);
      const filled = await endpointsOf(db).findOne({ _id: 'ep_1' });
      assert.deepEqual(
        [filled?.health.status, filled?.ordering, filled?.releaseSteps],
        ['healthy', 'none', 0],
      );
      assert.deepEqual(await endpointsOf(db).findOne({ _id: 'ep_2' }), newer);
      const [first, second] = await deliveriesOf(db).find().sort({ _id: 1 }).toArray();
      assert.deepEqual([first?.attemptCount, first?.lostCount, first?.starts], [2, 0, 1]);
      assert.deepEqual([second?.lostCount, second?.starts], [1, 3]);
      assert.ok(first?.startAt instanceof Date, 'what was not known to be started is started');
      assert.deepEqual([second?.startAt, second && 'startConfirmed' in second], [null, false]);
    } finally {
      await db.dropDatabase();
      await mongo.close();
    }
  });
});
