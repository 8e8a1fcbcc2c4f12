import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Fact, RecordedValue } from '../../engine/log/facts.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { appendInSession, insertInSession } from '../log/append-in-session.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import type { AppendDocument } from '../log/appends.ts';
import { Judgement } from '../log/judge-facts.ts';
import { RunState } from '../log/run-state.ts';
import { runsOf } from '../log/runs.ts';
import { isDuplicateKey, repeatTransaction } from '../mongo/repeat-transaction.ts';

/** A run that is to begin. */
export interface NewRun {
  runId: string;
  organizationId: string;
  workflowId: string;
  workflowVersion: number;
  versionId: string;
  /** `{ source, webhookEventId?, dedupeKey?, … }`: recorded in `run.queued`. */
  trigger: JsonObject;
  /** `$trigger.body`. */
  input: RecordedValue;
  /** `{ headers, query, method, receivedAt }` of the request, with secrets redacted. */
  request?: RecordedValue;
  parentRunId?: string;
  rerunOf?: string;
  failedRunId?: string;
}

/** What the first append of a new run holds: its `run.queued`. */
export function judgeNewRun(run: NewRun): Judgement {
  const judgement = new Judgement(new RunState(run.runId), currentTime());
  judgement.take([queuedFact(run)]);
  return judgement;
}

/**
 * Records `run.queued` in the caller's transaction: the run exists from its commit on. Idempotent by run id. Its record is
 * there as well, for whoever decides on the runs that are under way; it says that nothing has been carried out.
 */
export async function acceptRun(db: Db, session: ClientSession, run: NewRun): Promise<void> {
  const [recorded] = await appendInSession(db, session, { runId: run.runId, facts: [queuedFact(run)] });
  if (recorded?.isNew) await insertRecords(db, session, [recorded.run]);
}

/** As `acceptRun`, for runs whose ids were made for them: nothing is looked up. */
export async function acceptNewRuns(db: Db, session: ClientSession, runs: readonly NewRun[]): Promise<void> {
  const judged = runs.map(judgeNewRun);
  await insertFirstAppends(
    db,
    session,
    judged.map((judgement) => ({ append: judgement.toAppend(), run: judgement.run })),
  );
}

/** Inserts first appends in the caller's transaction, with records that say that nothing has been carried out. */
export async function insertFirstAppends(
  db: Db,
  session: ClientSession,
  begun: readonly { append: AppendDocument; run: RunProjection }[],
): Promise<void> {
  await insertInSession(
    db,
    session,
    begun.map(({ append }) => append),
  );
  await insertRecords(
    db,
    session,
    begun.map(({ run }) => run),
  );
}

async function insertRecords(db: Db, session: ClientSession, runs: readonly RunProjection[]): Promise<void> {
  const records = runs.map((run) => ({ ...run, _id: run.runId, lastSequence: 0, startConfirmed: false }));
  try {
    await runsOf(db).insertMany(records, { session });
  } catch (error) {
    // That of an erased run with the same key is about to go.
    throw isDuplicateKey(error) ? repeatTransaction(error) : error;
  }
}

function queuedFact({ runId: _, input, request, ...data }: NewRun): Fact {
  return {
    kind: 'event',
    key: 'run/queued',
    type: 'run.queued',
    at: currentTime().toISOString(),
    data: data as JsonObject,
    values: { input, ...(request ? { request } : {}) },
  };
}
