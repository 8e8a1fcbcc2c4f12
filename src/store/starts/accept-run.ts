import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Fact, RecordedValue } from '../../engine/log/facts.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { appendInSession, insertInSession } from '../log/append-in-session.ts';
import { Judgement } from '../log/judge-facts.ts';
import { RunState } from '../log/run-state.ts';

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
}

/** What the first append of a new run holds: its `run.queued`. */
export function judgeNewRun(run: NewRun): Judgement {
  const judgement = new Judgement(new RunState(run.runId), currentTime());
  judgement.take([queuedFact(run)]);
  return judgement;
}

/**
 * Records `run.queued` in the caller's transaction: the run exists from its commit on. Idempotent by run id. What it
 * causes is carried out when the run log is told of the commit.
 */
export async function acceptRun(db: Db, session: ClientSession, run: NewRun): Promise<void> {
  await appendInSession(db, session, { runId: run.runId, facts: [queuedFact(run)] });
}

/** As `acceptRun`, for runs whose ids were made for them: nothing is looked up. */
export async function acceptNewRuns(db: Db, session: ClientSession, runs: readonly NewRun[]): Promise<void> {
  await insertInSession(
    db,
    session,
    runs.map((run) => judgeNewRun(run).toAppend()),
  );
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
