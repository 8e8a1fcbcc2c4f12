import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Db } from 'mongodb';
import { applyRetention } from '../../src/store/upkeep/apply-retention.ts';
import type { RetentionPosition } from '../../src/store/upkeep/apply-retention.ts';
import { connectDatabase, ensureIndexes } from '../../src/store/mongo/database.ts';
import type { Database } from '../../src/store/mongo/database.ts';
import { appendsOf } from '../../src/store/log/appends.ts';
import { appendOf } from '../support/read-events.ts';

/** More than one step of a pass looks at. */
const many = 1_050;
const old = (index: number) => new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 10));
const before = new Date(Date.UTC(2026, 5, 1));

describe('a pass of the retention', () => {
  let database: Database;
  let db: Db;
  const rows = (name: string) => db.collection<{ _id: string }>(name);

  beforeEach(async () => {
    const url = process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`');
    database = await connectDatabase(url, `test_${randomUUID().slice(0, 8)}`);
    db = database.db;
    await ensureIndexes(db);
  });
  afterEach(async () => {
    await db.dropDatabase();
    await database.close();
  });

  /** Calls until nothing is left to look at, with positions as Temporal hands them on; answers what was deleted. */
  async function pass(): Promise<{ runs: number; webhookEvents: number; endpointEvents: number }> {
    const sum = { runs: 0, webhookEvents: 0, endpointEvents: 0 };
    let after: RetentionPosition | undefined;
    do {
      const report = await applyRetention(db, before, after);
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += report[name];
      after = report.after && (JSON.parse(JSON.stringify(report.after)) as RetentionPosition);
    } while (after);
    return sum;
  }

  it('goes on past requests that must stay with their open run', async () => {
    await rows('runs').insertOne({ _id: 'run_open', status: 'waiting' } as never);
    const request = (index: number, runIds: string[]) => ({
      _id: `wev_${String(index).padStart(5, '0')}`,
      receivedAt: old(index),
      runIds,
    });
    const kept = Array.from({ length: many }, (_, index) => request(index, ['run_open']));
    await rows('webhookEvents').insertMany([...kept, request(many, ['run_gone']), request(many + 1, [])]);
    assert.equal((await pass()).webhookEvents, 2);
    assert.equal(await rows('webhookEvents').countDocuments(), many);
  });

  it('goes on past events about endpoints whose deliveries are due', async () => {
    const ids = Array.from({ length: many + 2 }, (_, index) => `evt_${String(index).padStart(5, '0')}`);
    await appendsOf(db).insertMany(
      ids.map((_id, index) => appendOf({ _id, runId: _id, sequence: 0, recordedAt: old(index) })),
    );
    const due = ids.slice(0, many).map((runId) => ({ _id: `dlv_${runId}`, runId, status: 'retrying' }));
    await rows('deliveries').insertMany(due);
    assert.equal((await pass()).endpointEvents, 2);
    assert.equal(await appendsOf(db).countDocuments(), many);
  });

  it('goes on past runs whose deliveries are due, and deletes nothing twice', async () => {
    const ids = Array.from({ length: 150 }, (_, index) => `run_${String(index).padStart(5, '0')}`);
    await rows('runs').insertMany(
      ids.map((_id, index) => ({ _id, status: 'success', finishedAt: old(index).toISOString() })) as never[],
    );
    const due = ids.slice(0, 140).map((runId) => ({ _id: `dlv_${runId}`, runId, status: 'pending' }));
    await rows('deliveries').insertMany(due);
    assert.equal((await pass()).runs, 10);
    assert.equal((await pass()).runs, 0);
    assert.equal(await rows('runs').countDocuments(), 140);
  });
});
