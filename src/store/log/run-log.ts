/** The recorder's door to the store: appends of one process, and what it knows of the runs that it appends to. */
import { setTimeout as delay, setImmediate as endOfTurn } from 'node:timers/promises';
import type { Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Fact } from '../../engine/log/facts.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import { AppError } from '../../errors/app-error.ts';
import { isOutage } from '../mongo/database.ts';
import { appendCapMs, inTime } from '../mongo/in-time.ts';
import { appendBegunWaits, hasBegunWait } from '../waits/append-begun-waits.ts';
import { createLoad, sizeOf } from './append-load.ts';
import type { Sized } from './append-load.ts';
import type { AppendDocument } from './appends.ts';
import { createCommitter } from './committer.ts';
import { EffectQueue } from './effect-queue.ts';
import type { EffectListeners } from './effect-queue.ts';
import { Judgement } from './judge-facts.ts';
import type { Recorded } from './judge-facts.ts';
import { OpenRuns } from './open-runs.ts';
import type { RunChange, RunState } from './run-state.ts';

/** The run log of one process. */
export interface RunLog {
  /**
   * Appends facts to a run's log and answers, fact by fact, what is recorded now. Appends to one run that come while
   * one is under way go together in the next one, in the order in which they came.
   * Idempotent: repeating an append changes nothing.
   * @throws AppError store-unavailable when MongoDB is away for longer than five seconds, and at once when more waits
   * for it than one process may hold
   * @throws RunNotFoundError when the run is not recorded
   */
  append(runId: string, facts: readonly Fact[]): Promise<Recorded[]>;
  /**
   * Inserts the first append of a run. `taken`: the run has begun before.
   * @throws AppError store-unavailable; it may yet be recorded
   */
  begin(append: AppendDocument, change: RunChange): Promise<'inserted' | 'taken'>;
  /** A run that this process has begun a moment ago, without a look at what others know of it. */
  justBegun(runId: string): RunProjection | undefined;
  /** Carries out soon what runs have in their logs and not in their records, such as after a transaction. */
  carryOut(runIds: readonly string[]): void;
  /** Resolves once the records of a run are what its log says. */
  settle(runId: string): Promise<void>;
  /** The state of a run as this process has seen it last: what has ended stays so. @throws RunNotFoundError */
  state(runId: string): Promise<RunState>;
  /** As `state`, with everything that other processes have appended. @throws RunNotFoundError */
  latest(runId: string): Promise<RunState>;
  /** Reads executions that the state has forgotten. */
  recall(state: RunState, paths: readonly string[]): Promise<void>;
  /** Resolves once everything that this process has appended is in records and lists, or could not be carried out. */
  flush(): Promise<void>;
}

/** What a run log is made with. Callbacks run after commit and must not throw. */
export interface RunLogParts extends Partial<EffectListeners> {
  client: MongoClient;
  db: Db;
}

interface Waiting extends Sized {
  given: readonly Fact[];
  resolve: (recorded: Recorded[]) => void;
  reject: (error: unknown) => void;
}

/** Bounds of one append. */
const groupFacts = 500;
const groupBytes = 4 * 1024 * 1024;
/** Pause before a place in the log is looked at again, in milliseconds. */
const unreadableMs = 10;

/** Creates the run log of one process. */
export function createRunLog(parts: RunLogParts): RunLog {
  return new ProcessRunLog(parts);
}

class ProcessRunLog implements RunLog {
  readonly #parts: RunLogParts;
  readonly #committer: ReturnType<typeof createCommitter>;
  readonly #effects: EffectQueue;
  readonly #runs: OpenRuns;
  readonly #load = createLoad();
  /** By run: what waits behind the append that is under way. */
  readonly #queues = new Map<string, Waiting[]>();
  /** What is read of runs whose effects are to be carried out. */
  readonly #reading = new Set<Promise<unknown>>();

