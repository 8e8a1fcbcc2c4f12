import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connectDatabase, ensureIndexes } from '../../src/store/mongo/database.ts';
import { checkRun } from '../../src/store/upkeep/check-run.ts';
import { readRunLog } from '../../src/store/log/appends.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import { appendTogether } from '../support/append-together.ts';

const processes = 4;
const appends = 60;

describe('several processes that append to one run', function () {
  this.timeout(180_000);

  it('write one log without a gap, and each fact once', async () => {
    const name = `test_${randomUUID().slice(0, 8)}`;
    const url = process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`');
    const { db, client, close } = await connectDatabase(url, name);
    try {
      await ensureIndexes(db);
      const data = {
        organizationId: 'org_test',
        workflowId: 'wf_test',
        workflowVersion: 1,
        versionId: 'v_1',
      };
      const at = new Date().toISOString();
      const values = { input: { json: '{}' } };
      await createRunLog({ db, client }).append('run_1', [
        { kind: 'event', key: 'queued', type: 'run.queued', at, data: { ...data, trigger: {} }, values },
      ]);
      await appendTogether({ database: name, runId: 'run_1', processes, appends, atATime: 5 });
      const events = await readRunLog(db, 'run_1', { limit: 1_000_000 });
      // One of each process's own, and one of those that all of them report.
      assert.equal(events.length, 1 + processes * appends + appends);
      assert.equal(new Set(events.map((event) => event.path)).size, events.length);
      assert.deepEqual((await checkRun(db, 'run_1')).problems, []);
    } finally {
      await db.dropDatabase();
      await close();
    }
  });
});
