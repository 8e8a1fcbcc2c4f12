/**
 * The interpreter: awaits Temporal, tells the scheduler what happened and carries out what it decides.
 *
 * Every decision is made in the main loop, one answer at a time, in the order in which answers came, and every step
 * begins there, also after its timer. Replay may hand over in one activation what came in several, and a timer that ended
 * beside an answer on its other side: nothing here may depend on how they were grouped.
 */
import { isCancellation, setCurrentDetails } from '@temporalio/workflow';
import type { CompiledGraph } from '../engine/definition/graph.ts';
import type { CloseRunCall, NodeSummary, RecordAnswer, SuccessfulEnd } from '../engine/log/node-call.ts';
import type { RunStatus } from '../engine/log/event-catalog.ts';
import type { Fact, NodeRef, RunError } from '../engine/log/facts.ts';
import { describeRun } from '../engine/scheduler/describe-run.ts';
import { openPaths } from '../engine/scheduler/open-paths.ts';
import { advance, createScheduler } from '../engine/scheduler/scheduler.ts';
import type { SchedulerCommand, SchedulerInput } from '../engine/scheduler/scheduler-types.ts';
import { callLocal, callTakeOver, pauseAfterOutageMs } from './call-activity.ts';
import { finalFailureOf } from './final-failure.ts';
import { endFact, lossFact, now, runStateFact, scheduledFact } from './facts.ts';
import { eventCost, HistoryBudget } from './history-budget.ts';
import { InFlight } from './in-flight.ts';
import { MessageQueue } from './message-queue.ts';
import type { News } from './message-queue.ts';
import type { NodeStep, StepAnswer } from './step.ts';
import type { CarriedState, RunInput } from './messages.ts';
import { comesLate, createNodeIndex, inputOf, nextStep, recordedEndOf } from './node-step.ts';
import type { NodeIndex } from './node-step.ts';
import { allFacts, countUncarried, isTooMuchToCarry, noteFact } from './pending-facts.ts';
import { TaskTime } from './task-time.ts';

/** How a run is to end; the closing Local Activity decides with the log. */
export type Ending = Pick<CloseRunCall, 'status' | 'open' | 'failedPath' | 'error'>;

/** Most Activities of one decision that carry their facts themselves; past it one Local Activity records first. */
const maxCarriers = 8;
const acknowledgeWithinMs = 1_000;
/** How long nothing new starts before a run gives up draining. Source: the contract, hard cases. */
const restWithinMs = 60_000;

/** Interprets one run until it has ended or is told to stop. */
export class Interpreter {
  /** The end that the run's last node has recorded with its outcome. */
  recordedEnd: SuccessfulEnd | undefined;
  readonly #input: RunInput;
  readonly #graph: CompiledGraph;
  readonly #nodes: NodeIndex;
  readonly #state: ReturnType<typeof createScheduler>;
  readonly #queue: MessageQueue;
  readonly #inFlight: InFlight;
  #stopped: Ending | undefined;
  #waits = 0;
  #isWatched = false;
  readonly #budget: HistoryBudget;
  readonly #task = new TaskTime();
  #rest: 'none' | 'wanted' | 'given up' = 'none';
  #endsAt: number | undefined;

