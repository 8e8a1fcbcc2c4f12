/**
 * The relay: carries to Temporal what MongoDB already holds. Right after a commit it is told what to start; a sweep
 * finds what was lost between a commit and its start (a killed process, Temporal away).
 */
import type { Client } from '@temporalio/client';
import type { Db, MongoClient } from 'mongodb';
import { currentMs } from '../clock.ts';
import type { Logger } from '../log.ts';
import { sendableStatuses } from '../engine/deliveries/delivery-states.ts';
import type { DeliveryDocument } from '../store/deliveries/deliveries.ts';
import { findMessages } from '../store/log/outbox.ts';
import type { OutboxRow } from '../store/log/outbox.ts';
import { sweepAppends } from '../store/log/sweep-appends.ts';
import { releaseHeld } from '../store/deliveries/release-held.ts';
import { bufferedSchedules, releaseBuffered } from '../store/schedules/fire-schedule.ts';
import { uncarriedSchedules } from '../store/schedules/schedules.ts';
import { advanceReplays } from '../store/deliveries/replay-steps.ts';
import { inTime } from '../store/mongo/in-time.ts';
import { createRunStarts } from '../store/starts/run-starts.ts';
import { findUndelivered } from '../store/log/run-record.ts';
import type { RunLog } from '../store/log/run-log.ts';
import { createFlowControl } from './flow/flow-control.ts';
import type { FlowControl } from './flow/flow-control.ts';
import type { EvaluateText } from './flow/plan-run.ts';
import { cancelRun } from './runs/cancel-run.ts';
import { carryMessage } from './runs/carry-message.ts';
import { signalResumed } from './runs/signal-resumed.ts';
import { createHookBatches } from './deliveries/hook-batches.ts';
import type { HookBatches } from './deliveries/hook-batches.ts';
import { startDelivery } from './deliveries/start-delivery.ts';
import type { DeliveryStarts } from './deliveries/start-delivery.ts';
import { startRun } from './runs/start-run.ts';
import { createScheduleWork } from './schedules/schedule-work.ts';
import type { ScheduleWork } from './schedules/schedule-work.ts';
import { sweepHooks } from './deliveries/sweep-hooks.ts';
import type { SweepingHooks } from './deliveries/sweep-hooks.ts';

/** What accepts work for Temporal. No call waits for it or throws. */
export interface Relay extends ScheduleWork {
  /** Starts an accepted run soon. */
  startSoon(runId: string): void;
  /** Delivers a requested cancel soon. */
  cancelSoon(runId: string): void;
  /** Tells a run soon which of its waits were resumed. */
  resumeSoon(runId: string): void;
  /** Starts deliveries soon. */
  deliverSoon(deliveries: readonly DeliveryDocument[]): void;
  /** Lets the next held deliveries of an enabled endpoint go out soon. */
  releaseSoon(endpointId: string): void;
  /** Makes the next step of replays soon. */
  replaySoon(): void;
  /** Carries messages between runs soon. */
  carrySoon(messages: readonly OutboxRow[]): void;
  /** Carries on soon what follows from a change of a workflow's live version or its state. */
  workflowChanged(workflowId: string): void;
  /** Decides when runs start. */
  flow: Omit<FlowControl, 'admit' | 'release' | 'sweep' | 'stop'>;
  /** Stops sweeping and waits for the calls under way. */
  stop(): Promise<void>;
}

const notCarriedOut = 'what follows from a run cannot be carried out; look at its log';
const sweepEveryMs = 2_000;
const replayEveryMs = 1_000;
/** Younger rows are left to the process that wrote them. */
const lostAfterMs = 3_000;
const sweepRows = 500;
/** Calls to Temporal at the same time; the rest waits its turn. */
const maxInFlight = 50;
/** Longest that one piece of work may take: what hangs beyond it gives its place back, and the next sweep finds it again. */
const workCapMs = 60_000;

/** What a relay is made with. */
export interface RelayParts {
  client: Client;
  mongo: MongoClient;
  db: Db;
  log: Logger;
  taskQueues: { runs: string; hooks: string };
  /** Base of the links to runs. */
  publicUrl: string;
  /** Events of history after which a run continues as new. */
  continueAfterEvents: number;
  /** Where runs end that flow control lets not begin. */
  runLog: () => RunLog;
  /** Evaluates the expressions of flow control; it ends with the relay. */
  evaluator: { evaluate: EvaluateText; close(): Promise<void> };
}

