import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Fact } from '../../src/engine/log/facts.ts';
import { connectDatabase, ensureIndexes } from '../../src/store/mongo/database.ts';
import type { Database } from '../../src/store/mongo/database.ts';
import { endRun } from '../../src/store/log/end-run.ts';
import { appendsOf, readRunLog } from '../../src/store/log/appends.ts';
import { envelopeOf } from '../../src/store/log/events.ts';
import { readRun } from '../../src/store/log/read-runs.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import type { RunLog } from '../../src/store/log/run-log.ts';
import { checkRun } from '../../src/store/upkeep/check-run.ts';
import { versionsOf } from '../../src/store/workflows/workflow-versions.ts';

/** Milliseconds from now, as ISO 8601. */
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const nodeAt = (path: string) => ({ path, nodeId: path, nodeType: 'set' });
const nodes = Array.from({ length: 600 }, (_, index) => ({ id: `n${index}`, type: 'set' }));

function queued(): Fact {
  const data = { organizationId: 'org_1', workflowId: 'wf_1', workflowVersion: 1, versionId: 'v_1' };
  const values = { input: { json: '{}' } };
  const trigger = { source: 'manual' };
  return {
    kind: 'event',
    key: 'run/queued',
    type: 'run.queued',
    at: inMs(0),
    data: { ...data, trigger },
    values,
  };
}
const started = (ms: number): Fact => ({
  kind: 'event',
  key: 'run/started',
  type: 'run.started',
  at: inMs(ms),
  data: {},
});

