import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { outboxOf } from '../../store/log/outbox.ts';
import type { OutboxRow } from '../../store/log/outbox.ts';
import { requestRunCancel } from '../../store/log/runs.ts';
import { resumedSignal } from '../../workflows/messages.ts';
import { callDeadlineMs } from './start-run.ts';

/** Carries out a message of the outbox. Idempotent; a parent that has ended needs none. */
export async function carryMessage(
  given: { client: Client; db: Db; cancelSoon: (runId: string) => void },
  message: OutboxRow,
): Promise<void> {
  const { client, db } = given;
  const { runId } = message;
  if (message.kind === 'cancel-run') {
    await requestRunCancel(db, runId, message.reason);
    given.cancelSoon(runId);
  } else {
    const signal = () => client.workflow.getHandle(runId).signal(resumedSignal, message.path);
    await client.withDeadline(Date.now() + callDeadlineMs, signal).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }
  await outboxOf(db).deleteOne({ _id: message._id });
}
