/** What a process knows of one run: its state at a sequence, as the log proves it. */
import { applyToExecution, applyToRun, createRun } from '../../engine/log/apply-event.ts';
import { catalogEntry, isFinalNodeStatus } from '../../engine/log/event-catalog.ts';
import type { RecordedValue } from '../../engine/log/facts.ts';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import type { WebhookEventDocument } from '../inbox/webhook-events.ts';
import { eventsIn } from './appends.ts';
import type { AppendDocument } from './appends.ts';
import type { EventDocument } from './events.ts';
import { sequencedOf } from './fold-log.ts';
import type { KnownRun } from './judge-facts.ts';

/** What appends changed in a run. */
export interface RunChange {
  runId: string;
  /** The run after them. */
  run: RunProjection;
  events: readonly EventDocument[];
  /** The executions that they changed, as they are after them, by path. */
  executions: ReadonlyMap<string, ExecutionProjection>;
  /** The webhook request that began the run. */
  request?: WebhookEventDocument | undefined;
}

/** The state of one run. Of executions that have ended it may know no more than that. */
export class RunState implements KnownRun {
  readonly runId: string;
  run: RunProjection | undefined;
  /** Roughly what it takes in memory: 1 for an execution, and 1 more for every 64 characters of its values. */
  weight = 0;
  /** By path: open executions, and ended ones that are kept whole. */
  readonly #executions = new Map<string, ExecutionProjection>();
  /** Paths of ended executions of which nothing more is kept. */
  readonly #ended = new Set<string>();
  /** Ids of events about the run itself, under the empty path, and about open executions. */
  readonly #ids = new Map<string, Set<string>>();

  /** @param run the run's record; its events are then made known by `addHeads`, its open executions by `addOpen` */
  constructor(runId: string, run?: RunProjection) {
    this.runId = runId;
    this.run = run;
  }

  get lastSequence(): number {
    return this.run?.lastSequence ?? 0;
  }

  hasEvent(id: string, path: string): boolean {
    return this.#ids.get(path)?.has(id) ?? false;
  }

  /** @throws Error for one that was forgotten: it must be read first */
  execution(path: string): ExecutionProjection | undefined {
    if (this.#ended.has(path))
      throw new Error(`the execution ${path} of run ${this.runId} must be read first`);
    return this.#executions.get(path);
  }

  /** Whether an execution has ended, and what it came to must be read. */
  isForgotten(path: string): boolean {
    return this.#ended.has(path);
  }

  /** Whether an execution has ended: nothing more comes of it. */
  isFinal(path: string): boolean {
    const execution = this.#executions.get(path);
    return execution ? isFinalNodeStatus(execution.status) : this.#ended.has(path);
  }

  get hasForgotten(): boolean {
    return this.#ended.size > 0;
  }

  /** All executions that are kept whole. */
  executions(): IterableIterator<ExecutionProjection> {
    return this.#executions.values();
  }

  openExecutions(): ExecutionProjection[] {
    // What has not ended is never forgotten.
    return [...this.#executions.values()].filter(({ status }) => !isFinalNodeStatus(status));
  }

  /** Takes note of events that the run's record has in it. */
  addHeads(events: readonly Omit<EventDocument, 'body'>[]): void {
    for (const { _id, path = '', type } of events) {
      this.#addId(path, _id);
      if (path !== '' && catalogEntry(type).final) this.#end(path);
    }
  }

  /** Paths of executions that have begun and not ended, and are not known yet. */
  openPaths(): string[] {
    return [...this.#ids.keys()].filter((path) => path !== '' && !this.#executions.has(path));
  }

  /** Adds what was read of an execution. */
  addExecution(execution: ExecutionProjection): void {
    this.#ended.delete(execution.path);
    this.#keep(execution);
  }

  /** Takes in what was appended behind it. */
  take({ run, events, executions }: Pick<RunChange, 'run' | 'events' | 'executions'>): void {
    this.run = run;
    for (const event of events) this.#addId(event.path ?? '', event._id);
    for (const execution of executions.values()) this.#keep(execution);
  }

  /** Folds appends that follow it. */
  fold(appends: readonly AppendDocument[]): RunChange | undefined {
    const events: EventDocument[] = [];
    let request: WebhookEventDocument | undefined;
    for (const append of appends) {
      if (append.to <= this.lastSequence) continue;
      // Its log is being erased.
      if (append.from > this.lastSequence + 1) break;
      const added = eventsIn(append);
      for (const event of added) this.#apply(event);
      events.push(...added);
      request ??= append.request;
      if (this.run) this.run = { ...this.run, counts: append.counts };
    }
    if (!this.run || events.length === 0) return undefined;
    return { runId: this.runId, run: this.run, events, executions: this.#executionsOf(events), request };
  }

  #executionsOf(events: readonly EventDocument[]): Map<string, ExecutionProjection> {
    const found = events.flatMap(({ path = '' }) => this.#executions.get(path) ?? []);
    return new Map(found.map((execution) => [execution.path, execution]));
  }

  /** Keeps of ended executions no more than that they have ended. */
  forgetEnded(): void {
    for (const execution of this.#executions.values()) {
      if (!isFinalNodeStatus(execution.status)) continue;
      this.#executions.delete(execution.path);
      this.#ended.add(execution.path);
      this.weight -= weightOf(execution) - 1;
    }
  }

  #apply(event: EventDocument): void {
    const sequenced = sequencedOf(event);
    this.run = this.run ? applyToRun(this.run, sequenced) : createRun(sequenced);
    this.#addId(event.path ?? '', event._id);
    if (event.path === undefined) return;
    const before = this.#executions.get(event.path);
    // Its record may be ahead of the run's.
    if (before && before.lastSequence >= event.sequence) return;
    this.#keep(applyToExecution(before, sequenced));
  }

  #keep(execution: ExecutionProjection): void {
    const { path, status } = execution;
    this.weight += weightOf(execution) - weightOf(this.#executions.get(path));
    this.#executions.set(path, execution);
    if (isFinalNodeStatus(status)) this.#ids.delete(path);
  }

  #end(path: string): void {
    this.#ids.delete(path);
    this.#ended.add(path);
    this.weight += 1;
  }

  #addId(path: string, id: string): void {
    const execution = this.#executions.get(path);
    // Nothing more is recorded of what has ended.
    if (execution && isFinalNodeStatus(execution.status)) return;
    const ids = this.#ids.get(path);
    if (ids) ids.add(id);
    else this.#ids.set(path, new Set([id]));
  }
}

function weightOf(execution: ExecutionProjection | undefined): number {
  if (!execution) return 0;
  return 1 + Math.ceil((lengthOf(execution.input) + lengthOf(execution.result)) / 64);
}

function lengthOf(value: RecordedValue | undefined): number {
  return value && 'json' in value ? value.json.length : 0;
}
