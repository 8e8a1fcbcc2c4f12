import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import { findStart, noteCancelDelivered } from '../../store/log/run-record.ts';
import { callDeadlineMs } from './start-run.ts';

/** Delivers a requested cancel to Temporal. Idempotent; a run that has ended needs none. */
export async function cancelRun({ client, db }: { client: Client; db: Db }, runId: string): Promise<void> {
  const run = await findStart(db, runId);
  if (!run) return;
  if (!isFinalRunStatus(run.status)) {
    if (!run.startConfirmed) return;
    const cancel = () => client.workflow.getHandle(runId).cancel();
    await client.withDeadline(Date.now() + callDeadlineMs, cancel).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }
  await noteCancelDelivered(db, runId);
}
