import assert from 'node:assert/strict';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { firstTimes, isDoubledNear } from '../../src/engine/schedules/schedule-times.ts';
import type { ScheduleSpec } from '../../src/engine/schedules/schedule-times.ts';
import { doubledSchedules } from '../../src/relay/schedules/keep-schedules.ts';
import { temporalSpec } from '../../src/relay/schedules/temporal-spec.ts';
import { overdueTimes } from '../../src/store/schedules/fire-schedule.ts';
import { checkAllLogs } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';

const definition = (payload: object, nodes: object = {}) => ({
  nodes: {
    root: { type: 'schedule', payload, children: ['out'] },
    out: { type: 'output', payload: { value: ['{{$trigger.source}}', '{{$trigger.body}}', '{{$inputs}}'] } },
    ...nodes,
  },
});
/** However slow the machine is, nothing is given up. */
const everySecond = { intervalMs: 1_000, overlap: 'allow_all', catchUpMs: 3_600_000 };
/** Runs of such a schedule wait until somebody ends them. */
const waiting = (overlap: string) => ({
  nodes: {
    root: {
      type: 'schedule',
      payload: { intervalMs: 1_000, overlap, catchUpMs: 3_600_000 },
      children: ['ask'],
    },
    ask: { type: 'wait', payload: {} },
  },
});

/** Scheduled times with the rarest of calendars, around the changes of clocks in both hemispheres. */
const specs: ScheduleSpec[] = [
  { cron: '30 2 * * *', timezone: 'Europe/Berlin', startAt: '2027-03-27T00:00:00Z' },
  { cron: '30 2 * * *', timezone: 'Europe/Berlin', startAt: '2027-10-30T00:00:00Z' },
  { cron: '*/20 1-2 * * *', timezone: 'America/New_York', startAt: '2027-11-06T12:00:00Z' },
  { cron: '30 2 * * *', timezone: 'Australia/Sydney', startAt: '2027-04-03T00:00:00Z' },
  { cron: '15 2 * * *', timezone: 'Australia/Sydney', startAt: '2027-10-02T00:00:00Z' },
  { cron: '45 1 * * *', timezone: 'Australia/Lord_Howe', startAt: '2027-04-02T00:00:00Z' },
  { cron: '0 0 13 * FRI', timezone: 'Asia/Kolkata', startAt: '2027-01-01T00:00:00Z' },
  { cron: '0 12 29 2 *', startAt: '2027-01-01T00:00:00Z' },
  { cron: '*/25 59 23 28-31 1-6/2 *', timezone: 'Pacific/Auckland', startAt: '2027-01-01T00:00:00Z' },
  { cron: '@weekly', timezone: 'America/St_Johns', startAt: '2027-01-01T00:00:00Z' },
  { intervalMs: 7_000, offsetMs: 3_000, startAt: '2027-01-01T00:00:00Z', endAt: '2027-01-01T00:00:24Z' },
];

