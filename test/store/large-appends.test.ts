import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Fact } from '../../src/engine/log/facts.ts';
import { readRunLog } from '../../src/store/log/appends.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import { connectDatabase, ensureIndexes } from '../../src/store/mongo/database.ts';
import type { Database } from '../../src/store/mongo/database.ts';
import { checkRun } from '../../src/store/upkeep/check-run.ts';
import { at, nodeAt, queued, scheduled } from '../support/facts.ts';

/** A line of a node's log of about 600 kB of UTF-8, as many as all attempts of a run write at once. */
function line(index: number): Fact {
  const node = nodeAt(`n${index}`);
  const data = { attempt: 1, level: 'info', message: 'large', fields: { text: '語'.repeat(200_000) } };
  return { kind: 'event', key: `node/${node.path}/node.log/k/1`, type: 'node.log', at, node, data };
}

describe('appends that come at once', function () {
  this.timeout(120_000);
  let database: Database;

  before(async () => {
    const url = process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`');
    database = await connectDatabase(url, `test_${randomUUID().slice(0, 8)}`);
    await ensureIndexes(database.db);
  });
  after(async () => {
    await database?.db.dropDatabase();
    await database?.close();
  });

  it('are all recorded, also when they are too large for one document of MongoDB, and so are their neighbours', async () => {
    const log = createRunLog(database);
    const [large, other] = [`run_${randomUUID()}`, `run_${randomUUID()}`];
    const lines = Array.from({ length: 40 }, (_, index) => index);
    for (const runId of [large, other])
      await log.append(runId, [queued, ...lines.map((index) => scheduled(`n${index}`))]);
    // 24 MB in one turn, where a document holds 16.
    const recorded = await Promise.all(
      lines.flatMap((index) => [log.append(large, [line(index)]), log.append(other, [line(index)])]),
    );
    assert.ok(recorded.every(([one]) => one?.isNew));
    await log.flush();
    for (const runId of [large, other]) {
      const events = await readRunLog(database.db, runId, { limit: 1_000 });
      assert.deepEqual(
        events.map(({ sequence }) => sequence),
        Array.from({ length: 81 }, (_, index) => index + 1),
      );
      assert.deepEqual((await checkRun(database.db, runId)).problems, []);
    }
  });
});
