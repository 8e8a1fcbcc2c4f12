/** The runs that one process knows, as many as fit into memory. */
import type { Db } from 'mongodb';
import { groupCalls } from '../mongo/group-calls.ts';
import type { EffectQueue } from './effect-queue.ts';
import { loadRuns, readAfter } from './load-runs.ts';
import type { LoadedRun } from './load-runs.ts';
import { findExecutions } from './read-runs.ts';
import { RunState } from './run-state.ts';

/** What all runs may weigh together, as `RunState.weight` counts: about 32 MiB of values. */
const maxWeight = 400_000;
/** A run that nobody asks for is forgotten, in milliseconds. */
const keptMs = 60_000;

interface OpenRun {
  state: RunState;
  usedAt: number;
  weight: number;
}

/** The states of runs, each as far as this process has seen its log. */
export class OpenRuns {
  readonly #db: Db;
  readonly #effects: EffectQueue;
  /** Least recently used first. */
  readonly #runs = new Map<string, OpenRun>();
  readonly #load: (runId: string) => Promise<LoadedRun | undefined>;
  readonly #readAfter: (state: RunState) => ReturnType<typeof readAfter>;
  #weight = 0;

  constructor(db: Db, effects: EffectQueue) {
    this.#db = db;
    this.#effects = effects;
    this.#load = groupCalls((runIds: readonly string[]) => loadRuns(db, runIds));
    this.#readAfter = groupCalls(async (states: readonly RunState[]) => {
      const found = await readAfter(db, states);
      return states.map(() => found);
    });
  }

  /** The state of a run; what is known is not looked up. `run` is `undefined` in that of one that is not recorded. */
  async get(runId: string): Promise<RunState> {
    const known = this.#runs.get(runId)?.state ?? this.#begunHere(runId);
    if (known) return known;
    const loaded = await this.#load(runId);
    if (!loaded) return new RunState(runId);
    const meanwhile = this.#runs.get(runId)?.state;
    if (meanwhile) return meanwhile;
    // What no record proves may have been left by a process that was killed.
    if (loaded.unproven) this.#effects.add(loaded.unproven);
    this.keep(loaded.state);
    return loaded.state;
  }

  /** The state of a run that this process has just begun. */
  #begunHere(runId: string): RunState | undefined {
    const change = this.#effects.begun(runId);
    if (!change) return undefined;
    const state = new RunState(runId);
    state.take(change);
    this.keep(state);
    return state;
  }

  /** Reads what other processes have appended. Returns whether there was anything. */
  async catchUp(state: RunState): Promise<boolean> {
    const before = state.lastSequence;
    const appends = (await this.#readAfter(state)).get(state.runId) ?? [];
    const change = state.fold(appends);
    if (change) this.#effects.add(change);
    return state.lastSequence > before;
  }

  /** Reads the executions that the state has forgotten, of those that are asked for. */
  async recall(state: RunState, paths: readonly string[]): Promise<void> {
    const forgotten = paths.filter((path) => state.isForgotten(path));
    if (forgotten.length === 0) return;
    for (const row of await findExecutions(this.#db, state.runId, forgotten)) {
      const { _id, organizationId: _o, parent: _p, correlationId: _c, ...execution } = row;
      if (state.isForgotten(row.path)) state.addExecution(execution);
    }
  }

  /** Keeps the state of a run, which was used now. */
  keep(state: RunState): void {
    this.forget(state.runId);
    this.#runs.set(state.runId, { state, usedAt: performance.now(), weight: state.weight });
    this.#weight += state.weight;
    this.#makeRoom(state.runId);
  }

  /** What was written of a run is not known: it is read again. */
  forget(runId: string): void {
    const open = this.#runs.get(runId);
    if (!open) return;
    this.#weight -= open.weight;
    this.#runs.delete(runId);
  }

  #makeRoom(newest: string): void {
    const usedBefore = performance.now() - keptMs;
    for (const [runId, open] of this.#runs) {
      if (runId === newest) return;
      if (open.usedAt > usedBefore && this.#weight <= maxWeight) return;
      if (open.usedAt > usedBefore && !open.state.hasForgotten) {
        open.state.forgetEnded();
        this.#weight += open.state.weight - open.weight;
        open.weight = open.state.weight;
      }
      if (open.usedAt <= usedBefore || this.#weight > maxWeight) this.forget(runId);
    }
  }
}
