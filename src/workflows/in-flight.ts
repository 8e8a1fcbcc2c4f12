/** What a run has in flight: steps, whose answers come back through the message queue, and timers. */
import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import { eventCost } from './history-budget.ts';
import type { HistoryBudget } from './history-budget.ts';
import type { MessageQueue } from './message-queue.ts';
import type { NodeStep, StepAnswer } from './step.ts';
import type { CarriedState } from './messages.ts';
import { modeOfStep, runStep } from './node-step.ts';
import type { NodeIndex } from './node-step.ts';

/** Everything in flight of one run; the end of the run cancels it. */
export class InFlight {
  readonly #nodes: NodeIndex;
  readonly #budget: HistoryBudget;
  readonly #queue: MessageQueue;
  readonly #scope = new CancellationScope();
  /** By path: the latest step of an execution. */
  readonly #running = new Map<string, CancellationScope>();
  /** Steps that have no answer yet; of these the ones whose timer runs, with its end. */
  readonly #active = new Set<NodeStep>();
  readonly #timers = new Map<NodeStep, number>();

  constructor(given: { nodes: NodeIndex; budget: HistoryBudget; queue: MessageQueue }) {
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

  /** Starts a step; answers how it is carried out. */
  launch(step: NodeStep): ReturnType<typeof modeOfStep> {
    const { path } = step.node;
    this.#active.add(step);
    void this.#scope
      .run(() => {
        const scope = new CancellationScope();
        this.#running.set(path, scope);
        return scope.run(() => this.#carryOut(step));
      })
      .then(
        (answer) =>
          this.#queue.add(
            answer.isCancelled ? { kind: 'cancelled' } : { kind: 'answer', ...answer },
            answer.place,
          ),
        () => undefined,
      )
      .finally(() => this.#active.delete(step));
    const mode = modeOfStep(this.#nodes, step);
    this.#budget.spend(mode === 'remote' ? eventCost.activity : eventCost.localActivity);
    return mode;
  }

  /** Acts after a time, unless the run ends before. */
  after(ms: number, act: () => void): void {
    void this.#scope.run(() => sleep(ms)).then(act, () => undefined);
  }

  /** Whether a step is carried out within the workflow task. */
  isLocal(step: NodeStep): boolean {
    return modeOfStep(this.#nodes, step) === 'local';
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

  /** Cancels the latest step of an execution. */
  cancel(path: string): void {
    this.#running.get(path)?.cancel();
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
      this.#queue.add({ kind: 'timer' });
    } finally {
      this.#timers.delete(step);
    }
  }
}
