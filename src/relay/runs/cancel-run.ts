import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import { findStart, noteCancelDelivered } from '../../store/log/run-record.ts';
import { callRun } from '../call-temporal.ts';

/** Delivers a requested cancel to Temporal. Idempotent; a run that has ended needs none. */
export async function cancelRun({ client, db }: { client: Client; db: Db }, runId: string): Promise<void> {
  const run = await findStart(db, runId);
  if (!run) return;
  if (!isFinalRunStatus(run.status)) {
    if (!run.startConfirmed) return;
    await callRun(client, runId, (execution) => execution.cancel());
  }
  await noteCancelDelivered(db, runId);
}
