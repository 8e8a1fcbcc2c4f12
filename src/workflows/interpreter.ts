/** The interpreter: awaits Temporal, tells the scheduler what happened and carries out what it decides. */
import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import type { CompiledGraph, GraphNode } from '../engine/graph.ts';
import type {
  CloseRunCall,
  FinishWaitCall,
  NodeCall,
  NodeSummary,
  RecordAnswer,
} from '../engine/node-call.ts';
import type { Fact, NodeRef, RunError } from '../engine/facts.ts';
import { advance, createScheduler } from '../engine/scheduler.ts';
import type { SchedulerCommand, SchedulerInput } from '../engine/scheduler-types.ts';
import { openPaths } from '../engine/open-paths.ts';
import { callLocal, callNode, callPureNode } from './call-activity.ts';
import type { RunInput } from './messages.ts';
import { allFacts, isAllRecorded, isTooMuchToCarry, noteFact } from './pending-facts.ts';

/** How a run is to end; the closing Local Activity decides with the log. */
export type Ending = Pick<CloseRunCall, 'status' | 'open' | 'failedPath' | 'error'>;

/** Most Activities of one workflow task that carry their facts themselves; past it one Local Activity records first. */
const maxCarriers = 8;
const acknowledgeWithinMs = 1_000;

/** Interprets one run until it has ended or is told to stop. */
export class Interpreter {
  readonly #input: RunInput;
  readonly #graph: CompiledGraph;
  readonly #nodes: Map<string, GraphNode>;
  readonly #state: ReturnType<typeof createScheduler>;
  readonly #inbox: SchedulerInput[] = [];
  /** Holds everything in flight, so that the end of the run cancels it. */
  readonly #scope = new CancellationScope();
  #stopped: Ending | undefined;
  #waits = 0;

  constructor(input: RunInput) {
    this.#input = input;
    this.#graph = input.graph;
    this.#nodes = new Map(input.graph.nodes.map((node) => [node.id, node]));
    this.#state = createScheduler(input.graph);
  }

  /** Ends the run early with everything unfinished still open; the first call wins. */
  stop(status: 'failure' | 'cancelled', error?: RunError): void {
    this.#stopped ??= { status, open: this.#openNodes(), ...(error ? { error } : {}) };
  }

  /** Runs the graph; answers how it is to end. Does not record the end. */
  async run(): Promise<Ending> {
    noteFact({ kind: 'event', key: 'run/started', type: 'run.started', at: now(), data: {} });
    this.#limitTime();
    let ending = await this.#carryOut(advance(this.#graph, this.#state, { kind: 'begin' }));
    while (!ending) {
      await this.#nextInput();
      ending = this.#stopped ?? (await this.#step());
    }
    return ending;
  }

  /** A fault of ours ends the run as failed: a workflow task never fails because of what a run does. */
  endOnFault(error: unknown): Ending {
    const message = error instanceof Error ? error.message : String(error);
    const open = this.#openNodes();
    if (isCancellation(error)) return { status: 'cancelled', open };
    return { status: 'failure', open, error: { type: 'internal', message, retryable: false } };
  }

  /** Cancels what is in flight; their late outcomes find the run closed. */
  cancelActivities(): void {
    this.#scope.cancel();
  }

  async #step(): Promise<Ending | undefined> {
    const commands = advance(this.#graph, this.#state, this.#inbox.splice(0));
    return (await this.#carryOut(commands)) ?? this.#stopped;
  }

  /** Carries out commands in order; answers the ending when one of them is the end. */
  async #carryOut(commands: SchedulerCommand[]): Promise<Ending | undefined> {
    const starts: NodeCall[] = [];
    for (const command of commands) {
      if (command.kind === 'finish') return this.#endingOf(command);
      this.#note(command, starts);
    }
    if (starts.length > maxCarriers || isTooMuchToCarry()) await this.#recordPending();
    for (const call of starts) this.#launch(call);
    if (starts.length === 0 && !isAllRecorded()) await this.#recordPending();
    return undefined;
  }

