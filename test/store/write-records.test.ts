import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Fact } from '../../src/engine/log/facts.ts';
import { appendsOf } from '../../src/store/log/appends.ts';
import { writeRecords } from '../../src/store/log/carry-out.ts';
import { executionsOf } from '../../src/store/log/executions.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import type { RunChange } from '../../src/store/log/run-state.ts';
import { RunState } from '../../src/store/log/run-state.ts';
import { runsOf } from '../../src/store/log/runs.ts';
import { connectDatabase, ensureIndexes } from '../../src/store/mongo/database.ts';
import type { Database } from '../../src/store/mongo/database.ts';
import { at, nodeAt, queued, scheduled } from '../support/facts.ts';

const attempt = { key: '1', at, node: nodeAt('a') };
/** One append each. */
const steps: Fact[][] = [
  [queued, scheduled('a'), { kind: 'attempt', ...attempt }],
  [{ kind: 'outcome', ...attempt, outcome: { status: 'success', result: { json: '1' } } }],
];

describe('records that two processes write at one time', () => {
  let database: Database;
  before(async () => {
    const url = process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set');
    database = await connectDatabase(url, `test_${randomUUID().slice(0, 8)}`);
    await ensureIndexes(database.db);
  });
  after(async () => {
    await database.db.dropDatabase();
    await database.close();
  });

  it('are the newest of the two, also where none was before', async () => {
    const { db } = database;
    const runId = `run_${randomUUID()}`;
    const log = createRunLog(database);
    for (const facts of steps) await log.append(runId, facts);
    await log.flush();
    const appends = await appendsOf(db).find({ runId }).sort({ _id: 1 }).toArray();
    const [older, newer] = [1, 2].map((count) => new RunState(runId).fold(appends.slice(0, count))) as [
      RunChange,
      RunChange,
    ];
    // Known before, so that it is no first insert: what the other process has inserted meanwhile is met by an upsert.
    const later: RunChange = { ...newer, events: newer.events.slice(-1) };
    for (let round = 0; round < 300; round += 1) {
      await Promise.all([runsOf(db).deleteMany({}), executionsOf(db).deleteMany({})]);
      await Promise.all([writeRecords(db, [later]), writeRecords(db, [older])]);
      const [run] = await runsOf(db).find().toArray();
      const [execution] = await executionsOf(db).find().toArray();
      assert.deepEqual(
        [run?.lastSequence, execution?.lastSequence, execution?.status],
        [4, 4, 'success'],
        `round ${round}`,
      );
    }
  });
});
