import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { findResumeRequests, noteResumeDelivered } from '../../store/log/run-record.ts';
import { resumedSignal } from '../../workflows/messages.ts';
import { callDeadlineMs } from './start-run.ts';

/** Signals a run which of its waits were resumed. Idempotent: a wait that has ended ignores it. */
export async function signalResumed(
  { client, db }: { client: Client; db: Db },
  runId: string,
): Promise<void> {
  for (const path of await findResumeRequests(db, runId)) {
    const signal = () => client.workflow.getHandle(runId).signal(resumedSignal, path);
    await client.withDeadline(Date.now() + callDeadlineMs, signal).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
    await noteResumeDelivered(db, runId, path);
  }
}
