import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { currentMs } from '../../src/clock.ts';
import { runsOf } from '../../src/store/log/runs.ts';
import { ensureIndexes } from '../../src/store/mongo/database.ts';
import {
  bufferedSchedules,
  fireSchedule,
  firingRunId,
  overdueTimes,
  releaseBuffered,
} from '../../src/store/schedules/fire-schedule.ts';
import { schedulesOf } from '../../src/store/schedules/schedules.ts';
import type { ScheduleDocument } from '../../src/store/schedules/schedules.ts';

describe('deciding on a firing', function () {
  this.timeout(120_000);
  let mongo: MongoClient;
  let db: Db;
  let count = 0;

  before(async () => {
    const url = process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`');
    mongo = await MongoClient.connect(url, { ignoreUndefined: true });
    db = mongo.db(`test_${randomBytes(6).toString('hex')}`);
    await ensureIndexes(db);
  });
  after(async () => {
    await db.dropDatabase();
    await mongo.close();
  });

  /** A second that is over by so many. */
  const secondsAgo = (seconds: number) => new Date(Math.floor(currentMs() / 1_000 - seconds) * 1_000);

  async function schedule(spec: object, more: Partial<ScheduleDocument> = {}): Promise<string> {
    count += 1;
    const row: ScheduleDocument = {
      _id: `wf_${count}`,
      organizationId: 'org_1',
      workflowName: 'x',
      state: 'active',
      versionId: 'wfv_1',
      workflowVersion: 1,
      spec: JSON.stringify({ intervalMs: 1_000, ...spec }),
      revision: 2,
      liveSince: secondsAgo(3_600),
      firings: {},
      updatedAt: new Date(),
      ...more,
    };
    await schedulesOf(db).insertOne(row);
    return row._id;
  }
  const fire = (workflowId: string, scheduledAt: Date, more: object = {}) =>
    fireSchedule({ mongo, db }, { workflowId, scheduledAt, ...more });
  const end = (runId: string | undefined) =>
    runsOf(db).updateOne({ _id: runId ?? '' }, { $set: { status: 'success' } });
  const runs = (workflowId: string) => runsOf(db).countDocuments({ workflowId });

  it('begins one run however many report it at once', async () => {
    const id = await schedule({ overlap: 'allow_all', input: { a: 1 } });
    const at = secondsAgo(1);
    const fired = await Promise.all(Array.from({ length: 8 }, () => fire(id, at)));
    assert.equal(fired.filter(({ isNew }) => isNew).length, 1);
    assert.ok(fired.every(({ runId, outcome }) => runId === firingRunId(id, at) && outcome === 'started'));
    const run = await runsOf(db).findOne({ workflowId: id });
    assert.deepEqual(run?.trigger, { source: 'schedule', scheduledAt: at.toISOString() });
    assert.deepEqual(run?.input, { json: '{"a":1}' });
    assert.equal((await schedulesOf(db).findOne({ _id: id }))?.firings.started, 1, 'counted once');
  });

  it('lets no two of a schedule through that skips, though both come at once', async () => {
    const id = await schedule({ overlap: 'skip' });
    const fired = await Promise.all([1, 2, 3, 4].map((seconds) => fire(id, secondsAgo(seconds))));
    assert.equal(fired.filter(({ outcome }) => outcome === 'started').length, 1);
    assert.equal(fired.filter(({ reason }) => reason === 'overlap').length, 3);
  });

  it('starts none while it is paused, removed or not there, nor for a time before it was live', async () => {
    const paused = await schedule({}, { state: 'paused' });
    assert.equal((await fire(paused, secondsAgo(1))).reason, 'paused');
    assert.equal((await fire(await schedule({}, { state: 'removed' }), secondsAgo(1))).reason, 'removed');
    assert.equal((await fire('wf_none', secondsAgo(1))).reason, 'removed');
    const fresh = await schedule({}, { liveSince: secondsAgo(2) });
    assert.equal((await fire(fresh, secondsAgo(3))).reason, 'not_live');
    assert.equal((await fire(fresh, secondsAgo(1))).outcome, 'started');
  });

  it('makes up only so far back as it is told to', async () => {
    const id = await schedule({ catchUpMs: 60_000, overlap: 'allow_all' });
    assert.equal((await fire(id, secondsAgo(120))).outcome, 'missed');
    assert.equal((await fire(id, secondsAgo(30))).outcome, 'started');
    assert.equal(await runs(id), 1);
    const backfill = { backfill: { overlap: 'allow_all' } };
    assert.equal((await fire(id, secondsAgo(120), backfill)).outcome, 'started', 'on request any time');
  });

  it('takes a firing of an earlier revision only at a time that the present one has too', async () => {
    const id = await schedule({ intervalMs: 10_000, overlap: 'allow_all' });
    const whole = new Date(Math.floor(currentMs() / 10_000) * 10_000);
    const between = new Date(whole.getTime() - 5_000);
    assert.equal((await fire(id, between, { revision: 1 })).reason, 'changed');
    assert.equal((await fire(id, whole, { revision: 1 })).outcome, 'started');
  });

  it('keeps one waiting, which goes first when its turn has come, whoever looks', async () => {
    const id = await schedule({ overlap: 'buffer_one' });
    const [first, second, third, fourth] = [40, 30, 20, 10].map(secondsAgo) as [Date, Date, Date, Date];
    const { runId } = await fire(id, first);
    assert.equal((await fire(id, second)).outcome, 'buffered');
    assert.equal((await fire(id, second)).outcome, 'buffered', 'the same again changes nothing');
    assert.equal((await fire(id, third)).reason, 'overlap');
    assert.equal(await releaseBuffered({ mongo, db }, id), null);
    assert.deepEqual(await bufferedSchedules(db, 10), [id]);
    await end(runId);
    const next = await fire(id, fourth);
    assert.deepEqual([next.outcome, next.runId], ['buffered', firingRunId(id, second)]);
    assert.equal(await releaseBuffered({ mongo, db }, id), null);
    await end(next.runId);
    const last = await releaseBuffered({ mongo, db }, id);
    assert.equal(last?.runId, firingRunId(id, fourth));
    assert.equal(await runs(id), 3);
    assert.deepEqual(await bufferedSchedules(db, 10), []);
  });

  it('cancels what runs to make room', async () => {
    const id = await schedule({ overlap: 'cancel_other' });
    const { runId } = await fire(id, secondsAgo(2));
    const next = await fire(id, secondsAgo(1));
    assert.deepEqual([next.outcome, next.cancelled], ['started', [runId]]);
    const run = await runsOf(db).findOne({ _id: runId ?? '' });
    assert.equal(run?.cancelRequest?.reason, 'replaced by a later firing of its schedule');
  });

  it('finds overdue what nobody has decided on, and nothing twice', async () => {
    const id = await schedule({ overlap: 'allow_all', catchUpMs: 10_000 }, { liveSince: secondsAgo(5) });
    const due = await overdueTimes(db, id);
    assert.ok(due.length >= 5 && due.length <= 7, `${due.length}`);
    for (const time of due) await fire(id, time);
    const later = await overdueTimes(db, id);
    assert.ok(
      later.every((time) => time > (due.at(-1) as Date)),
      'only what has come since',
    );
    assert.deepEqual(await overdueTimes(db, await schedule({}, { state: 'paused' })), []);
  });
});
