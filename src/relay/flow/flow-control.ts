/**
 * Flow control: decides when a run that was accepted starts. A run whose workflow has `settings.flow` asks here before it is
 * started in Temporal. What was decided stands in MongoDB, so that any process goes on where another one was killed.
 */
import { currentMs, currentTime } from '../../clock.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { Fact } from '../../engine/log/facts.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import {
  claimLanes,
  findAncestors,
  holdStart,
  judgeHolders,
  missingLanes,
  releaseUnlessWaiting,
} from '../../store/flow/held-starts.ts';
import type { LiveFlow, LiveFlows, VersionFlow } from '../../store/flow/live-flow.ts';
import type { WantedLane } from '../../store/flow/lanes.ts';
import { giveBack, takeSlots } from '../../store/flow/take-slots.ts';
import { placeOf } from '../../store/flow/queue-places.ts';
import { dequeue, enqueue, queuesOf } from '../../store/flow/waiting.ts';
import type { WaitingRun } from '../../store/flow/waiting.ts';
import type { RunToStart } from '../../store/starts/run-starts.ts';
import { createFlowContext, failureOf } from './flow-context.ts';
import type { FlowContext, FlowParts, Turn } from './flow-context.ts';
import { createLaneTurns } from './lane-turns.ts';
import { makeRoom } from './make-room.ts';
import { createGatheredStarts } from './start-gathered.ts';
import { FlowProblem } from './plan-run.ts';
import type { FlowPlan } from './plan-run.ts';

/** Whether a run starts now, and with which priority. */
export type Admission = ({ isAdmitted: true } & Partial<Turn>) | { isAdmitted: false };