/** Creates and starts the relay of one process. */
export function createRelay(given: RelayParts): Relay {
  const { client, db, log, taskQueues, continueAfterEvents } = given;
  const work = createWorkQueue((error, key) => log.warn({ err: error, key }, 'not carried to Temporal yet'));
  const starts = createRunStarts(given, (error) => log.warn({ err: error }, 'starts are not noted yet'));
  const flow = createFlowControl({
    ...given,
    evaluate: given.evaluator.evaluate,
    relay: () => relay,
    start: (runId, turn) =>
      work.add(`start ${runId}`, () => startRun(runs, runId, { isAdmitted: true, ...turn })),
  });
  const runs = { client, db, starts, taskQueue: taskQueues.runs, continueAfterEvents, flow };
  const hooks = { client, db, taskQueue: taskQueues.hooks };
  const batches = createHookBatches(hooks, work);
  const relay = {
    flow,
    startSoon: (runId: string) => work.add(runId, () => startRun(runs, runId)),
    cancelSoon: (runId: string) => work.add(`cancel ${runId}`, () => cancelRun(runs, runId)),
    resumeSoon: (runId: string) => work.add(`resume ${runId}`, () => signalResumed(runs, runId)),
    deliverSoon: (deliveries: readonly DeliveryDocument[]) =>
      startDeliveries({ hooks, batches, work }, deliveries),
    releaseSoon(endpointId: string) {
      work.add(`release ${endpointId}`, async () => relay.deliverSoon(await releaseHeld(given, endpointId)));
    },
    replaySoon() {
      work.add('replays', async () => relay.deliverSoon(await advanceReplays(given)));
    },
    ...createScheduleWork({ ...given, work, relay: (): Omit<Relay, 'stop'> => relay }),
    workflowChanged(workflowId: string) {
      relay.scheduleSoon(workflowId);
      flow.reviewSoon(workflowId);
    },
    carrySoon(messages: readonly OutboxRow[]) {
      for (const message of messages)
        work.add(message._id, () => carryMessage({ ...given, ...relay }, message));
    },
  };
  const stopSweeping = keepSweeping(given, relay, { work, batches, flow });
  return {
    ...relay,
    async stop() {
      stopSweeping();
      batches.stop();
      await flow.stop();
      await given.evaluator.close();
      await work.drained();
    },
  };
}

/** Begins to sweep; what it answers stops it. */
function keepSweeping(
  given: SweepingHooks,
  relay: Omit<Relay, 'stop'>,
  { work, batches, flow }: { work: WorkQueue; batches: HookBatches; flow: FlowControl },
): () => void {
  const sweeper = setInterval(() => {
    if (work.isIdle() && batches.isIdle()) work.add('sweep', () => sweep(given, relay, flow));
  }, sweepEveryMs);
  const replayer = setInterval(relay.replaySoon, replayEveryMs);
  return () => {
    clearInterval(sweeper);
    clearInterval(replayer);
  };
}

/** Starts what is due: in batches, or by Activities of their own. */
function startDeliveries(
  { hooks, batches, work }: { hooks: DeliveryStarts; batches: HookBatches; work: WorkQueue },
  deliveries: readonly DeliveryDocument[],
): void {
  const due = deliveries.filter(({ status, waitsSince }) => sendableStatuses.includes(status) && !waitsSince);
  batches.add(due.filter(({ inBatch }) => inBatch));
  for (const delivery of due)
    if (!delivery.inBatch) work.add(delivery._id, () => startDelivery(hooks, delivery));
}

type WorkQueue = ReturnType<typeof createWorkQueue>;

async function sweep(given: SweepingHooks, relay: Omit<Relay, 'stop'>, flow: FlowControl): Promise<void> {
  const { db } = given;
  const lost = { before: new Date(currentMs() - lostAfterMs), limit: sweepRows };
  const [{ starts, cancels, resumes }, messages] = await Promise.all([
    findUndelivered(db, lost),
    findMessages(db, lost),
  ]);
  for (const runId of starts) relay.startSoon(runId);
  for (const runId of cancels) relay.cancelSoon(runId);
  for (const runId of resumes) relay.resumeSoon(runId);
  relay.carrySoon(messages);
  for (const { _id } of await uncarriedSchedules(db, sweepRows)) relay.scheduleSoon(_id);
  for (const workflowId of await bufferedSchedules(db, sweepRows)) {
    const fired = await releaseBuffered(given, workflowId);
    if (fired) relay.fired(fired);
  }
  const left = await sweepAppends(db, (error, runId) =>
    given.log.error({ err: error, runId }, notCarriedOut),
  );
  relay.carrySoon(left.messages);
  const { deliveries, releasing } = await sweepHooks(given);
  relay.deliverSoon([...left.deliveries, ...deliveries]);
  for (const endpointId of releasing) relay.releaseSoon(endpointId);
  await flow.sweep();
}

/** Keyed work: a key that waits or runs is not added again. */
function createWorkQueue(onError: (error: unknown, key: string) => void) {
  const waiting = new Map<string, () => Promise<void>>();
  const running = new Map<string, Promise<void>>();

  function next(): void {
    for (const [key, task] of waiting) {
      if (running.size >= maxInFlight) return;
      waiting.delete(key);
      const done = inTime(workCapMs, task())
        .catch((error: unknown) => onError(error, key))
        .finally(() => {
          running.delete(key);
          next();
        });
      running.set(key, done);
    }
  }

  return {
    add(key: string, task: () => Promise<void>): void {
      if (waiting.has(key) || running.has(key)) return;
      waiting.set(key, task);
      next();
    },
    isIdle: () => waiting.size === 0 && !running.has('sweep'),
    /** Begins nothing more: what waits is found by the sweep of another process, or of the next start. */
    async drained(): Promise<void> {
      waiting.clear();
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
