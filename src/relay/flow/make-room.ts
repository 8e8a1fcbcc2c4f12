/** What a run that waits does to the others of its lane, by the lane's `onFull`. */
import { findLane } from '../../store/flow/lanes.ts';
import type { Holder, WantedLane } from '../../store/flow/lanes.ts';
import { waitingInLane } from '../../store/flow/waiting.ts';
import type { WaitingRun } from '../../store/flow/waiting.ts';
import { requestRunCancel } from '../../store/log/run-record.ts';
import type { FlowContext } from './flow-context.ts';

/** Drops or cancels runs of the same workflow, so that what waits in a lane is what its settings want. */
export async function makeRoom(context: FlowContext, run: WaitingRun, lane: WantedLane): Promise<void> {
  const { onFull } = lane;
  if (onFull !== 'keep_newest' && onFull !== 'keep_oldest' && onFull !== 'cancel_running') return;
  const newestFirst = await waitingInLane(context.db, lane.id, run.workflowId);
  const ids = newestFirst.map(({ _id }) => _id);
  if (onFull === 'keep_newest') return drop(context, ids.slice(1), 'a newer run took its place');
  if (onFull === 'keep_oldest') return drop(context, ids.slice(0, -1), 'an older run waits already');
  // Nothing may run: nothing is to make room.
  if (lane.limit === 0) return;
  await drop(context, ids.slice(lane.limit), 'a newer run took its place');
  await cancelOldest(context, { run, lane, room: Math.min(ids.length, lane.limit) });
}

async function drop(context: FlowContext, runIds: readonly string[], why: string): Promise<void> {
  for (const runId of runIds)
    await context.end(runId, { status: 'cancelled', reason: `dropped: ${why}`, source: 'flow' });
}

/** Cancels the oldest runs of the workflow in a lane, so that there is room for those that wait. */
async function cancelOldest(
  context: FlowContext,
  { run, lane, room }: { run: WaitingRun; lane: WantedLane; room: number },
): Promise<void> {
  const { db } = context;
  const found = await findLane(db, lane.id);
  const own = await ownOf(context, found?.holders ?? [], run.workflowId);
  const slots = own.filter(({ runId, slot }) => runId === slot);
  const kept = Math.max(0, (found?.override ?? lane.limit) - room);
  for (const { runId } of slots.slice(0, Math.max(0, slots.length - kept))) {
    await requestRunCancel(db, runId, `cancelled: the newer run ${run._id} took its place`);
    context.relay().cancelSoon(runId);
  }
}

/** The holders that are runs of a workflow, oldest first. */
async function ownOf(
  context: FlowContext,
  holders: readonly Holder[],
  workflowId: string,
): Promise<Holder[]> {
  const runs = await Promise.all(holders.map(({ runId }) => context.find(runId)));
  return holders.filter((_, index) => runs[index]?.workflowId === workflowId);
}
