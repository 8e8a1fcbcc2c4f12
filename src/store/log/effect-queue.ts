/** Carries out what the appends of one process cause: what others wait for soon, records later and many together. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from 'mongodb';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import { mayHaveEndpoints } from '../endpoints/endpoints.ts';
import { resumedPaths } from '../waits/resumed-paths.ts';
import { appendCapMs, inTime } from '../mongo/in-time.ts';
import { announce, together, writeRecords } from './carry-out.ts';
import type { CarriedOut } from './carry-out.ts';
import { joinChanges } from './load-runs.ts';
import { messagesOf } from './outbox.ts';
import type { RunChange } from './run-state.ts';

/** Hears of what was carried out. Callbacks must not throw. */
export interface EffectListeners {
  onDeliveries: (deliveries: CarriedOut['deliveries']) => void;
  onMessages: (messages: CarriedOut['messages']) => void;
  /** Waits of a run were resumed: its workflow is to be told. */
  onResumed: (runId: string) => void;
  /** A run has ended, as far as this process knows. */
  onEnded: (run: RunProjection) => void;
  /** What could not be carried out; it is tried again, unless it is the fault of one run. */
  onFailure: (error: unknown, runId?: string) => void;
}

/** Deliveries, messages and resumes are waited for, in milliseconds. */
const soonMs = 15;
/** Records are not: reads fold what is missing. The commands are the price, so that many go together. */
const laterMs = 200;
const retryMs = 500;
/** Longest that records may take: what hangs is tried again, and does no harm when it comes through later. */
const recordMs = 30_000;

/** By run. */
type Changes = Map<string, RunChange>;

/** The effects of one process. */
export class EffectQueue {
  readonly #db: Db;
  readonly #listeners: EffectListeners;
  /** What others have not heard of. */
  #news: Changes = new Map();
  /** What has no records; announced or not. */
  #unrecorded: Changes = new Map();
  #soon: NodeJS.Timeout | undefined;
  #later: NodeJS.Timeout | undefined;
  /** Runs with something that cannot be carried out. */
  readonly #wrong = new Set<string>();
  /** One flush after the other: records follow what was announced. */
  #flushing: Promise<void> = Promise.resolve();

  constructor(db: Db, listeners: EffectListeners) {
    this.#db = db;
    this.#listeners = listeners;
  }

  /** Takes a change that was committed. Changes of one run come in the order of their sequences. */
  add(change: RunChange): void {
    put(this.#news, change);
    put(this.#unrecorded, change);
    if (isFinalRunStatus(change.run.status)) this.#listeners.onEnded(change.run);
    if (resumedPaths(change.events).length > 0) this.#recordWithin(soonMs);
    else if (this.#isWaitedFor(change)) this.#soon ??= setTimeout(() => this.#flush(false), soonMs).unref();
    this.#recordWithin(laterMs);
  }

  /** All of a run, from its beginning on, that has no record yet; `undefined` of one that has. */
  begun(runId: string): RunChange | undefined {
    const change = this.#unrecorded.get(runId);
    return change?.events.length === change?.run.lastSequence ? change : undefined;
  }

  /** Resolves once everything that was added is carried out, or could not be. */
  async flush(): Promise<void> {
    if (this.#unrecorded.size > 0) this.#flush(true);
    await this.#flushing;
  }

  readonly #onWrong = (error: unknown, { runId }: RunChange): void => {
    this.#wrong.add(runId);
    this.#listeners.onFailure(error, runId);
  };

  #recordWithin(ms: number): void {
    if (this.#later && ms >= laterMs) return;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#flush(true), ms).unref();
  }

  #isWaitedFor({ run, events, executions }: RunChange): boolean {
    return mayHaveEndpoints(this.#db, run.organizationId) || messagesOf(run, events, executions).length > 0;
  }

  #flush(hasRecords: boolean): void {
    this.#flushing = this.#flushing.then(() => this.#carryOut(hasRecords));
  }

  async #carryOut(hasRecords: boolean): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const news = this.#news;
    this.#news = new Map();
    const unrecorded: Changes = hasRecords ? this.#unrecorded : new Map();
    if (hasRecords) {
      clearTimeout(this.#later);
      this.#later = undefined;
      this.#unrecorded = new Map();
    }
    try {
      await this.#announce(news);
      news.clear();
      await this.#record(unrecorded);
    } catch (error) {
      this.#listeners.onFailure(error);
      this.#news = joined(news, this.#news);
      this.#unrecorded = joined(unrecorded, this.#unrecorded);
      await delay(retryMs, undefined, { ref: false });
      this.#recordWithin(laterMs);
    }
  }

  async #announce(news: Changes): Promise<void> {
    const announceAll = async (changes: readonly RunChange[]) => {
      const { deliveries, messages } = await inTime(appendCapMs, announce(this.#db, changes));
      if (deliveries.length > 0) this.#listeners.onDeliveries(deliveries);
      if (messages.length > 0) this.#listeners.onMessages(messages);
    };
    await together([...news.values()], announceAll, this.#onWrong);
  }

  async #record(unrecorded: Changes): Promise<void> {
    // A record would say that all has been carried out.
    const changes = [...unrecorded.values()].filter(({ runId }) => !this.#wrong.has(runId));
    const recordAll = (some: readonly RunChange[]) => inTime(recordMs, writeRecords(this.#db, some));
    await together(changes, recordAll, this.#onWrong);
    for (const { runId, events } of changes)
      if (resumedPaths(events).length > 0) this.#listeners.onResumed(runId);
  }
}

function put(changes: Changes, change: RunChange): void {
  changes.set(change.runId, joinChanges(changes.get(change.runId), change) as RunChange);
}

/** What could not be carried out comes before what has come since. */
function joined(first: Changes, next: Changes): Changes {
  for (const change of next.values()) put(first, change);
  return first;
}