  constructor(input: RunInput) {
    const { graph, carried } = input;
    this.#input = input;
    this.#graph = graph;
    this.#nodes = createNodeIndex(input);
    this.#state = carried?.scheduler ?? createScheduler(graph);
    this.#waits = carried?.waits ?? 0;
    this.#budget = new HistoryBudget(input.continueAfterEvents);
    this.#queue = new MessageQueue();
    const shared = { nodes: this.#nodes, budget: this.#budget, queue: this.#queue };
    this.#inFlight = new InFlight({ ...shared, ...(carried?.due ? { due: carried.due } : {}) });
  }

  /** Ends the run early with everything unfinished still open; the first call wins. */
  stop(status: 'failure' | 'cancelled', error?: RunError): void {
    this.#stopped ??= { status, open: this.#openNodes(), ...(error ? { error } : {}) };
  }

  /** Runs the graph; answers how it is to end, or with what it is to continue. Does not record the end. */
  async run(): Promise<Ending | { carried: CarriedState }> {
    const { carried } = this.#input;
    let ending = carried ? await this.#goOn(carried) : await this.#begin();
    while (!ending) {
      await this.#queue.wait(() => this.#rest === 'given up' || this.#stopped !== undefined);
      ending = this.#stopped ?? (await this.#next()) ?? this.#stopped;
      const rest = ending ? undefined : await this.#comeToRest();
      if (rest) return { carried: rest };
    }
    return ending;
  }

  #begin(): Promise<Ending | undefined> {
    noteFact({ kind: 'event', key: 'run/started', type: 'run.started', at: now(), data: {} });
    const { timeoutMs } = this.#graph;
    if (timeoutMs !== undefined) this.#limitTime(timeoutMs, timeoutMs);
    const begin = () => this.#carryOut(this.#advance({ kind: 'begin' }));
    const { rerunOf } = this.#input;
    return rerunOf === undefined ? begin() : this.#takeOver(rerunOf).then(() => this.#stopped ?? begin());
  }

  /** The nodes find their outcomes in the log and adopt them: from here on a retry is a run like any other. */
  async #takeOver(rerunOf: string): Promise<void> {
    const { runId, organizationId, versionId } = this.#input;
    await this.#recordPending();
    this.#budget.spend(eventCost.activity);
    try {
      await callTakeOver({ runId, rerunOf, organizationId, versionId }, () => this.#stopped !== undefined);
    } catch (error) {
      const { type, message } = finalFailureOf(error) ?? {};
      this.stop('failure', { type: type ?? 'internal', message: message ?? String(error), retryable: false });
    }
  }