  constructor(parts: RunLogParts) {
    const { onDeliveries, onMessages, onResumed, onEnded, onFailure } = parts;
    const nothing = () => {};
    this.#parts = parts;
    this.#committer = createCommitter(parts.db);
    this.#effects = new EffectQueue(parts.db, {
      onDeliveries: onDeliveries ?? nothing,
      onMessages: onMessages ?? nothing,
      onResumed: onResumed ?? nothing,
      onEnded: onEnded ?? nothing,
      onFailure: onFailure ?? nothing,
    });
    this.#runs = new OpenRuns(parts.db, this.#effects);
  }

  append(runId: string, facts: readonly Fact[]): Promise<Recorded[]> {
    if (facts.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const size = sizeOf(facts);
      this.#load.add(size);
      const waiting = { ...size, given: facts, resolve, reject };
      const queue = this.#queues.get(runId);
      if (queue) return void queue.push(waiting);
      this.#queues.set(runId, [waiting]);
      void this.#drain(runId, this.#queues.get(runId) as Waiting[]);
    });
  }

  async begin(append: AppendDocument, change: RunChange): Promise<'inserted' | 'taken'> {
    const size = { facts: change.events.length, bytes: append.events.length };
    this.#load.add(size);
    try {
      const outcome = await this.#committer.insert(append);
      if (outcome === 'inserted') this.#effects.add(change);
      return outcome;
    } catch (error) {
      throw asUnavailable(error);
    } finally {
      this.#load.remove(size);
    }
  }

  justBegun(runId: string): RunProjection | undefined {
    return this.#effects.begun(runId)?.run;
  }

  carryOut(runIds: readonly string[]): void {
    for (const runId of new Set(runIds)) {
      const reading: Promise<unknown> = this.#refresh(runId)
        .catch((error: unknown) => this.#parts.onFailure?.(error))
        .finally(() => this.#reading.delete(reading));
      this.#reading.add(reading);
    }
  }

  async settle(runId: string): Promise<void> {
    await this.#refresh(runId);
    await this.#effects.flush();
  }

  async state(runId: string): Promise<RunState> {
    return inTime(appendCapMs, this.#runs.get(runId));
  }

  async latest(runId: string): Promise<RunState> {
    return inTime(appendCapMs, this.#refresh(runId));
  }

  recall(state: RunState, paths: readonly string[]): Promise<void> {
    return inTime(appendCapMs, this.#runs.recall(state, paths));
  }

  async flush(): Promise<void> {
    await Promise.all(this.#reading);
    await this.#effects.flush();
  }

  async #refresh(runId: string): Promise<RunState> {
    const state = await this.#runs.get(runId);
    await this.#runs.catchUp(state);
    return state;
  }

  async #drain(runId: string, queue: Waiting[]): Promise<void> {
    // What comes in the same turn goes along.
    await endOfTurn();
    while (queue.length > 0) {
      const group = takeGroup(queue);
      await this.#commitGroup(runId, group);
      for (const waiting of group) this.#load.remove(waiting);
    }
    this.#queues.delete(runId);
  }

  async #commitGroup(runId: string, group: readonly Waiting[]): Promise<void> {
    try {
      const recorded = await this.#commit(runId, group);
      group.forEach(({ resolve }, index) => resolve(recorded[index] ?? []));
    } catch (error) {
      const failure = asUnavailable(error);
      if (failure !== error) this.#rejectAll(failure);
      if (group.length === 1 || failure !== error) for (const { reject } of group) reject(failure);
      // What is wrong with one member is not its neighbours' fault.
      else for (const waiting of group) await this.#commitGroup(runId, [waiting]);
    }
  }

  /** MongoDB is away: who waits is told at once, rather than after a time-out of its own. */
  #rejectAll(error: unknown): void {
    for (const queue of this.#queues.values())
      for (const waiting of queue.splice(0)) {
        this.#load.remove(waiting);
        waiting.reject(error);
      }
  }

  async #commit(runId: string, group: readonly Waiting[]): Promise<Recorded[][]> {
    const members = group.map(({ given }) => given);
    const until = performance.now() + appendCapMs;
    for (;;) {
      const recorded = await this.#tryCommit(runId, members).catch((error: unknown) => {
        this.#runs.forget(runId);
        throw error;
      });
      if (recorded !== 'taken') {
        if (recorded) return recorded;
        continue;
      }
      // What stands at its place is not to be read yet.
      if (performance.now() > until)
        throw new AppError('store-unavailable', 'The place in the log is taken.');
      await delay(unreadableMs);
    }
  }

  /** `undefined`: another process appended first, and the facts are to be judged again; `taken`: so it seems. */
  async #tryCommit(
    runId: string,
    members: readonly (readonly Fact[])[],
  ): Promise<Recorded[][] | 'taken' | undefined> {
    const state = await inTime(appendCapMs, this.#runs.get(runId));
    const paths = pathsOf(members);
    while (paths.some((path) => state.isForgotten(path))) await this.recall(state, paths);
    const judgement = new Judgement(state, currentTime());
    const recorded = members.map((facts) => judgement.take(facts));
    if (judgement.events.length === 0) return (await this.#isBehind(state)) ? undefined : recorded;
    if (hasBegunWait(judgement)) return this.#appendBegunWaits(runId, members);
    if ((await this.#committer.insert(judgement.toAppend())) === 'taken')
      return (await this.#isBehind(state)) ? undefined : 'taken';
    // Whoever read the run meanwhile has folded the append.
    if (state.lastSequence < judgement.run.lastSequence) {
      state.take(judgement);
      this.#effects.add(judgement);
    }
    this.#runs.keep(state);
    return recorded;
  }

  /** Waits that begin may have been resumed before: that is looked up and recorded in one transaction. */
  async #appendBegunWaits(runId: string, members: readonly (readonly Fact[])[]): Promise<Recorded[][]> {
    const { client, db } = this.#parts;
    const { recorded, change, state } = await appendBegunWaits({ client, db }, runId, members);
    if (change) this.#effects.add(change);
    this.#runs.keep(state);
    return recorded;
  }

  #isBehind(state: RunState): Promise<boolean> {
    return inTime(appendCapMs, this.#runs.catchUp(state));
  }
}

function pathsOf(members: readonly (readonly Fact[])[]): string[] {
  const paths = members.flat().flatMap((fact) => ('node' in fact && fact.node ? [fact.node.path] : []));
  return [...new Set(paths)];
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let facts = 0;
  let bytes = 0;
  const end = queue.findIndex((waiting) => {
    facts += waiting.facts;
    bytes += waiting.bytes;
    return facts > groupFacts || bytes > groupBytes;
  });
  // The first member goes even when it alone is past a bound.
  return queue.splice(0, end === -1 ? queue.length : Math.max(1, end));
}

/** Translates an outage at the border of the store. */
function asUnavailable(cause: unknown): unknown {
  if (cause instanceof AppError || !isOutage(cause)) return cause;
  return new AppError('store-unavailable', `MongoDB did not take the append within ${appendCapMs} ms`, {
    cause,
  });
}
