import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { runsOf } from '../../store/log/runs.ts';
import { resumedSignal } from '../../workflows/messages.ts';
import { callDeadlineMs } from './start-run.ts';

/** Signals a run which of its waits were resumed. Idempotent: a wait that has ended ignores it. */
export async function signalResumed(
  { client, db }: { client: Client; db: Db },
  runId: string,
): Promise<void> {
  const run = await runsOf(db).findOne({ _id: runId }, { projection: { resumeRequests: 1 } });
  for (const path of run?.resumeRequests ?? []) {
    const signal = () => client.workflow.getHandle(runId).signal(resumedSignal, path);
    await client.withDeadline(Date.now() + callDeadlineMs, signal).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
    await runsOf(db).updateOne({ _id: runId }, { $pull: { resumeRequests: path } });
  }
}
