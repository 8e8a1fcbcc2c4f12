import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import { runsOf } from '../../store/log/runs.ts';
import { callDeadlineMs } from './start-run.ts';

/** Delivers a requested cancel to Temporal. Idempotent; a run that has ended needs none. */
export async function cancelRun({ client, db }: { client: Client; db: Db }, runId: string): Promise<void> {
  const run = await runsOf(db).findOne({ _id: runId }, { projection: { status: 1, startConfirmed: 1 } });
  if (!run) return;
  if (!isFinalRunStatus(run.status)) {
    if (!run.startConfirmed) return;
    const cancel = () => client.workflow.getHandle(runId).cancel();
    await client.withDeadline(Date.now() + callDeadlineMs, cancel).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }
  await runsOf(db).updateOne(
    { _id: runId, cancelRequest: { $exists: true } },
    { $set: { 'cancelRequest.delivered': true } },
  );
}