describe('a run', function () {
  this.timeout(120_000);
  let database: Database;
  let log: RunLog;

  before(async () => {
    const url = process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`');
    database = await connectDatabase(url, `test_${randomUUID().slice(0, 8)}`);
    await ensureIndexes(database.db);
    log = createRunLog(database);
    const definition = JSON.stringify({ nodes: {}, settings: {} });
    const version = { _id: 'v_1', graph: JSON.stringify({ nodes }), definition };
    await versionsOf(database.db).insertOne(version as never);
  });
  after(async () => {
    await database?.db.dropDatabase();
    await database?.close();
  });

  async function begin(): Promise<string> {
    const runId = `run_${randomUUID()}`;
    await log.append(runId, [queued()]);
    return runId;
  }

  async function assertInOrder(runId: string): Promise<string[]> {
    const events = await readRunLog(database.db, runId, { limit: 10_000 });
    const times = events.map((event) => envelopeOf(event).timestamp);
    assert.deepEqual(times, [...times].sort());
    assert.ok((times.at(-1) ?? '') <= inMs(1_000), 'an event is of the future');
    assert.deepEqual((await checkRun(database.db, runId)).problems, []);
    return events.map(({ type }) => type);
  }

  it('has times that never go back, whatever the clocks of who reports (fault 13)', async () => {
    const runId = await begin();
    // A workflow whose clock is behind, then one that is ahead, and attempts that overlap.
    await log.append(runId, [started(-60_000)]);
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const node = nodeAt(`p${index}`);
        const key = `k${index}`;
        const skew = (index % 3) * 5_000 - 5_000;
        await log.append(runId, [{ kind: 'attempt', key, at: inMs(skew), node }]);
        const outcome = { status: 'success', result: { json: '1' } } as const;
        await log.append(runId, [{ kind: 'outcome', key, at: inMs(-skew), node, outcome }]);
      }),
    );
    await log.append(runId, [{ kind: 'end-run', at: inMs(-30_000), status: 'success' }]);
    await assertInOrder(runId);
    for (const event of await readRunLog(database.db, runId)) {
      const { durationMs = 0 } = envelopeOf(event).data;
      assert.ok(
        Number(durationMs) >= 0 && Number(durationMs) < 60_000,
        `${event.type} took ${durationMs} ms`,
      );
    }
  });

  it('that is cancelled while it starts has one end (fault 20)', async () => {
    for (let round = 0; round < 10; round += 1) {
      const runId = await begin();
      const { run } = (await readRun(database.db, runId)) ?? assert.fail('the run is not recorded');
      const cancel = endRun({ ...database, runLog: log }, run, { status: 'cancelled', reason: 'by a test' });
      const other = createRunLog(database);
      await Promise.all([cancel, other.append(runId, [started(0)])]);
      const types = await assertInOrder(runId);
      const rest = types.filter((type) => type !== 'run.queued' && type !== 'run.started');
      assert.deepEqual(rest, [...nodes.map(() => 'node.skipped'), 'run.cancelled']);
      // It began before all of that, or not at all.
      assert.ok(['run.started', 'node.skipped'].includes(types[1] ?? ''));
      assert.equal(types.indexOf('run.started') > 1, false, 'the run began in the middle of its end');
    }
  });

  it('ends with all that another process has begun meanwhile, the innermost first', async () => {
    const runId = await begin();
    const other = createRunLog(database);
    const scheduled = (path: string): Fact => {
      const key = `node/${path}/scheduled`;
      return { kind: 'event', key, type: 'node.scheduled', at: inMs(0), node: nodeAt(path), data: {} };
    };
    const begun = ['outer', 'outer[0]/inner', 'outer[0]/inner[0]/a', 'outer[1]/inner', 'late'];
    await other.append(runId, [started(0), ...begun.map(scheduled)]);
    await other.append(runId, [
      { kind: 'attempt', key: 'k', at: inMs(0), node: nodeAt('outer[0]/inner[0]/a') },
    ]);
    // Of all of that this process knows nothing yet.
    await log.append(runId, [{ kind: 'end-run', at: inMs(0), status: 'cancelled', source: 'reconciler' }]);
    await assertInOrder(runId);
    const ends = (await readRunLog(database.db, runId)).slice(-6);
    assert.deepEqual(
      ends.map(({ type, path }) => `${type} ${path ?? ''}`),
      [
        'node.cancelled outer[0]/inner[0]/a',
        'node.cancelled outer[0]/inner',
        'node.cancelled outer[1]/inner',
        'node.cancelled outer',
        'node.cancelled late',
        'run.cancelled ',
      ],
    );
    for (const event of ends) assert.equal(envelopeOf(event).data['source'], 'reconciler');
  });

  /** The attempt of the last node, and its success, with which the run ends. */
  const lastOf = (after: number, key = 'k', json = '1'): Fact[] => {
    const node = nodeAt('last');
    const outcome = { status: 'success', result: { json } } as const;
    const ended = { status: 'success', output: { json: `{"last":${json}}` }, after } as const;
    return [
      { kind: 'attempt', key, at: inMs(0), node },
      { kind: 'outcome', key, at: inMs(0), node, outcome, end: ended },
    ];
  };

  it('ends with its last outcome, in one append, once', async () => {
    const runId = await begin();
    await log.append(runId, [started(0)]);
    const recorded = await log.append(runId, lastOf(2));
    assert.deepEqual([recorded[1]?.run.status, recorded[1]?.execution?.status], ['success', 'success']);
    // Another attempt, such as of a workflow task that is made again, comes to something else.
    const other = createRunLog(database);
    const adopted = await other.append(runId, lastOf(2, 'again', '2'));
    assert.deepEqual([adopted[1]?.run.status, adopted[1]?.isNew], ['success', false]);
    const types = ['run.queued', 'run.started', 'node.started', 'node.succeeded', 'run.succeeded'];
    assert.deepEqual(await assertInOrder(runId), types);
    assert.equal(await appendsOf(database.db).countDocuments({ runId }), 3);
    const { output } = ((await readRun(database.db, runId)) ?? assert.fail()).run;
    assert.deepEqual(output, { json: '{"last":1}' });
  });

  it('does not end with an outcome when its log has gone on since its output was collected', async () => {
    const runId = await begin();
    await log.append(runId, [started(0)]);
    const before = createRunLog(database);
    const node = nodeAt('first');
    const outcome = { status: 'success', result: { json: '1' } } as const;
    await before.append(runId, [
      { kind: 'attempt', key: 'f', at: inMs(0), node },
      { kind: 'outcome', key: 'f', at: inMs(0), node, outcome },
    ]);
    const recorded = await log.append(runId, lastOf(2));
    assert.deepEqual([recorded[1]?.run.status, recorded[1]?.execution?.status], ['running', 'success']);
    assert.deepEqual((await assertInOrder(runId)).slice(-2), ['node.started', 'node.succeeded']);
  });

  it('does not end with an outcome that another was before', async () => {
    const runId = await begin();
    await log.append(runId, [started(0)]);
    const [attempt, outcome] = lastOf(0) as [Fact, Extract<Fact, { kind: 'outcome' }>];
    const { end, ...plain } = outcome;
    assert.ok(end);
    await log.append(runId, [attempt, plain]);
    const recorded = await log.append(runId, lastOf(4, 'again', '2'));
    assert.deepEqual([recorded[1]?.run.status, recorded[1]?.isNew], ['running', false]);
  });
});