  #goOn({ timers, endsAt }: CarriedState): Promise<Ending | undefined> {
    if (endsAt !== undefined) this.#limitTime(Math.max(0, endsAt - Date.now()), this.#graph.timeoutMs ?? 0);
    for (const { step, dueAt } of timers) this.#launch({ ...step, afterMs: Math.max(0, dueAt - Date.now()) });
    return this.#carryOut(this.#advance({ kind: 'release' }));
  }

  /**
   * Once the history is long enough nothing new starts; when all that is left are waits and timers, the run continues
   * as new. What takes too long to end lets the rest go on for a while.
   */
  async #comeToRest(): Promise<CarriedState | undefined> {
    if (this.#rest === 'none' && this.#budget.isSpent) {
      this.#rest = 'wanted';
      await this.#carryOut(this.#advance({ kind: 'hold' }));
      this.#inFlight.after(restWithinMs, () => this.#queue.add({ kind: 'drain-timeout' }));
    }
    if (this.#rest === 'wanted' && this.#isAtRest()) {
      await this.#recordPending();
      // Something may have come in meanwhile.
      if (this.#isAtRest() && !this.#stopped) return this.#carry();
    }
    if (this.#rest !== 'given up') return undefined;
    this.#rest = 'none';
    this.#budget.extend();
    await this.#carryOut(this.#advance({ kind: 'release' }));
    return undefined;
  }

  #giveUpDrain(): void {
    if (this.#rest === 'wanted') this.#rest = 'given up';
  }

  #isAtRest(): boolean {
    return this.#queue.isIdle && this.#inFlight.hasOnlyTimers;
  }

  #carry(): CarriedState {
    return {
      stateVersion: 1,
      scheduler: this.#state,
      timers: this.#inFlight.timers,
      due: this.#inFlight.due,
      waits: this.#waits,
      ...(this.#endsAt === undefined ? {} : { endsAt: this.#endsAt }),
    };
  }

  /** A fault of ours ends the run as failed: a workflow task never fails because of what a run does. */
  endOnFault(error: unknown): Ending {
    const message = error instanceof Error ? error.message : String(error);
    const open = this.#openNodes();
    if (isCancellation(error)) return { status: 'cancelled', open };
    return { status: 'failure', open, error: { type: 'internal', message, retryable: false } };
  }

  /** Returns the states of the nodes, as Markdown. */
  describe(): string {
    return describeRun(this.#graph, this.#state);
  }

  /** Cancels what is in flight; late outcomes find the run closed. Resolves once nothing is in flight. */
  async cancelActivities(): Promise<void> {
    await this.#inFlight.cancelAll();
  }

  async #next(): Promise<Ending | undefined> {
    const news = this.#queue.take();
    if (!news) return undefined;
    await this.#endLongTask(news);
    return this.#stopped ?? this.#act(news);
  }

  async #act(news: News): Promise<Ending | undefined> {
    switch (news.kind) {
      case 'answer':
        if (this.#inFlight.isCancelled(news.step)) return undefined;
        if (news.isOutage) return void this.#launch({ ...news.step, afterMs: pauseAfterOutageMs });
        return this.#settle(news);
      case 'resumed':
        return void this.#inFlight.endWait(this.#nodes.refOf(news.path), 'resumed');
      case 'watch':
        return void (await this.#recordPending());
      case 'drain-timeout':
        return void this.#giveUpDrain();
      case 'timer':
        return void news.begin();
    }
  }

  /** Local Activities that follow each other hold the workflow task; past a bound what comes next waits for another. */
  async #endLongTask(news: News): Promise<void> {
    if (news.kind === 'answer' && this.#inFlight.isLocal(news.step)) this.#task.spend(news.summary?.ran);
    else this.#task.begin();
    if (!this.#task.isLong) return;
    await this.#inFlight.nextTask();
    this.#task.begin();
  }

  /** Acts on one answer. */
  async #settle({ step, summary, error }: StepAnswer): Promise<Ending | undefined> {
    if (step.kind === 'overdue') return this.#endOverdue(step.node);
    if (comesLate(step, summary)) return undefined;
    this.#inFlight.forget(step.node.path);
    const known = summary ?? (await this.#recordLoss(step, error));
    if (!known) return undefined;
    this.recordedEnd = recordedEndOf(step, known);
    if (known.runEnded && !this.recordedEnd) return void this.#adoptEnd(known.runEnded);
    const next = nextStep(this.#nodes, step, known);
    if (next) return void this.#launch(next);
    if (known.status === 'waiting') return this.#wait(step, known);
    const input = inputOf(step.node.path, known);
    this.#inFlight.follow(step.node, known);
    return this.#carryOut(this.#advance(input));
  }

  /** A wait was resumed in the log: it ends at once. */
  resume(path: string): void {
    this.#budget.spend(eventCost.signal);
    this.#queue.add({ kind: 'resumed', path });
  }

  /** What ends a wait by itself is a timer; where it is to be called to mind that comes before. */
  #launchEnd(node: NodeRef, { inMs, remindInMs }: NodeSummary): void {
    if (remindInMs !== undefined) return void this.#launch({ kind: 'remind', node, afterMs: remindInMs });
    if (inMs !== undefined) this.#launch({ kind: 'finish-wait', node, outcome: 'timed_out', afterMs: inMs });
  }

  /** A delay or wait has begun, or goes on: its end is a timer, or a resume. */
  async #wait({ kind, node }: NodeStep, known: NodeSummary): Promise<Ending | undefined> {
    const { path } = node;
    const ending =
      kind === 'run' ? await this.#carryOut(this.#advance({ kind: 'waiting', path })) : undefined;
    if (kind === 'run' || kind === 'remind') this.#launchEnd(node, known);
    this.#inFlight.follow(node, known);
    return ending;
  }

  /** The time of a node is over: the loop ends with what runs of it, the wait unless the log says otherwise. */
  async #endOverdue(node: NodeRef): Promise<Ending | undefined> {
    const { path } = node;
    if (this.#nodes.nodeAt(path).mode === 'loop')
      return this.#carryOut(this.#advance({ kind: 'loop-overdue', path }));
    this.#inFlight.endWait(node, 'overdue');
    return undefined;
  }

  #advance(input: SchedulerInput): SchedulerCommand[] {
    return advance(this.#graph, this.#state, input);
  }

  /** Carries out commands in order; answers the ending when one of them is the end. */
  async #carryOut(commands: SchedulerCommand[]): Promise<Ending | undefined> {
    const starts: NodeStep[] = [];
    for (const command of commands) {
      if (command.kind === 'finish') return this.#endingOf(command);
      this.#note(command, starts);
    }
    if (starts.length > maxCarriers || isTooMuchToCarry()) await this.#recordPending();
    const ended = commands.flatMap((command) => (command.kind === 'end' ? [command.path] : []));
    if (ended.length > 0) await this.#end(ended);
    for (const step of starts) this.#launch(step);
    if (countUncarried() > 0) await this.#recordPending();
    return undefined;
  }

  #note(command: Exclude<SchedulerCommand, { kind: 'finish' }>, starts: NodeStep[]): void {
    switch (command.kind) {
      case 'schedule': {
        const node = this.#nodes.refOf(command.path);
        noteFact(scheduledFact(node), node.path);
        starts.push({ kind: 'run', node, ...(command.ends ? { ends: command.ends } : {}) });
        return;
      }
      case 'skip':
      case 'end':
        return noteFact(endFact(this.#nodes.refOf(command.path), command.reason));
      case 'run-waiting':
        this.#waits += 1;
        return noteFact(runStateFact('run.waiting', this.#waits));
      case 'run-resumed':
        return noteFact(runStateFact('run.resumed', this.#waits));
      case 'check-loop':
        return void starts.push({
          kind: 'check-loop',
          node: this.#nodes.refOf(command.path),
          index: command.index,
        });
      case 'close-loop': {
        const { kind, path, nodeId: _, ...end } = command;
        return void starts.push({ kind, node: this.#nodes.refOf(path), end });
      }
    }
  }

  #endingOf(command: Extract<SchedulerCommand, { kind: 'finish' }>): Ending {
    const { status, failedPath } = command;
    const open = command.openPaths.map((path) => this.#nodes.refOf(path));
    return { status, open, ...(failedPath === undefined ? {} : { failedPath }) };
  }

  #launch(step: NodeStep): void {
    const mode = this.#inFlight.launch(step);
    if (mode === 'remote') this.#watchFacts();
    // Who looks at a run looks at what takes time.
    if (mode === 'remote' || step.afterMs !== undefined) setCurrentDetails(this.describe());
  }

  /** Executions that were ended early are recorded as ended, then what runs of them is cancelled. */
  async #end(paths: readonly string[]): Promise<void> {
    await this.#recordPending();
    for (const path of paths) this.#inFlight.cancel(path);
  }

  /** A slow Activity has recorded its facts long before it answers; when in doubt they are recorded once more. */
  #watchFacts(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    this.#budget.spend(eventCost.timer);
    this.#inFlight.after(acknowledgeWithinMs, () => {
      this.#isWatched = false;
      this.#queue.add({ kind: 'watch' });
    });
  }

  /** An outcome that no Activity recorded is recorded before the interpreter acts on it. */
  async #recordLoss({ node }: NodeStep, error: unknown): Promise<NodeSummary | undefined> {
    const message = error instanceof Error ? error.message : String(error);
    const answer = await this.#record([lossFact(node, message)]);
    return answer.nodes[node.path];
  }

  /** Somebody else ended the run's log; the closing Activity answers with that end. */
  #adoptEnd(status: RunStatus): void {
    this.stop(status === 'cancelled' ? 'cancelled' : 'failure');
  }

  async #recordPending(): Promise<void> {
    const { facts, acknowledge } = allFacts();
    const answer = await this.#record(facts);
    acknowledge();
    if (answer.runEnded) this.#adoptEnd(answer.runEnded);
  }

  async #record(facts: Fact[]): Promise<RecordAnswer> {
    this.#budget.spend(eventCost.localActivity);
    const answer = await callLocal<RecordAnswer>('record', { runId: this.#input.runId, facts });
    this.#task.spend(answer.ran);
    return answer;
  }

  #limitTime(leftMs: number, timeoutMs: number): void {
    this.#endsAt = Date.now() + leftMs;
    const message = `the run took longer than ${timeoutMs} ms`;
    const error = { type: 'timed_out', message, retryable: false };
    this.#inFlight.after(leftMs, () => this.stop('failure', error));
  }

  #openNodes(): NodeRef[] {
    return openPaths(this.#graph, this.#state).map((path) => this.#nodes.refOf(path));
  }
}
