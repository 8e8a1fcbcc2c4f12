import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { discardHeld } from '../inbox/skipped.ts';
import { followWorkflow } from '../schedules/schedules.ts';
import { workflowsOf } from './workflows.ts';
import type { WorkflowDocument } from './workflows.ts';

/** What may become of the requests that were held while a workflow was paused. */
export const heldFates = ['keep', 'run', 'discard'] as const;
export type HeldFate = (typeof heldFates)[number];

/**
 * Changes a workflow that is still as it was read, and its schedule with it, in the caller's transaction. Returns `null`
 * when somebody else has changed it.
 */
export async function changeWorkflow(
  db: Db,
  session: ClientSession,
  workflow: WorkflowDocument,
  set: Partial<WorkflowDocument>,
): Promise<WorkflowDocument | null> {
  const changed = await workflowsOf(db).findOneAndUpdate(
    { _id: workflow._id, updatedAt: workflow.updatedAt },
    { $set: { ...set, updatedAt: currentTime() } },
    { returnDocument: 'after', session },
  );
  if (changed) await followWorkflow(db, session, changed);
  return changed;
}

/**
 * Lets a paused workflow take requests again, in the caller's transaction; with `run` those that are held are to be
 * accepted. Returns `null` when somebody else has changed it.
 */
export async function resumeWorkflow(
  db: Db,
  session: ClientSession,
  { workflow, held }: { workflow: WorkflowDocument; held: HeldFate },
): Promise<WorkflowDocument | null> {
  const release = held === 'run' ? { releaseHeldUntil: currentTime() } : {};
  const resumed = await changeWorkflow(db, session, workflow, { status: 'active', ...release });
  if (resumed && held === 'discard') await discardHeld(db, session, workflow._id);
  return resumed;
}

/** Returns the workflows whose held requests are to be accepted. */
export async function listReleasing(db: Db): Promise<WorkflowDocument[]> {
  return workflowsOf(db)
    .find({ releaseHeldUntil: { $exists: true } })
    .limit(100)
    .toArray();
}

/** Notes that the requests that were held until a time are accepted. */
export async function endRelease(db: Db, { _id, releaseHeldUntil }: WorkflowDocument): Promise<void> {
  await workflowsOf(db).updateOne(
    { _id, ...(releaseHeldUntil ? { releaseHeldUntil } : {}) },
    { $unset: { releaseHeldUntil: 1 } },
  );
}
