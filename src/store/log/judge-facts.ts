/** Judges facts against what is known of a run: which events they cause, and what is recorded for them. */
import { applyToExecution, applyToRun, createRun } from '../../engine/log/apply-event.ts';
import type { SequencedEvent } from '../../engine/log/apply-event.ts';
import { isFinalNodeStatus } from '../../engine/log/event-catalog.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { EventDraft, Fact } from '../../engine/log/facts.ts';
import { depthOf } from '../../engine/log/path.ts';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import { recordFact } from '../../engine/log/record-fact.ts';
import { deriveId } from '../mongo/ids.ts';
import { appendIdOf, createAppend } from './appends.ts';
import type { AppendDocument } from './appends.ts';
import { createEvent } from './create-event.ts';
import type { EventDocument } from './events.ts';
import { executionIdOf } from './executions.ts';
import { moveCount } from './fold-log.ts';

/** What is recorded for a fact, whether by this append or by an earlier one. */
export interface Recorded {
  run: RunProjection;
  /** The fact's execution as it stands after the fact; absent for facts about the run. */
  execution?: ExecutionProjection;
  /** Whether this append wrote an event for the fact. */
  isNew: boolean;
}

/** A run whose log is not there. */
export class RunNotFoundError extends Error {
  constructor(runId: string) {
    super(`run ${runId} is not recorded`);
    this.name = 'RunNotFoundError';
  }
}

/** A run up to a sequence, as far as facts about it need. */
export interface KnownRun {
  runId: string;
  /** `undefined` before its first event. */
  run: RunProjection | undefined;
  /** Whether an event is recorded; `path`: of its execution, empty for one about the run itself. */
  hasEvent(id: string, path: string): boolean;
  execution(path: string): ExecutionProjection | undefined;
  /** The executions that have not ended. */
  openExecutions(): ExecutionProjection[];
}

/** What became of facts: what is to be appended behind the known run. */
export class Judgement {
  readonly runId: string;
  readonly recordedAt: Date;
  readonly events: EventDocument[] = [];
  /** What the events change, by path. */
  readonly executions = new Map<string, ExecutionProjection>();
  readonly #known: KnownRun;
  readonly #now: string;
  readonly #appendId: string;
  readonly #ids = new Set<string>();
  #run: RunProjection | undefined;

  constructor(known: KnownRun, now: Date) {
    this.runId = known.runId;
    this.recordedAt = now;
    this.#known = known;
    this.#now = now.toISOString();
    this.#run = known.run;
    this.#appendId = appendIdOf(known.runId, (known.run?.lastSequence ?? 0) + 1);
  }

  /** The run after the events. @throws RunNotFoundError when there is none */
  get run(): RunProjection {
    if (!this.#run) throw new RunNotFoundError(this.runId);
    return this.#run;
  }

  /**
   * Takes facts in, in the order in which they are to stand.
   * @throws RunNotFoundError when there is no run and they do not begin one
   */
  take(facts: readonly Fact[]): Recorded[] {
    return facts.map((fact) => this.#take(fact));
  }

  execution(path: string): ExecutionProjection | undefined {
    return this.executions.get(path) ?? this.#known.execution(path);
  }

  /** The append of the events. */
  toAppend(): AppendDocument {
    return createAppend(this.events, { recordedAt: this.recordedAt, counts: this.run.counts });
  }

  #take(fact: Fact): Recorded {
    const path = 'node' in fact ? fact.node?.path : undefined;
    const before = this.events.length;
    if (fact.kind === 'end-run') this.#endOpen(fact);
    for (const draft of this.#draftsOf(fact, path)) this.#add(draft);
    const isNew = this.events.length > before;
    if (isNew && fact.kind === 'outcome') this.#endWith(fact);
    const after = path === undefined ? undefined : this.execution(path);
    return { run: this.run, ...(after ? { execution: after } : {}), isNew };
  }

  #draftsOf(fact: Fact, path: string | undefined): EventDraft[] {
    const timed = { ...fact, at: this.#timeOf(fact) };
    return recordFact(timed, this.#run, path === undefined ? undefined : this.execution(path));
  }

  #endWith({ at, end }: Extract<Fact, { kind: 'outcome' }>): void {
    if (end === undefined || end.after !== (this.#known.run?.lastSequence ?? 0)) return;
    const { after: _, ...said } = end;
    this.#take({ kind: 'end-run', at, ...said });
  }

  /** Whoever ends a run may not know of what another has begun meanwhile: what is open ends with it, the innermost first. */
  #endOpen({ at, source }: Extract<Fact, { kind: 'end-run' }>): void {
    const others = this.#known.openExecutions().filter(({ path }) => !this.executions.has(path));
    const open = [...others, ...this.executions.values()].filter(({ status }) => !isFinalNodeStatus(status));
    const said = { reason: 'run_ended', ...(source === undefined ? {} : { source }) };
    for (const execution of open.sort((a, b) => depthOf(b.path) - depthOf(a.path)))
      this.#take({ kind: 'end-node', at, node: nodeRefOf(execution), ...said });
  }

  /** Times never go back along the log, and nothing is recorded before it happens. */
  #timeOf({ at }: Fact): string {
    const last = this.#run?.lastEventAt;
    const atMostNow = at < this.#now ? at : this.#now;
    return last !== undefined && atMostNow < last ? last : atMostNow;
  }

  #add(draft: EventDraft): void {
    const id = deriveId('evt', this.runId, draft.key);
    const path = draft.node?.path;
    if (this.#ids.has(id) || this.#known.hasEvent(id, path ?? '')) return;
    this.#ids.add(id);
    const event = this.#sequenced(draft, path);
    if (!this.#run && draft.type !== 'run.queued') throw new RunNotFoundError(this.runId);
    const run = this.#run ? applyToRun(this.#run, event) : createRun(event);
    this.#run = path === undefined ? run : { ...run, counts: this.#apply(run.counts, path, event) };
    const { recordedAt } = this;
    this.events.push(createEvent({ id, appendId: this.#appendId, event, run: this.#run, recordedAt }));
  }

  #sequenced(draft: EventDraft, path: string | undefined): SequencedEvent {
    const sequence = (this.#run?.lastSequence ?? 0) + 1;
    const place = path === undefined ? {} : { executionId: executionIdOf(this.runId, path) };
    return { ...draft, runId: this.runId, sequence, ...place };
  }

  /** Applies an event to its execution; answers the counts after it. */
  #apply(counts: RunProjection['counts'], path: string, event: SequencedEvent): RunProjection['counts'] {
    const before = this.execution(path);
    const after = applyToExecution(before, event);
    this.executions.set(path, after);
    const next = { ...counts };
    moveCount(next, before?.status, after.status);
    return next;
  }
}