describe('schedules', function () {
  this.timeout(600_000);
  let hookloom: Hookloom;
  let worker: HookloomProcess;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
    worker = await hookloom.startWorker();
  });
  after(() => hookloom?.stop());

  const post = (path: string, body: object = {}, headers = {}) => hookloom.call('POST', path, body, headers);
  const scheduleOf = async (id: string) => (await hookloom.call('GET', `/v1/workflows/${id}/schedule`)).body;
  const runsOf = async (id: string): Promise<any[]> =>
    (await hookloom.call('GET', `/v1/workflows/${id}/runs?limit=100`)).body.items;
  const atLeast = (id: string, count: number) =>
    eventually(async () => {
      const runs = await runsOf(id);
      assert.ok(runs.length >= count, `${runs.length} runs`);
      return runs;
    }, 150_000);
  /** Waits until every second has fired from the first to a time, each once; answers the runs. */
  const everySecondUntil = (id: string, untilOf: (first: number) => number) =>
    eventually(async () => {
      const runs = await runsOf(id);
      const times = timesOf(runs);
      const until = untilOf(times[0] ?? 0);
      const fired = times.filter((time) => time <= until);
      assert.equal(new Set(times).size, times.length, 'once each');
      assert.equal(fired.length, Math.floor((until - (times[0] ?? 0)) / 1_000) + 1, 'every second');
      return runs;
    }, 150_000);
  const inTemporal = async (id: string) => {
    const row = await hookloom.db.collection<any>('schedules').findOne({ _id: id });
    return hookloom.temporal.schedule.getHandle(row?.temporalId ?? 'none');
  };
  const timesOf = (runs: any[]) =>
    runs.map((run) => Date.parse(run.trigger.scheduledAt)).sort((a, b) => a - b);
  /** Left active, a schedule would keep the machine busy under the next test. */
  afterEach(async () => {
    for (const { _id } of await hookloom.db.collection<any>('schedules').find({ state: 'active' }).toArray())
      await stop(_id);
  });
  const stop = (id: string) => hookloom.call('DELETE', `/v1/workflows/${id}`);

  it('fires at the very times that Temporal has for the same calendars', async () => {
    for (const [index, spec] of specs.entries()) {
      const handle = await hookloom.temporal.schedule.create({
        scheduleId: `${hookloom.db.databaseName}-oracle-${index}`,
        spec: temporalSpec(spec),
        policies: { overlap: ScheduleOverlapPolicy.SKIP },
        action: { type: 'startWorkflow', workflowType: 'never', taskQueue: 'nobody' },
        state: { paused: true },
      });
      try {
        const { nextActionTimes } = (await handle.describe()).info;
        const expected = nextActionTimes.map(Number);
        const last = expected.at(-1) ?? 0;
        const own = firstTimes(spec, Date.parse(spec.startAt ?? ''), 2 * expected.length + 10);
        const until = own.filter((time) => time <= last);
        const left = until.filter((time) => !expected.includes(time));
        assert.deepEqual(
          expected.filter((time) => !own.includes(time)),
          [],
          JSON.stringify(spec),
        );
        assert.ok(
          left.every((time) => isDoubledNear(spec, time)),
          JSON.stringify([spec, left]),
        );
        assert.ok(expected.length >= 3);
      } finally {
        await handle.delete();
      }
    }
  });

  it('fires every second, each time once, while workers are killed and the API restarts', async () => {
    const { id } = await hookloom.publish(definition({ ...everySecond, input: { n: 7 } }));
    await atLeast(id, 3);
    await worker.kill();
    worker = await hookloom.startWorker();
    const api = await hookloom.startApi();
    await api.stop();
    await worker.kill();
    worker = await hookloom.startWorker();
    const runs = await everySecondUntil(id, (first) => first + 12_000);
    await post(`/v1/workflows/${id}/pause`);
    for (const run of runs) await hookloom.runEnd(run.id, 150_000);
    const end = await hookloom.runEnd(runs[0].id, 150_000);
    assert.deepEqual(end.output, ['schedule', { n: 7 }, { n: 7 }]);
    await stop(id);
  });

  it('is named after its workflow, paused with the reason, makes nothing up on resume, and is gone when archived', async () => {
    const { id } = await hookloom.publish(definition(everySecond), { name: 'Nightly sync: Übersicht' });
    await atLeast(id, 2);
    const handle = await inTemporal(id);
    assert.equal(handle.scheduleId, `nightly-sync-übersicht-${id}`);
    await post(`/v1/workflows/${id}/pause`);
    await eventually(async () => {
      const { state } = await handle.describe();
      assert.ok(state.paused);
      assert.match(state.note ?? '', /^Paused because the workflow is paused: Nightly sync/);
    }, 150_000);
    const paused = await scheduleOf(id);
    assert.deepEqual([paused.status, paused.next], ['paused', []]);
    const pausedAt = Date.now();
    const before = await runsOf(id);
    assert.ok(timesOf(before).every((time) => time <= pausedAt));
    await eventually(() => Date.now() - pausedAt > 2_500);
    const resumedAt = Date.now();
    await post(`/v1/workflows/${id}/resume`);
    const after = await atLeast(id, before.length + 2);
    const between = timesOf(after).filter((time) => time > pausedAt && time < resumedAt - 1_000);
    assert.deepEqual(between, [], 'nothing of the pause is made up');
    assert.equal((await scheduleOf(id)).next.length, 10);
    await stop(id);
    await eventually(async () => assert.rejects(handle.describe()), 150_000);
    assert.equal((await hookloom.call('GET', `/v1/workflows/${id}/schedule`)).status, 404);
  });

  it('follows publish and rollback', async () => {
    const { id } = await hookloom.publish(definition({ cron: '0 0 1 1 *' }));
    assert.equal((await scheduleOf(id)).cron, '0 0 1 1 *');
    const changed = { ...definition({ ...everySecond, input: 2 }) };
    await hookloom.call('PUT', `/v1/workflows/${id}`, { definition: changed });
    assert.deepEqual(await runsOf(id), [], 'a draft fires nothing');
    await post(`/v1/workflows/${id}/publish`);
    const runs = await atLeast(id, 2);
    assert.ok(runs.every((run) => run.workflowVersion === 2));
    await post(`/v1/workflows/${id}/rollback`, { targetVersion: 1 });
    const handle = await inTemporal(id);
    await eventually(
      async () => assert.equal((await handle.describe()).spec.intervals?.length ?? 0, 0),
      150_000,
    );
    assert.equal((await scheduleOf(id)).next[0].slice(4), '-01-01T00:00:00.000Z');
    const manual = {
      nodes: { root: { type: 'manual', children: ['a'] }, a: { type: 'set', payload: { values: {} } } },
    };
    await hookloom.call('PUT', `/v1/workflows/${id}`, { definition: manual });
    await post(`/v1/workflows/${id}/publish`);
    await eventually(async () => assert.rejects(handle.describe()), 150_000);
    assert.equal((await hookloom.call('GET', `/v1/workflows/${id}/schedule`)).status, 404);
    await stop(id);
  });

  it('is made again when Temporal has lost it, and makes up what it did not fire meanwhile', async () => {
    const { id } = await hookloom.publish(definition(everySecond));
    await atLeast(id, 2);
    await (await inTemporal(id)).delete();
    const lostAt = Date.now();
    await everySecondUntil(id, () => lostAt + 3_000);
    await stop(id);
  });

  it('skips, buffers one or cancels the other while a run of it goes on', async () => {
    const open = async (id: string) => (await runsOf(id)).filter((run) => !run.finishedAt);
    const end = async (runId: string) => {
      await eventually(
        async () => assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).body.status, 'waiting'),
        150_000,
      );
      await post(`/v1/runs/${runId}/nodes/ask/resume`);
      await hookloom.runEnd(runId, 150_000);
    };
    const { id: skipping } = await hookloom.publish(waiting('skip'));
    await eventually(async () => assert.ok((await scheduleOf(skipping)).firings.skipped >= 3), 150_000);
    assert.equal((await runsOf(skipping)).length, 1);
    await stop(skipping);

    const { id: buffering } = await hookloom.publish(waiting('buffer_one'));
    await eventually(async () => assert.ok((await scheduleOf(buffering)).firings.skipped >= 2), 150_000);
    const { buffered } = await scheduleOf(buffering);
    const [first] = await open(buffering);
    assert.equal((await runsOf(buffering)).length, 1);
    await end(first.id);
    const [second] = await eventually(async () => {
      const runs = await open(buffering);
      assert.equal(runs.length, 1);
      return runs;
    }, 150_000);
    assert.equal(second.trigger.scheduledAt, buffered);
    await stop(buffering);

    const { id: cancelling } = await hookloom.publish(waiting('cancel_other'));
    const runs = await atLeast(cancelling, 4);
    await stop(cancelling);
    for (const run of runs.slice(1))
      assert.equal((await hookloom.runEnd(run.id, 150_000)).status, 'cancelled');
    assert.ok((await open(cancelling)).length <= 1);
    await eventually(async () => {
      for (const id of [skipping, buffering, cancelling]) for (const run of await open(id)) await end(run.id);
      for (const id of [skipping, buffering, cancelling]) assert.deepEqual(await open(id), []);
    }, 150_000);
  });

  it('starts now on request, once for an Idempotency-Key', async () => {
    const { id } = await hookloom.publish(definition({ cron: '0 0 1 1 *', input: [1] }));
    const key = { 'idempotency-key': 'now-1' };
    const [one, two] = [
      await post(`/v1/workflows/${id}/schedule/trigger`, {}, key),
      await post(`/v1/workflows/${id}/schedule/trigger`, {}, key),
    ];
    assert.equal(one.status, 202);
    assert.equal(one.body.runId, two.body.runId);
    assert.deepEqual((await hookloom.runEnd(one.body.runId, 150_000)).output, ['schedule', [1], [1]]);
    assert.equal((await scheduleOf(id)).lastRuns[0].id, one.body.runId);
  });

  it('fires for a past time, what has run once only unless forced, and at most a thousand times', async () => {
    const { id } = await hookloom.publish(definition({ cron: '0 12 * * *' }));
    const path = `/v1/workflows/${id}/schedule/backfill`;
    const days = { since: '2026-01-01T00:00:00Z', until: '2026-01-05T12:00:00Z' };
    const first = (await post(path, days)).body;
    assert.deepEqual([first.firings, first.started, first.known], [5, 5, 0]);
    const again = (await post(path, days)).body;
    assert.deepEqual([again.started, again.known], [0, 5]);
    const key = { 'idempotency-key': 'again-1' };
    const forced = (await post(path, { ...days, force: true }, key)).body;
    assert.equal(forced.started, 5);
    const repeated = (await post(path, { ...days, force: true }, key)).body;
    assert.deepEqual([repeated.started, repeated.known], [0, 5], 'known by its key');
    for (const runId of [...first.runIds, ...forced.runIds])
      assert.equal((await hookloom.runEnd(runId, 150_000)).status, 'success');
    const wide = await post(path, { since: '2020-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z' });
    assert.deepEqual([wide.status, wide.body.errors[0].pointer], [400, '/since']);
    const ahead = await post(path, { since: '2026-01-01T00:00:00Z', until: '2126-01-01T00:00:00Z' });
    assert.equal(ahead.body.errors[0].pointer, '/until');
  });

  it('shows ten times ahead of a schedule that is not saved, and says what is wrong with one', async () => {
    const asked = { cron: '30 2 * * *', timezone: 'Europe/Berlin', from: '2027-03-27T00:00:00Z' };
    const { body } = await post('/v1/schedules/preview', asked);
    assert.equal(body.times.length, 10);
    assert.deepEqual(body.times.slice(0, 2), ['2027-03-27T01:30:00.000Z', '2027-03-29T00:30:00.000Z']);
    const bad = await post('/v1/schedules/preview', { cron: 'a b c d e', timezone: 'Nope/Zone' });
    assert.deepEqual(
      bad.body.errors.map((error: any) => error.pointer),
      ['/cron', '/timezone'],
    );
    assert.match(bad.body.errors[0].detail, /cron: expected a cron expression whose minute is/);
  });

  it('fires at both of two equal local times: what Temporal leaves out is overdue when it is over', async () => {
    const payload = { cron: '30 2 * * *', timezone: 'Europe/Berlin' };
    const { id } = await hookloom.publish(definition(payload));
    const liveSince = new Date('2026-10-01T00:00:00Z');
    await hookloom.db.collection<any>('schedules').updateOne({ _id: id }, { $set: { liveSince } });
    const [summer, winter] = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'];
    for (const time of [summer, winter]) {
      const now = Date.parse(time) + 400;
      assert.ok((await doubledSchedules(hookloom.db, now)).includes(id));
      assert.deepEqual(
        (await overdueTimes(hookloom.db, id, now)).map((due) => due.toISOString()),
        [time],
      );
    }
    assert.deepEqual(await doubledSchedules(hookloom.db, Date.parse('2026-10-24T12:00:00Z')), []);
    await stop(id);
  });

  it('leaves logs in which everything holds', async () => {
    await checkAllLogs(hookloom.db);
  });
});
