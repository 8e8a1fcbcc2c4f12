import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import { endpointsOf } from '../../src/store/endpoints/endpoints.ts';
import type { EndpointDocument } from '../../src/store/endpoints/endpoints.ts';
import { eventsOf } from '../../src/store/log/events.ts';
import type { EventDocument } from '../../src/store/log/events.ts';
import { sweepEndpoints } from '../../src/store/endpoints/sweep-endpoints.ts';

describe('the sweep after a change of an endpoint', () => {
  let mongo: MongoClient;
  let db: Db;

  before(async () => {
    mongo = await MongoClient.connect(
      process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`'),
    );
    db = mongo.db(`test_${randomBytes(6).toString('hex')}`);
  });
  after(async () => {
    await db.dropDatabase();
    await mongo.close();
  });

  it('delivers what an append has missed, once', async () => {
    const updatedAt = new Date(Date.now() - 10_000);
    const endpoint = {
      _id: 'ep_1',
      organizationId: 'org_1',
      status: 'active',
      subscribedEventTypes: ['run.*'],
      workflowIds: [],
      maxRetries: 1,
      sweepDueAt: new Date(Date.now() - 1_000),
      deletedAt: null,
      releasingSince: null,
      updatedAt,
    };
    await endpointsOf(db).insertOne(endpoint as unknown as EndpointDocument);
    const event = (id: string, type: string, at: Date) => ({
      _id: id,
      type,
      organizationId: 'org_1',
      workflowId: 'wf_1',
      runId: 'run_1',
      recordedAt: at,
    });
    await eventsOf(db).insertMany([
      event('evt_missed', 'run.queued', new Date(updatedAt.getTime() - 100)),
      event('evt_other', 'node.started', updatedAt),
      event('evt_old', 'run.queued', new Date(updatedAt.getTime() - 60_000)),
    ] as unknown as EventDocument[]);
    const first = await sweepEndpoints(db);
    assert.deepEqual(
      first.map((delivery) => delivery.eventId),
      ['evt_missed'],
    );
    assert.deepEqual(await sweepEndpoints(db), []);
    assert.equal(await deliveriesOf(db).countDocuments({}), 1);
  });
});
