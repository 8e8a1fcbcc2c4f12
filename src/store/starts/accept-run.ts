import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Fact, RecordedValue } from '../../engine/log/facts.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { appendInSession } from '../log/append-transaction.ts';
import type { AppendOutcome } from '../log/append-transaction.ts';
import { beginRuns } from './begin-runs.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';

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

/** Records `run.queued` in the caller's transaction: the run exists from its commit on. Idempotent by run id. */
export async function acceptRun(db: Db, session: ClientSession, run: NewRun): Promise<AppendOutcome> {
  return appendInSession(db, session, run.runId, [queuedFact(run)]);
}

/** As `acceptRun`, for runs whose ids were made for them: it takes fewer round trips. Returns the deliveries. */
export async function acceptNewRuns(
  db: Db,
  session: ClientSession,
  runs: readonly NewRun[],
): Promise<DeliveryDocument[]> {
  return beginRuns(
    db,
    session,
    runs.map((run) => ({ runId: run.runId, queued: queuedFact(run) })),
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
