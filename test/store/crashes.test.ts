import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Fact } from '../../src/engine/log/facts.ts';
import { deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import { endpointsOf } from '../../src/store/endpoints/endpoints.ts';
import type { EndpointDocument } from '../../src/store/endpoints/endpoints.ts';
import { readRunLog } from '../../src/store/log/appends.ts';
import { findExecutions, findRun } from '../../src/store/log/read-runs.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import { runsOf } from '../../src/store/log/runs.ts';
import { sweepAppends } from '../../src/store/log/sweep-appends.ts';
import { connectDatabase, ensureIndexes } from '../../src/store/mongo/database.ts';
import type { Database } from '../../src/store/mongo/database.ts';
import { checkRun } from '../../src/store/upkeep/check-run.ts';
import { eventually } from '../support/eventually.ts';

const program = fileURLToPath(new URL('../support/crasher.mjs', import.meta.url));
const at = new Date().toISOString();
const data = {
  organizationId: 'org_1',
  workflowId: 'wf_1',
  workflowVersion: 1,
  versionId: 'v_1',
  trigger: {},
};
const node = { path: 'a', nodeId: 'a', nodeType: 'log' };
const queued: Fact = {
  kind: 'event',
  key: 'run/queued',
  type: 'run.queued',
  at,
  data,
  values: { input: { json: '{}' } },
};
/** What the process appends, one append each. */
const appends: Fact[][] = [
  [queued],
  [
    { kind: 'event', key: 'run/started', type: 'run.started', at, data: {} },
    { kind: 'attempt', key: 'k', at, node },
  ],
  [
    { kind: 'outcome', key: 'k', at, node, outcome: { status: 'success', result: { json: '1' } } },
    { kind: 'end-run', at, status: 'success' },
  ],
];
const events = 5;

describe('a process that is killed between an append and the record of its run', function () {
  this.timeout(300_000);
  const name = `test_${randomUUID().slice(0, 8)}`;
  const url = process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`');
  let database: Database;

  before(async () => {
    database = await connectDatabase(url, name);
    await ensureIndexes(database.db);
    const createdAt = new Date(Date.now() - 60_000);
    const endpoint = {
      ...{ _id: 'ep_1', organizationId: 'org_1', status: 'active', subscribedEventTypes: ['*'] },
      ...{ workflowIds: [], maxRetries: 1, deletedAt: null, releasingSince: null },
      ...{ createdAt, updatedAt: createdAt },
    };
    await endpointsOf(database.db).insertOne(endpoint as unknown as EndpointDocument);
  });
  after(async () => {
    await database.db.dropDatabase();
    await database.close();
  });

  /** Whether the process was killed at the step. */
  async function isKilledAt(runId: string, step: number): Promise<boolean> {
    const child = spawn(process.execPath, [program, name, runId, String(step)], {
      env: { ...process.env, MONGODB_URL: url, FACTS: JSON.stringify(appends) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = text(child.stdout);
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    if (signal === 'SIGKILL') return true;
    assert.deepEqual([code, (await said).trim()], [0, 'done']);
    return false;
  }

  async function assertWhole(runId: string): Promise<void> {
    assert.deepEqual((await checkRun(database.db, runId)).problems, []);
    assert.equal(await deliveriesOf(database.db).countDocuments({ runId }), events);
  }

  it('has lost nothing at any step: reads are exact, and another process goes on and carries out the rest', async () => {
    let step = 0.5;
    for (let isKilled = true; isKilled; step += 0.5) {
      const runId = `run_${step}`;
      isKilled = await isKilledAt(runId, step);
      // What a killed process has sent may come through a little later.
      const logged = await eventually(async () => {
        const events = await readRunLog(database.db, runId);
        const run = await findRun(database.db, 'org_1', runId);
        assert.equal(run?.lastSequence ?? 0, events.length);
        return events;
      });
      const [execution] = await findExecutions(database.db, runId, ['a']);
      const last = logged.findLast(({ path }) => path === 'a');
      assert.equal(execution?.status, last?.status === undefined ? undefined : last.status);
      const log = createRunLog(database);
      for (const facts of appends) await log.append(runId, facts);
      await log.settle(runId);
      assert.equal((await readRunLog(database.db, runId)).length, events);
      await assertWhole(runId);
    }
    // An append, its deliveries, executions and the run's record at the least.
    assert.ok(step >= 5, `${step} steps`);
  });

  it('leaves what the sweep carries out, when nobody goes on', async () => {
    const left: string[] = [];
    for (let step = 1; step < 12; step += 1) {
      const runId = `run_left_${step}`;
      if (!(await isKilledAt(runId, step))) break;
      left.push(runId);
    }
    await eventually(async () => {
      await sweepAppends(database.db);
      for (const runId of left) {
        const { length } = await readRunLog(database.db, runId);
        assert.equal((await runsOf(database.db).findOne({ _id: runId }))?.lastSequence, length);
        assert.equal(await deliveriesOf(database.db).countDocuments({ runId }), length);
      }
    }, 60_000);
    for (const runId of left) assert.deepEqual((await checkRun(database.db, runId)).problems, []);
  });
});
