/** Starts the runs that wait for a lane, in their order, when it has room. */
import { currentMs } from '../../clock.ts';
import { findAncestors, releaseStart } from '../../store/flow/held-starts.ts';
import { takeSlots } from '../../store/flow/take-slots.ts';
import type { Taken } from '../../store/flow/take-slots.ts';
import { beginLook, dequeue, endLook, nextInQueue, updateWaiting } from '../../store/flow/waiting.ts';
import type { FullLane, WaitingRun } from '../../store/flow/waiting.ts';
import { failureOf } from './flow-context.ts';
import type { FlowContext } from './flow-context.ts';
import { FlowProblem } from './plan-run.ts';

/** What looks at lanes in one process: one look at a lane at a time, and another one if it was asked for meanwhile. */
export interface LaneTurns {
  look(queue: string): void;
  /** Resolves when the looks under way have ended; none begins any more. */
  stop(): Promise<void>;
}

/** Runs that are read at a time. */
const batch = 50;
/** A look goes on with a new one after so many batches: others are to have their turn. */
const mostBatches = 40;

/** Creates what looks at lanes. */
export function createLaneTurns(context: FlowContext): LaneTurns {
  /** By lane: whether it is to be looked at again, and what resolves with the look. */
  const looking = new Map<string, { again: boolean; done: Promise<void> }>();
  const timers = new Map<string, NodeJS.Timeout>();
  let isStopped = false;

  async function lookOnce(queue: string): Promise<void> {
    const later = (laneId: string, ms: number) => {
      if (isStopped || timers.has(laneId)) return;
      const timer = setTimeout(() => {
        timers.delete(laneId);
        look(laneId);
      }, ms);
      timers.set(laneId, timer.unref());
    };
    await startNext({ ...context, look, later }, queue);
  }

  async function run(queue: string): Promise<void> {
    const state = { again: true, done: Promise.resolve() };
    looking.set(queue, state);
    while (state.again && !isStopped) {
      state.again = false;
      await lookOnce(queue).catch((error: unknown) =>
        context.log.warn({ err: error, queue }, 'a lane is left to the sweep'),
      );
    }
    looking.delete(queue);
  }

  function look(queue: string): void {
    const known = looking.get(queue);
    if (known) return void (known.again = true);
    if (isStopped) return;
    const done = run(queue);
    const state = looking.get(queue);
    if (state) state.done = done;
  }

  return {
    look,
    async stop() {
      isStopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all([...looking.values()].map(({ done }) => done));
    },
  };
}

interface Looking extends FlowContext {
  look: (queue: string) => void;
  /** Looks at a lane after a time, in milliseconds. */
  later: (laneId: string, ms: number) => void;
}

/** Who is known not to have room, or to be paused, in one look. */
interface Known {
  full: Map<string, FullLane>;
  paused: Set<string>;
}

async function startNext(looking: Looking, queue: string): Promise<void> {
  const { db } = looking;
  const known: Known = { full: new Map(), paused: new Set() };
  for (let count = 0; count < mostBatches; count += 1) {
    const lane = await beginLook(db, queue);
    const notNow = { lanes: [...known.full.values()], workflowIds: [...known.paused] };
    const next = await nextInQueue(db, queue, notNow, batch);
    if (next.length === 0) {
      // While somebody waits for the lane itself, who comes later is to stand behind.
      if (!lane || known.full.has(queue) || (await endLook(db, lane))) return;
      continue;
    }
    for (const run of next) await tryStart(looking, run, known);
  }
  looking.look(queue);
}

async function tryStart(looking: Looking, waiting: WaitingRun, known: Known): Promise<void> {
  const isKnown = waiting.wants.some(({ id, limit }) => limit <= (known.full.get(id)?.upTo ?? -1));
  if (isKnown || known.paused.has(waiting.workflowId)) return;
  const run = await judged(looking, waiting);
  if (!run) return;
  if (await looking.isPaused(run, run.wants)) return notePaused(looking, run, known);
  const taken = await takeSlots(looking, { ...run, runId: run._id }, { isNext: true });
  if (!taken.isTaken) return noteFull(looking, run, { taken, known });
  await releaseStart(looking.db, run._id);
  await dequeue(looking.db, run._id);
  looking.start(run._id, { priority: run.priority, waited: waitedFor(run) });
}

function waitedFor({ reason, since }: WaitingRun): string {
  const why = { concurrency: 'its lane was full', rate: 'its rate was reached', paused: 'it was paused' }[
    reason
  ];
  return `Waited ${Math.round((currentMs() - since.getTime()) / 1_000)} s for its turn: ${why}`;
}

/** A paused scope is as a full lane for whoever needs it, a paused workflow holds back its own. */
async function notePaused(looking: Looking, run: WaitingRun, known: Known): Promise<void> {
  const paused = await looking.live.paused(run.organizationId);
  if (paused.has(run.workflowId)) known.paused.add(run.workflowId);
  for (const { id, owner } of run.wants)
    if (paused.has(owner)) known.full.set(id, { id, upTo: Number.MAX_SAFE_INTEGER });
  if (run.reason !== 'paused')
    await updateWaiting(looking.db, run._id, { reason: 'paused', blockedBy: null });
}

async function noteFull(
  looking: Looking,
  run: WaitingRun,
  { taken, known }: { taken: NotTaken; known: Known },
): Promise<void> {
  const { lane, want } = taken;
  const upTo = lane.override === undefined ? want.limit : Number.MAX_SAFE_INTEGER;
  const before = known.full.get(want.id);
  known.full.set(want.id, { id: want.id, upTo: Math.max(upTo, before?.upTo ?? 0) });
  if (want.kind === 'rate') lookAfterWindow(looking, taken);
  if (run.blockedBy === want.id) return;
  await updateWaiting(looking.db, run._id, { reason: want.kind, blockedBy: want.id });
  // The lane is told before it is looked at again: a slot that was given back meanwhile is found by one or the other.
  if (!before) looking.look(want.id);
}

type NotTaken = Extract<Taken, { isTaken: false }>;

/** Looks at a rate's lane when the first start leaves its window that keeps others from starting. */
function lookAfterWindow({ later }: Looking, { lane, want }: NotTaken): void {
  const limit = lane.override ?? want.limit;
  const first = limit > 0 ? lane.starts.at(-limit) : undefined;
  if (first) later(want.id, first.at.getTime() + (want.perMs ?? 0) - currentMs() + 1);
}

/** The run by the settings that are live now; `undefined` when it waits no longer. */
async function judged(looking: Looking, waiting: WaitingRun): Promise<WaitingRun | undefined> {
  const { db, live } = looking;
  const settings = await live.ofWorkflow(waiting.workflowId);
  if (settings?.isArchived) {
    await looking.end(waiting._id, {
      status: 'cancelled',
      reason: 'the workflow was archived',
      source: 'flow',
    });
    return undefined;
  }
  if (!settings || settings.versionId === waiting.versionId) return waiting;
  const run = await looking.find(waiting._id);
  if (!run) return void (await dequeue(db, waiting._id));
  try {
    const plan = await looking.plan(run, settings);
    const ancestors = waiting.ancestors.length > 0 ? waiting.ancestors : await findAncestors(db, run);
    await updateWaiting(db, waiting._id, { ...plan, ancestors });
    return { ...waiting, ...plan, ancestors };
  } catch (error) {
    if (!(error instanceof FlowProblem)) throw error;
    await looking.end(waiting._id, failureOf(error));
    return undefined;
  }
}
