import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Fact } from '../../src/engine/log/facts.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { maxWaiting } from '../../src/store/log/append-load.ts';
import { connectDatabase, ensureIndexes, inTransaction, isOutage } from '../../src/store/mongo/database.ts';
import type { Database } from '../../src/store/mongo/database.ts';
import { readRunLog } from '../../src/store/log/appends.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import type { RunLog } from '../../src/store/log/run-log.ts';
import { eventually } from '../support/eventually.ts';
import { startReplicaSet } from '../support/replica-set.ts';
import type { Member, ReplicaSet } from '../support/replica-set.ts';
import { queued, scheduled } from '../support/facts.ts';

/** As many facts as go into one group, each another one. */
function group(name: string, count = 400): Fact[] {
  return Array.from({ length: count }, (_, index) => {
    return scheduled(`${name}_${index}`);
  });
}

describe('the run log, while MongoDB does not answer', function () {
  this.timeout(180_000);
  let set: ReplicaSet;
  let member: Member;
  let database: Database;
  let log: RunLog;

  before(async () => {
    set = await startReplicaSet(1);
    member = await set.primary();
    database = await connectDatabase(set.url, `test_${randomUUID().slice(0, 8)}`);
    await ensureIndexes(database.db);
    log = createRunLog(database);
  });
  after(async () => {
    member?.signal('SIGCONT');
    await database?.close();
    await set?.stop();
  });

  it('takes no more than its bound, sends the rest away at once, and records it when it comes again', async () => {
    const runIds = Array.from({ length: 10 }, (_, index) => `run_${index}`);
    await Promise.all(runIds.map((runId) => log.append(runId, [queued])));
    member.signal('SIGSTOP');
    const perRun = (maxWaiting.facts / 400 / runIds.length) * 2;
    const appends = runIds.flatMap((runId) =>
      Array.from({ length: perRun }, (_, index) => ({ runId, facts: group(`n${index}`) })),
    );
    const isTaken: boolean[] = appends.map(() => true);
    let hasTime = false;
    const tries = appends.map(({ runId, facts }, index) =>
      log.append(runId, facts).then(
        () => assert.fail('a stopped server took an append'),
        (error: unknown) => {
          assert.ok(error instanceof AppError && error.code === 'store-unavailable', String(error));
          if (!hasTime) isTaken[index] = false;
        },
      ),
    );
    await new Promise((resolve) => setImmediate(resolve));
    hasTime = true;
    // What was sent away was sent away before any time had passed; half of what came was too much.
    assert.equal(isTaken.filter(Boolean).length * 400, maxWaiting.facts);
    await Promise.all(tries);
    member.signal('SIGCONT');
    // Whoever was sent away comes again, with the same facts.
    const [runId = ''] = runIds;
    const again = appends.filter((append) => append.runId === runId);
    for (const { facts } of again) await eventually(() => log.append(runId, facts), 60_000);
    const events = await readRunLog(database.db, runId, { limit: 1_000_000 });
    assert.deepEqual(
      events.map((event) => event.sequence),
      Array.from({ length: 1 + perRun * 400 }, (_, index) => index + 1),
    );
  });

  it('sends a whole group away together, rather than one member after the other', async () => {
    await log.append('run_group', [queued]);
    member.signal('SIGSTOP');
    const from = performance.now();
    const tries = Array.from({ length: 40 }, (_, index) =>
      assert.rejects(log.append('run_group', group(`one${index}`, 1)), { code: 'store-unavailable' }),
    );
    await Promise.all(tries);
    // One after the other would take 40 times the five seconds of an append.
    assert.ok(performance.now() - from < 100_000);
    member.signal('SIGCONT');
    await eventually(() => log.append('run_group', group('one0', 1)), 60_000);
  });

  it('gives up a transaction that hangs, whatever it hangs on', async () => {
    await assert.rejects(
      inTransaction(database.client, () => new Promise(() => {})),
      isOutage,
    );
  });

  it('lets one bad member fail alone', async () => {
    await log.append('run_bad', [queued]);
    const first = log.append('run_bad', group('a', 1));
    const [good, bad] = await Promise.allSettled([
      log.append('run_bad', group('b', 1)),
      log.append('run_bad', [{ ...(group('c', 1)[0] as Fact), type: 'no.such' } as never]),
    ]);
    await first;
    assert.equal(good?.status, 'fulfilled');
    assert.equal(bad?.status, 'rejected');
  });
});
