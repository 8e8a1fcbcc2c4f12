/** What a run has in flight: steps, whose answers come back through the message queue, and timers. */
import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import type { NodeRef } from '../engine/log/facts.ts';
import type { NodeSummary } from '../engine/log/node-call.ts';
import { eventCost } from './history-budget.ts';
import type { HistoryBudget } from './history-budget.ts';
import type { MessageQueue } from './message-queue.ts';
import type { NodeStep, StepAnswer, WaitEnd } from './step.ts';
import type { CarriedState } from './messages.ts';
import { isOutcome, modeOfStep, runStep } from './node-step.ts';
import type { NodeIndex } from './node-step.ts';

/** Everything in flight of one run; the end of the run cancels it. */
export class InFlight {
  readonly #nodes: NodeIndex;
  readonly #budget: HistoryBudget;
  readonly #queue: MessageQueue;
  readonly #scope = new CancellationScope();
  /** By path: the latest step of an execution. */
  readonly #running = new Map<string, { step: NodeStep; scope: CancellationScope }>();
  /** By path: the timer of the node's own bounds, beside its steps. */
  readonly #bounds = new Map<string, CancellationScope>();
  /** By path: what is to end a wait whose step is still under way. */
  readonly #due: Map<string, WaitEnd>;
  /** Steps that have no answer yet; of these the ones whose timer runs, with its end. */
  readonly #active = new Set<NodeStep>();
  readonly #timers = new Map<NodeStep, number>();
  readonly #cancelled = new WeakSet<NodeStep>();

  constructor(given: {
    nodes: NodeIndex;
    budget: HistoryBudget;
    queue: MessageQueue;
    due?: CarriedState['due'];
  }) {
    this.#due = new Map(given.due);
    this.#nodes = given.nodes;
    this.#budget = given.budget;
    this.#queue = given.queue;
  }

  /** Whether nothing is in flight but steps that have yet to begin. */
  get hasOnlyTimers(): boolean {
    return this.#active.size === this.#timers.size;
  }

  /** The steps that have yet to begin, with the time at which they do. */
  get timers(): CarriedState['timers'] {
    return [...this.#timers].map(([step, dueAt]) => ({ step, dueAt }));
  }

  /** The ends of waits that are still to be looked at. */
  get due(): NonNullable<CarriedState['due']> {
    return [...this.#due];
  }

  /** Starts a step; answers how it is carried out. */
  launch(step: NodeStep): ReturnType<typeof modeOfStep> {
    const { path } = step.node;
    this.#active.add(step);
    if (step.kind === 'run') this.#unbind(path);
    if (step.kind !== 'overdue') this.#dropReminder(path);
    void this.#scope
      .run(() => {
        const scope = new CancellationScope();
        if (step.kind === 'overdue') this.#bounds.set(path, scope);
        else this.#running.set(path, { step, scope });
        return scope.run(() => this.#carryOut(step));
      })
      .then(
        (answer) => this.#queue.add({ kind: 'answer', ...answer }, answer.place),
        () => undefined,
      )
      .finally(() => this.#active.delete(step));
    const mode = modeOfStep(step);
    if (step.kind === 'overdue') return mode;
    this.#budget.spend(mode === 'remote' ? eventCost.activity : eventCost.localActivity);
    return mode;
  }

  /** Acts after a time, unless the run ends before. */
  after(ms: number, act: () => void): void {
    void this.#scope.run(() => sleep(ms)).then(act, () => undefined);
  }

  /** Whether a step is carried out within the workflow task. */
  isLocal(step: NodeStep): boolean {
    return modeOfStep(step) === 'local';
  }

  /** Lets the workflow task end. Resolves in the next one. */
  async nextTask(): Promise<void> {
    this.#budget.spend(eventCost.timer);
    await sleep(1);
  }

  /** The latest step of an execution has its answer. */
  forget(path: string): void {
    this.#running.delete(path);
  }

  /** Cancels the latest step of an execution, and the timer of its bounds. */
  cancel(path: string): void {
    const { step, scope } = this.#running.get(path) ?? {};
    if (step) this.#cancelled.add(step);
    scope?.cancel();
    this.#unbind(path);
  }

  /**
   * Whether a step was cancelled before its answer was looked at. In the main loop alone this is the same in a replay, which
   * may have the answer earlier than the first execution had it.
   */
  isCancelled(step: NodeStep): boolean {
    return this.#cancelled.has(step);
  }

  /**
   * Ends a wait, for the log says so or its time is over. While a step of it is under way that waits for its answer: a
   * signal may come late, or twice, and must not end the wait of the attempt after.
   */
  endWait(node: NodeRef, outcome: WaitEnd): void {
    const { step } = this.#running.get(node.path) ?? {};
    const isBusy = step?.kind === 'run' || (step?.kind === 'finish-wait' && step.outcome !== 'timed_out');
    if (!isBusy) this.launch({ kind: 'finish-wait', node, outcome });
    else if (this.#due.get(node.path) !== 'overdue') this.#due.set(node.path, outcome);
  }

  /** What waits or has opened is bounded by the time that its node leaves it; what has its outcome is no longer. */
  follow(node: NodeRef, { status, leftMs }: NodeSummary): void {
    if (leftMs !== undefined) this.launch({ kind: 'overdue', node, afterMs: leftMs });
    if (isOutcome(status)) this.#unbind(node.path);
    if (status !== 'waiting' && !isOutcome(status)) return;
    const due = this.#due.get(node.path);
    this.#due.delete(node.path);
    if (due !== undefined && status === 'waiting') this.endWait(node, due);
  }

  /** What is to be called to mind has gone on meanwhile. */
  #dropReminder(path: string): void {
    const { step, scope } = this.#running.get(path) ?? {};
    if (step?.kind === 'remind' && this.#timers.has(step)) scope?.cancel();
  }

  #unbind(path: string): void {
    this.#bounds.get(path)?.cancel();
    this.#bounds.delete(path);
  }

  /** Cancels everything. Resolves once nothing of it is in flight. */
  async cancelAll(): Promise<void> {
    this.#scope.cancel();
    await condition(() => this.#active.size === 0);
  }

  async #carryOut(step: NodeStep): Promise<StepAnswer> {
    if (step.afterMs !== undefined) await this.#sleepBefore(step, step.afterMs);
    return runStep(this.#nodes, step);
  }

  async #sleepBefore(step: NodeStep, afterMs: number): Promise<void> {
    this.#budget.spend(eventCost.timer);
    this.#timers.set(step, Date.now() + afterMs);
    try {
      await sleep(afterMs);
    } finally {
      this.#timers.delete(step);
    }
    const begun = new Promise<void>((begin) => this.#queue.add({ kind: 'timer', begin }));
    // This one has its answer, and its place among the others, by its timer alone.
    if (step.kind === 'overdue') return;
    await Promise.race([begun, CancellationScope.current().cancelRequested]);
  }
}
