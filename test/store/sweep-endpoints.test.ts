import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import type { DeliveryDocument } from '../../src/store/deliveries/deliveries.ts';
import { endpointsOf } from '../../src/store/endpoints/endpoints.ts';
import type { EndpointDocument } from '../../src/store/endpoints/endpoints.ts';
import { deliveriesFor } from '../../src/store/endpoints/match-events.ts';
import { sweepEndpoints } from '../../src/store/endpoints/sweep-endpoints.ts';
import type { EventDocument } from '../../src/store/log/events.ts';

describe('endpoints that change while events are recorded', () => {
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

  const createdAt = new Date(Date.now() - 60_000);
  const endpointOf = (id: string, more: Partial<EndpointDocument> = {}) =>
    ({
      _id: id,
      organizationId: 'org_1',
      status: 'active',
      subscribedEventTypes: ['run.*'],
      workflowIds: [],
      maxRetries: 1,
      sweepDueAt: null,
      deletedAt: null,
      releasingSince: null,
      createdAt,
      ...more,
    }) as unknown as EndpointDocument;
  const eventAt = (id: string, type: EventDocument['type'], recordedAt: Date) =>
    ({
      _id: id,
      type,
      organizationId: 'org_1',
      workflowId: 'wf_1',
      runId: 'run_1',
      recordedAt,
    }) as EventDocument;

  it('hear every event recorded after their creation, and none from before', async () => {
    await endpointsOf(db).insertOne(endpointOf('ep_1'));
    const deliveries = await deliveriesFor(db, [
      eventAt('evt_before', 'run.queued', new Date(createdAt.getTime() - 5_000)),
      eventAt('evt_same', 'run.queued', createdAt),
      eventAt('evt_other', 'node.started', createdAt),
      eventAt('evt_after', 'run.started', new Date()),
    ]);
    assert.deepEqual(
      deliveries.map(({ eventId }) => eventId),
      ['evt_same', 'evt_after'],
    );
  });

  it('have their deliveries put right when these were made from what was before', async () => {
    const due = new Date(Date.now() - 1_000);
    await endpointsOf(db).insertMany([
      endpointOf('ep_deleted', { deletedAt: createdAt, sweepDueAt: due }),
      endpointOf('ep_enabled', { sweepDueAt: due }),
    ]);
    await deliveriesOf(db).insertMany([
      { _id: 'dlv_1', endpointId: 'ep_deleted', status: 'pending' },
      { _id: 'dlv_2', endpointId: 'ep_enabled', status: 'held' },
    ] as DeliveryDocument[]);
    await sweepEndpoints(db);
    assert.equal((await deliveriesOf(db).findOne({ _id: 'dlv_1' }))?.status, 'discarded');
    assert.ok((await endpointsOf(db).findOne({ _id: 'ep_enabled' }))?.releasingSince);
    assert.equal(await endpointsOf(db).countDocuments({ sweepDueAt: { $ne: null } }), 0);
  });
});
