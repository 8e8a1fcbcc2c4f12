/** A run as its log tells it, at any place of the log: the same fold as the server's. */
import { applyToExecution, applyToRun, createRun } from '../../../src/engine/log/apply-event.ts';
import type { SequencedEvent } from '../../../src/engine/log/apply-event.ts';
import type { JsonObject } from '../../../src/engine/json/json.ts';
import type { ExecutionProjection, RunProjection } from '../../../src/engine/log/projections.ts';
import type { RunEvent } from './run-event.ts';
import { iterationOf, tallyChange } from './tally.ts';
import type { Tallies } from './tally.ts';

/** The run after some of its events. */
export interface Moment {
  /** Sequence of the last event that is told here; 0 before the first. */
  sequence: number;
  run: RunProjection | undefined;
  /** Executions by path. */
  executions: Map<string, ExecutionProjection>;
  tallies: Tallies;
}

/** Moments are kept at first every so many events: going to any other one folds fewer than that. */
const keptEvery = 1_000;
/** Beyond so many every second one is given up: a moment holds all executions, and they must not outgrow the log. */
const mostKept = 32;

/** The log of a run, as far as it has come, and the run at any place of it. */
export class RunHistory {
  readonly events: RunEvent[] = [];
  /** Places in `events`, by path of the execution. */
  readonly #places = new Map<string, number[]>();
  /** Paths by what they are in: nothing, or an iteration such as `each[3]`. */
  readonly #inScope = new Map<string, string[]>();
  #kept: Moment[] = [];
  #keptEvery = keptEvery;
  /** The run after the last event. Changes with every event. */
  readonly head: Moment = emptyMoment();

  append(event: RunEvent): void {
    const { path } = event.data;
    if (path !== undefined) {
      const places = this.#places.get(path);
      if (places) places.push(this.events.length);
      else this.#begin(path);
    }
    this.events.push(event);
    advance(this.head, event);
    if (this.events.length % this.#keptEvery === 0) this.#keep();
  }

  #keep(): void {
    this.#kept.push(copyMoment(this.head));
    if (this.#kept.length <= mostKept) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 1);
    this.#keptEvery *= 2;
  }

  #begin(path: string): void {
    this.#places.set(path, [this.events.length]);
    const scope = iterationOf(path)?.prefix ?? '';
    const paths = this.#inScope.get(scope);
    if (paths) paths.push(path);
    else this.#inScope.set(scope, [path]);
  }

  /** The paths in an iteration, or outside of loops (`''`), in the order in which they began. */
  pathsIn(scope: string): readonly string[] {
    return this.#inScope.get(scope) ?? [];
  }

  /** The run after the event with this sequence; never to be changed. */
  at(sequence: number): Moment {
    if (sequence >= this.events.length) return this.head;
    const kept = this.#kept[Math.floor(sequence / this.#keptEvery) - 1];
    const moment = kept ? copyMoment(kept) : emptyMoment();
    for (const event of this.events.slice(moment.sequence, sequence)) advance(moment, event);
    return moment;
  }

  /** The events of an execution up to a sequence, in order. */
  eventsOf(path: string, upTo: number): RunEvent[] {
    const events = (this.#places.get(path) ?? []).map((place) => this.events[place] as RunEvent);
    return events.filter(({ data }) => data.sequence <= upTo);
  }
}

function emptyMoment(): Moment {
  return {
    sequence: 0,
    run: undefined,
    executions: new Map(),
    tallies: { nodes: new Map(), loops: new Map() },
  };
}

function copyMoment({ sequence, run, executions, tallies }: Moment): Moment {
  const nodes = new Map([...tallies.nodes].map(([id, counts]) => [id, { ...counts }]));
  const loops = new Map(
    [...tallies.loops].map(([path, items]) => [path, items.map((counts) => counts && { ...counts })]),
  );
  return { sequence, run, executions: new Map(executions), tallies: { nodes, loops } };
}

function advance(moment: Moment, event: RunEvent): void {
  const sequenced = sequencedOf(event);
  moment.sequence = sequenced.sequence;
  moment.run = moment.run ? applyToRun(moment.run, sequenced) : createRun(sequenced);
  if (!sequenced.node) return;
  const { path } = sequenced.node;
  const before = moment.executions.get(path);
  const after = applyToExecution(before, sequenced);
  moment.executions.set(path, after);
  tallyChange(moment.tallies, { path, before: before?.status, after: after.status });
}

/** An event as the fold takes it. Values stay in their events, where whoever looks at them finds them. */
function sequencedOf({ type, timestamp, data }: RunEvent): SequencedEvent {
  const { runId, sequence, executionId, path, nodeId, nodeType } = data;
  return {
    key: '',
    type,
    at: timestamp,
    runId,
    sequence,
    data: data as unknown as JsonObject,
    ...(executionId === undefined ? {} : { executionId }),
    ...(path === undefined ? {} : { node: { path, nodeId: nodeId ?? '', nodeType: nodeType ?? '' } }),
  };
}
