/**
 * The relay: carries to Temporal what MongoDB already holds. Right after a commit it is told what to start; a sweep
 * finds what was lost between a commit and its start (a killed process, Temporal away).
 */
import type { Client } from '@temporalio/client';
import type { Db, MongoClient } from 'mongodb';
import { currentMs } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { DeliveryDocument } from '../store/deliveries/deliveries.ts';
import { outboxOf } from '../store/log/outbox.ts';
import type { OutboxRow } from '../store/log/outbox.ts';
import { sweepAppends } from '../store/log/sweep-appends.ts';
import { releaseHeld } from '../store/deliveries/release-held.ts';
import { advanceReplays } from '../store/deliveries/replay-steps.ts';
import { createRunStarts } from '../store/starts/run-starts.ts';
import { runsOf } from '../store/log/runs.ts';
import { cancelRun } from './runs/cancel-run.ts';
import { carryMessage } from './runs/carry-message.ts';
import { signalResumed } from './runs/signal-resumed.ts';
import { startDelivery } from './deliveries/start-delivery.ts';
import { startRun } from './runs/start-run.ts';
import { sweepHooks } from './deliveries/sweep-hooks.ts';
import type { SweepingHooks } from './deliveries/sweep-hooks.ts';

/** What accepts work for Temporal. No call waits for it or throws. */
export interface Relay {
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
  /** Stops sweeping and waits for the calls under way. */
  stop(): Promise<void>;
}

const sweepEveryMs = 2_000;
const replayEveryMs = 1_000;
/** Younger rows are left to the process that wrote them. */
const lostAfterMs = 3_000;
const sweepRows = 500;
/** Calls to Temporal at the same time; the rest waits its turn. */
const maxInFlight = 50;

/** Creates and starts the relay of one process. */
export function createRelay(given: {
  client: Client;
  mongo: MongoClient;
  db: Db;
  log: Logger;
  taskQueues: { runs: string; hooks: string };
  /** Events of history after which a run continues as new. */
  continueAfterEvents: number;
}): Relay {
  const { client, db, log, taskQueues, continueAfterEvents } = given;
  const work = createWorkQueue((error, key) => log.warn({ err: error, key }, 'not carried to Temporal yet'));
  const starts = createRunStarts(db, (error) => log.warn({ err: error }, 'starts are not noted yet'));
  const runs = { client, db, starts, taskQueue: taskQueues.runs, continueAfterEvents };
  const hooks = { client, db, taskQueue: taskQueues.hooks };
  const relay = {
    startSoon: (runId: string) => work.add(runId, () => startRun(runs, runId)),
    cancelSoon: (runId: string) => work.add(`cancel ${runId}`, () => cancelRun(runs, runId)),
    resumeSoon: (runId: string) => work.add(`resume ${runId}`, () => signalResumed(runs, runId)),
    deliverSoon(deliveries: readonly DeliveryDocument[]) {
      for (const delivery of deliveries) {
        if (['pending', 'retrying'].includes(delivery.status))
          work.add(delivery._id, () => startDelivery(hooks, delivery));
      }
    },
    releaseSoon(endpointId: string) {
      work.add(`release ${endpointId}`, async () => relay.deliverSoon(await releaseHeld(given, endpointId)));
    },
    replaySoon() {
      work.add('replays', async () => relay.deliverSoon(await advanceReplays(given)));
    },
    carrySoon(messages: readonly OutboxRow[]) {
      for (const message of messages)
        work.add(message._id, () => carryMessage({ client, db, cancelSoon: relay.cancelSoon }, message));
    },
  };
  const sweeper = setInterval(() => {
    if (work.isIdle()) work.add('sweep', () => sweep(given, relay));
  }, sweepEveryMs);
  const replayer = setInterval(relay.replaySoon, replayEveryMs);
  return {
    ...relay,
    async stop() {
      clearInterval(sweeper);
      clearInterval(replayer);
      await work.drained();
    },
  };
}

async function sweep(given: SweepingHooks, relay: Omit<Relay, 'stop'>): Promise<void> {
  const { db } = given;
  const before = new Date(currentMs() - lostAfterMs);
  const [runs, cancels, resumes, messages] = await Promise.all([
    runsOf(db)
      .find({ startConfirmed: false, createdAt: { $lt: before.toISOString() } }, { projection: { _id: 1 } })
      .limit(sweepRows)
      .toArray(),
    runsOf(db)
      .find({ 'cancelRequest.delivered': false }, { projection: { _id: 1 } })
      .limit(sweepRows)
      .toArray(),
    runsOf(db)
      .find({ 'resumeRequests.0': { $exists: true } }, { projection: { _id: 1 } })
      .limit(sweepRows)
      .toArray(),
    outboxOf(db)
      .find({ createdAt: { $lt: before } })
      .limit(sweepRows)
      .toArray(),
  ]);
  for (const run of runs) relay.startSoon(run._id);
  for (const run of cancels) relay.cancelSoon(run._id);
  for (const run of resumes) relay.resumeSoon(run._id);
  relay.carrySoon(messages);
  const left = await sweepAppends(db);
  relay.carrySoon(left.messages);
  const { deliveries, releasing } = await sweepHooks(given);
  relay.deliverSoon([...left.deliveries, ...deliveries]);
  for (const endpointId of releasing) relay.releaseSoon(endpointId);
}

/** Keyed work: a key that waits or runs is not added again. */
function createWorkQueue(onError: (error: unknown, key: string) => void) {
  const waiting = new Map<string, () => Promise<void>>();
  const running = new Map<string, Promise<void>>();

  function next(): void {
    for (const [key, task] of waiting) {
      if (running.size >= maxInFlight) return;
      waiting.delete(key);
      const done = task()
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
