import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Fact } from '../../src/engine/log/facts.ts';
import { checkRun } from '../../src/store/upkeep/check-run.ts';
import { connectDatabase, ensureIndexes } from '../../src/store/mongo/database.ts';
import type { Database } from '../../src/store/mongo/database.ts';
import { readRunLog } from '../../src/store/log/appends.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import { runsOf } from '../../src/store/log/runs.ts';
import { at, nodeAt, queued, scheduled } from '../support/facts.ts';

const started: Fact = { kind: 'event', key: 'run/started', type: 'run.started', at, data: {} };

/** What a node's attempt reports, each step for itself. */
function stepsOf(path: string): Fact[] {
  const attempt = { key: `${path}/1`, at, node: nodeAt(path) };
  return [
    scheduled(path),
    { kind: 'attempt', ...attempt },
    { kind: 'outcome', ...attempt, outcome: { status: 'success', result: { json: '1' } } },
  ];
}

describe('a run log that remembers what it wrote', () => {
  const name = `test_${randomUUID().slice(0, 8)}`;
  let database: Database;
  before(async () => {
    database = await connectDatabase(
      process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set'),
      name,
    );
    await ensureIndexes(database.db);
  });
  after(async () => {
    await database.db.dropDatabase();
    await database.close();
  });

  /** A run that has begun, with the logs of as many processes. */
  async function begin(processes: number) {
    const runId = `run_${randomUUID()}`;
    await createRunLog(database).append(runId, [queued]);
    const logs = Array.from({ length: processes }, () => createRunLog(database));
    await logs[0]?.append(runId, [started]);
    return { runId, logs };
  }

  async function assertWhole(runId: string, count: number): Promise<void> {
    const events = await readRunLog(database.db, runId, { limit: 10_000 });
    assert.deepEqual(
      events.map(({ sequence }) => sequence),
      Array.from({ length: count }, (_, index) => index + 1),
    );
    assert.deepEqual((await checkRun(database.db, runId)).problems, []);
  }

  it('reads nothing of the run for what follows its own writes', async () => {
    const client = await MongoClient.connect(process.env['MONGODB_URL'] ?? '', { monitorCommands: true });
    const read: unknown[] = [];
    client.on(
      'commandStarted',
      ({ commandName, command }) => commandName === 'find' && read.push(command['find']),
    );
    try {
      const { runId } = await begin(1);
      const log = createRunLog({ client, db: client.db(name) });
      const other = `run_${randomUUID()}`;
      await createRunLog(database).append(other, [queued]);
      await log.append(other, [started]);
      read.length = 0;
      for (const fact of stepsOf('a')) await log.append(other, [fact]);
      assert.deepEqual(new Set(read.filter((name) => name !== 'endpoints')), new Set());
      await assertWhole(other, 5);
      // A log that came in the middle does not know what was before, and looks it up.
      read.length = 0;
      await log.append(runId, [scheduled('a')]);
      assert.ok(read.includes('runs'), String(read));
    } finally {
      await client.close();
    }
  });

  it('takes no run for just begun that has a record, whatever follows', async () => {
    const log = createRunLog(database);
    const runId = `run_${randomUUID()}`;
    await log.append(runId, [queued]);
    assert.equal(log.justBegun(runId)?.status, 'queued');
    await log.settle(runId);
    await log.append(runId, [started]);
    assert.equal(log.justBegun(runId), undefined);
  });

  it('keeps a log whole that several processes write, each fact once', async () => {
    const { runId, logs } = await begin(3);
    const paths = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const tell = async (path: string, log: (typeof logs)[number]) => {
      for (const fact of stepsOf(path)) await log.append(runId, [fact]);
    };
    await Promise.all(paths.flatMap((path) => logs.map((log) => tell(path, log))));
    await assertWhole(runId, 2 + paths.length * 3);
  });

  it('answers with what another process has recorded', async () => {
    const { runId, logs } = await begin(2);
    const [own, other] = logs as [(typeof logs)[number], (typeof logs)[number]];
    const [first, attempt, outcome] = stepsOf('a') as [Fact, Fact, Fact];
    await own.append(runId, [first, attempt]);
    await other.append(runId, [{ kind: 'end-node', at, node: nodeAt('a'), reason: 'run_ended' }]);
    const [recorded] = await own.append(runId, [outcome]);
    assert.equal(recorded?.execution?.status, 'cancelled');
    await other.append(runId, [{ kind: 'end-run', at, status: 'cancelled' }]);
    const [late] = await own.append(runId, [scheduled('b')]);
    assert.equal(late?.run.status, 'cancelled');
    await assertWhole(runId, 6);
  });

  it('answers with what it wrote itself, when a fact comes again', async () => {
    const { runId, logs } = await begin(1);
    const [log] = logs as [(typeof logs)[number]];
    const facts = stepsOf('a');
    await log.append(runId, facts);
    await log.append(runId, [scheduled('b')]);
    const again = await log.append(runId, [started, ...facts, scheduled('b')]);
    assert.deepEqual(
      again.map(({ isNew, execution }) => [isNew, execution?.status]),
      [[false, undefined], ...facts.map(() => [false, 'success']), [false, 'scheduled']],
    );
    await assertWhole(runId, 6);
  });

  it('knows all of a run that it meets in several places at once', async () => {
    const { runId, logs } = await begin(1);
    await logs[0]?.append(runId, [scheduled('a'), scheduled('b'), ...stepsOf('c')]);
    await logs[0]?.settle(runId);
    const log = createRunLog(database);
    const [, , recorded] = await Promise.all([
      log.state(runId),
      log.latest(runId),
      log.append(runId, stepsOf('a').slice(1)),
      log.append(runId, stepsOf('c')),
    ]);
    assert.equal(recorded.at(-1)?.execution?.firstSequence, 3);
    await log.append(runId, stepsOf('b'));
    await log.settle(runId);
    await assertWhole(runId, 11);
  });

  it('leaves alone what stands beside the projection in the record', async () => {
    const { runId, logs } = await begin(1);
    await logs[0]?.settle(runId);
    await runsOf(database.db).updateOne(
      { _id: runId },
      { $set: { cancelRequest: { reason: 'x' } as never } },
    );
    await logs[0]?.append(runId, [scheduled('a')]);
    await logs[0]?.settle(runId);
    const run = await runsOf(database.db).findOne({ _id: runId });
    assert.deepEqual([run?.cancelRequest, run?.lastSequence], [{ reason: 'x' }, 3]);
  });
});
