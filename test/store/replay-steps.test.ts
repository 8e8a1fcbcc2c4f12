import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { ensureIndexes } from '../../src/store/mongo/database.ts';
import { createDelivery, deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import { endpointsOf } from '../../src/store/endpoints/endpoints.ts';
import type { EndpointDocument } from '../../src/store/endpoints/endpoints.ts';
import { appendsOf, headsIn } from '../../src/store/log/appends.ts';
import { createReplay, replayFilter, replaysOf } from '../../src/store/deliveries/replays.ts';
import { advanceReplays, countMatches } from '../../src/store/deliveries/replay-steps.ts';
import { appendOf } from '../support/read-events.ts';

describe('the steps of a replay', () => {
  let mongo: MongoClient;
  let db: Db;

  before(async () => {
    mongo = await MongoClient.connect(
      process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`'),
    );
    db = mongo.db(`test_${randomBytes(6).toString('hex')}`);
    await ensureIndexes(db);
  });
  after(async () => {
    await db.dropDatabase();
    await mongo.close();
  });

  it('keep the order of events within a moment, part no moment, and lose and double none', async () => {
    const start = Date.now() - 60_000;
    const endpoint = {
      _id: 'ep_1',
      organizationId: 'org_1',
      status: 'disabled',
      subscribedEventTypes: ['run.*'],
      workflowIds: [],
      maxRetries: 1,
      deletedAt: null,
      releasingSince: null,
    } as unknown as EndpointDocument;
    await endpointsOf(db).insertOne(endpoint);
    // One append of 250 events, and 150 of a few each; the ids are in no order.
    const moments = Array.from(
      { length: 400 },
      (_, index) => start + (index < 250 ? 0 : Math.floor(index / 3)),
    );
    await appendsOf(db).insertMany(
      moments.map((at, index) => {
        const event = {
          type: 'run.waiting' as const,
          organizationId: 'org_1',
          workflowId: 'wf_1',
          runId: 'run_1',
        };
        const _id = `evt_${randomBytes(8).toString('hex')}`;
        return appendOf({ ...event, _id, sequence: index + 1, recordedAt: new Date(at) });
      }),
    );
    const filter = replayFilter(endpoint, {
      since: new Date(start),
      until: new Date(start + 30_000),
      statuses: [],
    });
    assert.equal((await countMatches(db, filter)).total, 400);
    const replay = await mongo.withSession((session) => createReplay(db, session, filter));
    const steps: number[][] = [];
    for (let step = 0; step < 10; step += 1) {
      steps.push((await advanceReplays({ mongo, db })).map(({ sequence }) => sequence));
      await replaysOf(db).updateOne({ _id: replay._id, status: 'running' }, { $set: { nextAt: new Date() } });
    }
    assert.deepEqual(
      steps.flat(),
      Array.from({ length: 400 }, (_, index) => index + 1),
    );
    const [first = 0, second = 0] = steps.map((step) => step.length);
    assert.equal(first, 250, 'a moment was parted');
    assert.ok(second >= 100 && second <= 103, `${second} in the second step`);
    assert.equal(await deliveriesOf(db).countDocuments({ replayId: replay._id }), 400);
    assert.equal((await replaysOf(db).findOne({ _id: replay._id }))?.status, 'done');
  });

  it('take what was in a status when the replay was asked for, and nothing that came into it since', async () => {
    const endpoint = (await endpointsOf(db).findOne({ _id: 'ep_1' })) ?? assert.fail();
    const [before, after] = (await appendsOf(db).find().sort({ from: 1 }).limit(2).toArray()).flatMap(
      headsIn,
    );
    assert.ok(before && after);
    await deliveriesOf(db).deleteMany({});
    const filter = replayFilter(endpoint, {
      since: new Date(0),
      until: new Date(),
      statuses: ['success'],
    });
    const replay = await mongo.withSession((session) => createReplay(db, session, filter));
    const succeeded = (event: NonNullable<typeof before>, finishedAt: number) => ({
      ...createDelivery(event, endpoint),
      status: 'success' as const,
      finishedAt: new Date(finishedAt),
    });
    await deliveriesOf(db).insertMany([
      succeeded(before, Number(replay.createdAt)),
      succeeded(after, Number(replay.createdAt) + 1),
    ]);
    const made = await advanceReplays({ mongo, db });
    assert.deepEqual(
      made.map(({ eventId }) => eventId),
      [before._id],
    );
  });
});
