import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { runsOf } from '../../src/store/log/runs.ts';
import type { RunDocument } from '../../src/store/log/runs.ts';
import { ensureIndexes } from '../../src/store/mongo/database.ts';
import { changeVariable } from '../../src/store/variables/change-variable.ts';
import { keptChanges } from '../../src/store/variables/prune-history.ts';
import { variableChangesOf, variablesOf } from '../../src/store/variables/variables.ts';

describe('the history of a variable', function () {
  this.timeout(120_000);
  let mongo: MongoClient;
  let db: Db;
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

  it('keeps its newest changes, and those of runs that have not ended', async () => {
    const organizationId = 'org_1';
    const by = { keyId: 'key_1' };
    const changing = { organizationId, name: 'count', change: { increment: 1 }, by };
    await changeVariable({ mongo, db }, changing);
    const last = keptChanges + 199;
    await variablesOf(db).updateOne({ organizationId }, { $set: { version: last } });
    const createdAt = new Date(Date.now() - 2 * 60 * 60 * 1_000);
    const shared = { organizationId, name: 'count', value: '1', createdAt };
    const ofRun = (runId: string) => ({ runId, path: 'set', executionId: `exe_${runId}` });
    const rows = Array.from({ length: last - 1 }, (_, index) => ({
      ...{ _id: `vch_${index}`, ...shared, version: index + 2 },
      by: index === 0 ? ofRun('run_open') : index === 1 ? ofRun('run_ended') : by,
    }));
    await variableChangesOf(db).insertMany(rows);
    const run = (_id: string, status: string) => ({ _id, status }) as RunDocument;
    await runsOf(db).insertMany([run('run_open', 'waiting'), run('run_ended', 'success')]);
    const changed = await changeVariable({ mongo, db }, changing);
    assert.equal(changed.version, last + 1);
    const kept = await variableChangesOf(db).find().sort({ version: 1 }).toArray();
    assert.deepEqual(
      kept.map(({ version }) => version),
      [2, ...Array.from({ length: keptChanges }, (_, index) => index + 201)],
    );
  });
});