/** Flow control of one process. Only `admit` may throw. */
export interface FlowControl {
  /** Decides whether an accepted run starts now; one that does not is started later, or ends. */
  admit(run: RunToStart): Promise<Admission>;
  /** Hears of every run that has ended in this process: what it had is free. */
  ended(run: RunProjection): void;
  /** Gives back what a run has that has ended before it was started. */
  release(runId: string): Promise<void>;
  /** Looks again at the runs of a workflow that wait: something else is live. */
  reviewSoon(workflowId: string): void;
  /** Looks again at the runs that wait for a workflow or a scope: it was paused, goes on, or its limits have changed. */
  ownerChanged(organizationId: string, owner: string): void;
  /** Looks at one lane again. */
  laneChanged(laneId: string): void;
  /** Begins a run, for which requests were gathered, when it is due. */
  beginAt(runId: string, dueAt: Date): void;
  /** Finds what was lost with a process. */
  sweep(): Promise<void>;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** Sources whose runs are of the version that is live: nothing else needs to be looked up. */
const liveSources: readonly unknown[] = ['webhook', 'schedule', 'failure'];
/** Lanes that nobody has looked at for so long are looked at by the sweep, in milliseconds. */
const sweptAfterMs = 3_000;
/** The same of lanes in which nobody waits. */
const forgottenAfterMs = 60 * 1_000;

/** Creates the flow control of one process. */
export function createFlowControl(parts: FlowParts): FlowControl {
  const context = createFlowContext(parts);
  const { db, live, log } = context;
  const turns = createLaneTurns(context);
  const gathered = createGatheredStarts(context);
  const underWay = new Set<Promise<void>>();
  const soon = (what: string, work: () => Promise<void>) => {
    const done = work()
      .catch((error: unknown) => log.warn({ err: error }, `${what} is left to the sweep`))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  };
  const lookAt = async (of: Parameters<typeof queuesOf>[1]) => {
    for (const queue of await queuesOf(db, of)) turns.look(queue);
  };
  const release = async (runId: string) => {
    await dequeue(db, runId);
    for (const laneId of await giveBack(db, runId)) turns.look(laneId);
  };
  return {
    admit: (run) => admit(context, run, turns.look),
    ended: (run) =>
      soon('a slot', async () => {
        if (await mayHold(live, run)) await release(run.runId);
      }),
    release,
    reviewSoon(workflowId) {
      live.forget({ workflowId });
      soon('what waits', () => lookAt({ workflowId }));
    },
    ownerChanged(organizationId, owner) {
      live.forget({ organizationId });
      soon('what waits', async () => {
        await lookAt({ workflowId: owner, organizationId });
        await lookAt({ organizationId, 'wants.owner': owner });
      });
    },
    laneChanged: turns.look,
    beginAt: gathered.at,
    async sweep() {
      await gathered.sweep();
      await sweepLanes(context, turns.look);
    },
    async stop() {
      await Promise.all(underWay);
      await Promise.all([turns.stop(), gathered.stop()]);
    },
  };
}

/** Takes out of lanes what has ended, and looks at those in which somebody waits. */
async function sweepLanes({ db }: FlowContext, look: (queue: string) => void): Promise<void> {
  const queues = await queuesOf(db);
  const isOld = (ms: number) => new Date(currentMs() - ms);
  for (const laneId of await claimLanes(db, isOld(sweptAfterMs), { _id: { $in: queues } })) {
    await judgeHolders(db, laneId);
    look(laneId);
  }
  for (const queue of await missingLanes(db, queues)) look(queue);
  for (const laneId of await claimLanes(db, isOld(forgottenAfterMs), { 'holders.0': { $exists: true } }))
    await judgeHolders(db, laneId);
}

type Judged = Pick<RunProjection, 'workflowId' | 'versionId' | 'trigger'>;

/** The settings by which a run is judged; `undefined`: it starts at once. */
async function settingsOf(live: LiveFlows, run: Judged): Promise<LiveFlow | undefined> {
  const own = await live.ofVersion(run.versionId);
  if (!own.flow && liveSources.includes(run.trigger['source'])) return undefined;
  const found = await live.ofWorkflow(run.workflowId);
  return found?.flow ? found : undefined;
}

/** A run that has come a moment ago is of what is live. */
async function settingsAtStart(
  { live, runLog }: FlowContext,
  run: RunToStart,
): Promise<VersionFlow | undefined> {
  const isOfLive = liveSources.includes(run.trigger['source']) && runLog().justBegun(run._id) !== undefined;
  if (!isOfLive) return settingsOf(live, run);
  const own = await live.ofVersion(run.versionId);
  return own.flow ? own : undefined;
}

/** Whether a run may have a slot, or wait for one: of most it is known without a look that they have none. */
async function mayHold(live: LiveFlows, run: Judged): Promise<boolean> {
  if ((await live.ofVersion(run.versionId)).flow) return true;
  return (await settingsOf(live, run)) !== undefined;
}

async function admit(
  context: FlowContext,
  run: RunToStart,
  look: (queue: string) => void,
): Promise<Admission> {
  const settings = await settingsAtStart(context, run);
  if (!settings) return { isAdmitted: true };
  try {
    const plan = await context.plan(run, settings);
    const { wants, priority } = plan;
    const ancestors = wants.length === 0 ? [] : await findAncestors(context.db, run);
    const asked = { run, plan, ancestors, look };
    if (await context.isPaused(run, wants)) return await wait(context, asked, undefined);
    const taken = await takeSlots(context, { runId: run._id, ancestors, wants }, { isNext: false });
    if (taken.isTaken) return { isAdmitted: true, priority };
    return await whenFull(context, asked, taken.want);
  } catch (error) {
    if (!(error instanceof FlowProblem)) throw error;
    await context.end(run._id, failureOf(error));
    return { isAdmitted: false };
  }
}

interface Asked {
  run: RunToStart;
  plan: FlowPlan;
  ancestors: string[];
  look: (queue: string) => void;
}

async function whenFull(context: FlowContext, asked: Asked, full: WantedLane): Promise<Admission> {
  if (full.onFull !== 'skip') return wait(context, asked, full);
  const what = full.kind === 'rate' ? 'its rate was reached' : 'its lane was full';
  await context.end(asked.run._id, { status: 'cancelled', reason: `skipped: ${what}`, source: 'flow' });
  return { isAdmitted: false };
}

/** Lets a run wait: its row first, then the event that says so. Any process may start it from then on. */
async function wait(
  context: FlowContext,
  { run, plan, ancestors, look }: Asked,
  full: WantedLane | undefined,
): Promise<Admission> {
  const { db } = context;
  const row = waitingRow({ run, plan, ancestors, look }, full);
  await enqueue(db, row);
  const [recorded] = await context.runLog().append(run._id, [await blockedFact(context, row)]);
  await holdStart(db, run._id);
  await releaseUnlessWaiting(db, run._id);
  // It was ended meanwhile, and whoever did so found nothing that waits.
  if (recorded && isFinalRunStatus(recorded.run.status)) await dequeue(db, run._id);
  else if (full) await makeRoom(context, row, full);
  look(full?.id ?? plan.wants[0]?.id ?? run.workflowId);
  return { isAdmitted: false };
}

function waitingRow({ run, plan, ancestors }: Asked, full: WantedLane | undefined): WaitingRun {
  const { organizationId, workflowId, createdAt } = run;
  return {
    ...{ _id: run._id, organizationId, workflowId, at: createdAt, ancestors, ...plan },
    reason: full?.kind ?? 'paused',
    blockedBy: full?.id ?? null,
    since: currentTime(),
  };
}

async function blockedFact({ db }: FlowContext, row: WaitingRun): Promise<Fact> {
  const queue = (await placeOf(db, row)) as unknown as JsonObject;
  const at = currentTime().toISOString();
  return { kind: 'event', key: 'run/blocked', type: 'run.blocked', at, data: { queue } };
}
