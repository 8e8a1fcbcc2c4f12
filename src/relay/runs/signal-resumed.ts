import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { findResumeRequests, noteResumeDelivered } from '../../store/log/run-record.ts';
import { resumedSignal } from '../../workflows/messages.ts';
import { callRun } from '../call-temporal.ts';

/** Signals a run which of its waits were resumed. Idempotent: a wait that has ended ignores it. */
export async function signalResumed(
  { client, db }: { client: Client; db: Db },
  runId: string,
): Promise<void> {
  for (const path of await findResumeRequests(db, runId)) {
    await callRun(client, runId, (run) => run.signal(resumedSignal, path));
    await noteResumeDelivered(db, runId, path);
  }
}
