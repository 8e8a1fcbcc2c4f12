import type { ClientSession, Db } from 'mongodb';
import type { RecordedValue } from '../engine/facts.ts';
import type { JsonObject } from '../engine/json.ts';
import { appendInSession } from './append-transaction.ts';
import type { AppendOutcome } from './append-transaction.ts';

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

/** Records `run.queued` in the caller's transaction: the run exists from its commit on. Idempotent by run id. */
export async function acceptRun(db: Db, session: ClientSession, run: NewRun): Promise<AppendOutcome> {
  const { runId, input, request, ...data } = run;
  return appendInSession(db, session, runId, [
    {
      kind: 'event',
      key: 'run/queued',
      type: 'run.queued',
      at: new Date().toISOString(),
      data: data as JsonObject,
      values: { input, ...(request ? { request } : {}) },
    },
  ]);
}