  #note(command: Exclude<SchedulerCommand, { kind: 'finish' }>, starts: NodeCall[]): void {
    switch (command.kind) {
      case 'schedule': {
        const call = this.#callOf(command.path);
        const { path, nodeId, nodeType } = call;
        const node = { path, nodeId, nodeType };
        noteFact(
          { kind: 'event', key: `node/${path}/scheduled`, type: 'node.scheduled', at: now(), node, data: {} },
          path,
        );
        starts.push(call);
        return;
      }
      case 'skip':
      case 'end':
        noteFact({ kind: 'end-node', at: now(), node: this.#refOf(command.path), reason: command.reason });
        return;
      case 'run-waiting':
      case 'run-resumed':
        noteFact(this.#runFact(command.kind === 'run-waiting' ? 'run.waiting' : 'run.resumed'));
        return;
      case 'check-loop':
      case 'close-loop':
        throw new TypeError(`no loop can be interpreted: ${command.path}`);
    }
  }

  #runFact(type: 'run.waiting' | 'run.resumed'): Fact {
    if (type === 'run.waiting') this.#waits += 1;
    return { kind: 'event', key: `${type}/${this.#waits}`, type, at: now(), data: {} };
  }

  #endingOf(command: Extract<SchedulerCommand, { kind: 'finish' }>): Ending {
    const { status, failedPath } = command;
    const open = command.openPaths.map((path) => this.#refOf(path));
    return { status, open, ...(failedPath === undefined ? {} : { failedPath }) };
  }

  /** Starts a node; its outcome comes back through the inbox. */
  #launch(call: NodeCall): void {
    void this.#scope
      .run(() => this.#runNode(call))
      .then(
        (summary) => this.#accept(call.path, summary),
        (error: unknown) => this.#acceptLoss(call, error),
      );
  }

  async #runNode(call: NodeCall): Promise<NodeSummary> {
    const mode = this.#nodeAt(call.path).mode;
    if (mode === 'remote') return callNode(call);
    const summary = await callPureNode(call);
    return summary.status === 'waiting' ? this.#wait(call, summary) : summary;
  }

  async #wait(call: NodeCall, summary: NodeSummary): Promise<NodeSummary> {
    this.#inbox.push({ kind: 'waiting', path: call.path });
    if (summary.inMs !== undefined) await sleep(summary.inMs);
    const finish: FinishWaitCall = { ...call, outcome: 'timed_out' };
    return callLocal<NodeSummary>('finish-wait', finish, call.path);
  }

  #accept(path: string, summary: NodeSummary): void {
    if (summary.runEnded) return this.stop(summary.runEnded === 'cancelled' ? 'cancelled' : 'failure');
    const { status, branch } = summary;
    if (status === 'waiting' || status === 'retrying') throw new TypeError(`${path} came back ${status}`);
    this.#inbox.push({ kind: 'finished', path, status, ...(branch === undefined ? {} : { branch }) });
  }

  /** An outcome that no Activity recorded is recorded before the interpreter acts on it. */
  async #acceptLoss(call: NodeCall, error: unknown): Promise<void> {
    if (isCancellation(error)) return;
    const { path, nodeId, nodeType } = call;
    const node = { path, nodeId, nodeType };
    const failure: RunError = { type: 'internal', message: 'the node could not be run', retryable: false };
    const facts: Fact[] = [
      {
        kind: 'event',
        key: `node/${path}/outcome`,
        type: 'node.failed',
        at: now(),
        node,
        data: { error: { ...failure } },
      },
    ];
    const answer = await callLocal<RecordAnswer>('record', { runId: call.runId, facts });
    this.#accept(path, answer.nodes[path] ?? { status: 'failure', errorType: failure.type });
  }

  async #nextInput(): Promise<void> {
    const isReady = () => this.#inbox.length > 0 || this.#stopped !== undefined;
    if (isAllRecorded()) return condition(isReady);
    // A slow Activity may have recorded its facts long ago; without its answer they are recorded once more.
    if (!(await condition(isReady, acknowledgeWithinMs))) await this.#recordPending();
  }

  async #recordPending(): Promise<void> {
    const { facts, acknowledge } = allFacts();
    const answer = await callLocal<RecordAnswer>('record', { runId: this.#input.runId, facts });
    acknowledge();
    if (answer.runEnded) this.stop(answer.runEnded === 'cancelled' ? 'cancelled' : 'failure');
  }

  #limitTime(): void {
    const { timeoutMs } = this.#graph;
    if (timeoutMs === undefined) return;
    const error = {
      type: 'timed_out',
      message: `the run took longer than ${timeoutMs} ms`,
      retryable: false,
    };
    void this.#scope
      .run(() => sleep(timeoutMs))
      .then(
        () => this.stop('failure', error),
        () => undefined,
      );
  }

  #callOf(path: string): NodeCall {
    const { runId, organizationId, versionId } = this.#input;
    return {
      ...this.#refOf(path),
      runId,
      organizationId,
      versionId,
      pure: this.#nodeAt(path).mode !== 'remote',
    };
  }

  #refOf(path: string): NodeRef {
    const node = this.#nodeAt(path);
    return { path, nodeId: node.id, nodeType: node.type };
  }

  #nodeAt(path: string): GraphNode {
    const node = this.#nodes.get(path.slice(path.lastIndexOf('/') + 1));
    if (!node) throw new TypeError(`no node is at ${path}`);
    return node;
  }

  #openNodes(): NodeRef[] {
    return openPaths(this.#graph, this.#state).map((path) => this.#refOf(path));
  }
}

/** The workflow's clock, ISO 8601. */
function now(): string {
  return new Date().toISOString();
}
