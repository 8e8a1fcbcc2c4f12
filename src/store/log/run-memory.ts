/**
 * What one process knows of the runs that it appends to, so that an append need not look up what the one before it
 * wrote. Kept only of runs whose whole log this process has written after its first event; the write itself proves that
 * it still holds, by the sequence of the run's record.
 */
import { isFinalNodeStatus, isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { Fact, RecordedValue } from '../../engine/log/facts.ts';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import type { AppendState, KnownState } from './append-state.ts';

/** An execution that has not ended. */
interface OpenExecution {
  execution: ExecutionProjection;
  eventIds: Set<string>;
  weight: number;
}

interface RememberedRun {
  run: RunProjection | undefined;
  lastSequence: number;
  /** By path. */
  open: Map<string, OpenExecution>;
  /** Paths of executions that have ended: what they ended with is looked up when it is asked for. */
  ended: Set<string>;
  /** Ids of the events about the run itself. */
  eventIds: Set<string>;
  weight: number;
}

/** An execution weighs 1, and 1 more for every 64 characters of its values: together about 32 MiB at most. */
const maxWeight = 400_000;

/** The memory of one process. */
export class RunMemory {
  /** Least recently used first. */
  readonly #runs = new Map<string, RememberedRun>();
  #weight = 0;

  /** What is known of what the facts are about; `undefined` when something of it must be looked up. */
  recall(runId: string, facts: readonly Fact[]): KnownState | undefined {
    const known = this.#runs.get(runId);
    if (!known || facts.some(isBeginning)) return undefined;
    const paths = new Set(facts.flatMap((fact) => ('node' in fact && fact.node ? [fact.node.path] : [])));
    const knownIds = new Set(known.eventIds);
    const executions = new Map<string, ExecutionProjection>();
    for (const path of paths) {
      if (known.ended.has(path)) return undefined;
      const open = known.open.get(path);
      if (!open) continue;
      executions.set(path, open.execution);
      for (const id of open.eventIds) knownIds.add(id);
    }
    return { run: known.run, isNewRun: false, knownIds, executions };
  }

  /** Takes in what an append has written, after its commit. */
  keep(state: AppendState): void {
    const first = state.events[0]?.sequence;
    if (first === undefined) return;
    const before = first === 2 ? createRun() : this.#runs.get(state.runId);
    this.forget(state.runId);
    if (before?.lastSequence === first - 1) this.#keep(before, state);
  }

  #keep(known: RememberedRun, state: AppendState): void {
    const { runId, run } = state;
    if (!run || isFinalRunStatus(run.status)) return;
    take(known, state);
    known.run = run;
    known.lastSequence = run.lastSequence;
    this.#runs.set(runId, known);
    this.#weight += known.weight;
    for (const [id] of this.#runs) if (this.#weight > maxWeight) this.forget(id);
  }

  forget(runId: string): void {
    this.#weight -= this.#runs.get(runId)?.weight ?? 0;
    this.#runs.delete(runId);
  }
}

/** The first event of a run is written by whoever begins it. */
function isBeginning(fact: Fact): boolean {
  return fact.kind === 'event' && fact.type === 'run.queued';
}

/** A run of which there is nothing but its first event. */
function createRun(): RememberedRun {
  return {
    run: undefined,
    lastSequence: 1,
    open: new Map(),
    ended: new Set(),
    eventIds: new Set(),
    weight: 0,
  };
}

function take(known: RememberedRun, { events, executions, changed }: AppendState): void {
  for (const path of changed) takeExecution(known, path, executions.get(path));
  for (const { _id, path } of events) {
    const eventIds = path === undefined ? known.eventIds : known.open.get(path)?.eventIds;
    eventIds?.add(_id);
  }
}

function takeExecution(known: RememberedRun, path: string, execution: ExecutionProjection | undefined): void {
  const before = known.open.get(path);
  known.weight -= before?.weight ?? 0;
  if (!execution || isFinalNodeStatus(execution.status)) {
    known.open.delete(path);
    known.ended.add(path);
    known.weight += 1;
    return;
  }
  const weight = 1 + Math.ceil((lengthOf(execution.input) + lengthOf(execution.result)) / 64);
  known.open.set(path, { execution, eventIds: before?.eventIds ?? new Set(), weight });
  known.weight += weight;
}

function lengthOf(value: RecordedValue | undefined): number {
  return value && 'json' in value ? value.json.length : 0;
}
