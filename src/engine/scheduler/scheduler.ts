/**
 * The scheduler: given what has happened, decides what is to be done. Pure and deterministic; every call costs as much as
 * the edges it decides, so a whole run costs as much as its edges.
 */
import { decideOutgoing, takeRoots } from './decide-edges.ts';
import { endIterations, release } from './end-nodes-early.ts';
import type { CompiledGraph } from '../definition/graph.ts';
import type { SuccessfulEnd } from '../log/node-call.ts';
import type { LayoutNode } from '../definition/graph-index.ts';
import { openPaths } from './open-paths.ts';
import { acceptCondition, endIteration, endOverdue, isIterationOver, openLoop } from './run-loops.ts';
import {
  createState,
  createTurn,
  findPlace,
  nodeState,
  openScope,
  setState,
  stateOf,
} from './scheduler-state.ts';
import type { Place, SchedulerState, Turn } from './scheduler-state.ts';
import type { SchedulerCommand, SchedulerInput } from './scheduler-types.ts';

/** Most nodes in flight in one run; waits, delays and opened loops are not in flight. Source: the contract, bounds. */
export const maxInFlight = 500;
/** Most nodes started by one call of `advance`. Source: the contract, bounds. */
export const maxStartsPerAdvance = 50;

/** Creates the state of a run of this graph: plain JSON. The first input must be `begin`. */
export function createScheduler(graph: CompiledGraph): SchedulerState {
  if (graph.formatVersion !== 1)
    throw new TypeError(`expected a graph of format 1; came ${String(graph.formatVersion)}`);
  return createState();
}

/**
 * Takes in what has happened, changes the state and answers what is to be done, in order. Several inputs in one call
 * share the bound of starts. An input about an execution that is over changes nothing; after `finish` nothing does.
 */
export function advance(
  graph: CompiledGraph,
  state: SchedulerState,
  input: SchedulerInput | readonly SchedulerInput[],
): SchedulerCommand[] {
  const turn = createTurn(graph, state);
  for (const one of Array.isArray(input) ? (input as readonly SchedulerInput[]) : [input as SchedulerInput]) {
    if (state.phase !== 'finished') accept(turn, one);
  }
  if (state.phase === 'running') {
    startQueued(turn);
    noteWaiting(turn);
  }
  return turn.commands;
}

function accept(turn: Turn, input: SchedulerInput): void {
  switch (input.kind) {
    case 'begin':
      return begin(turn);
    case 'finished':
      return acceptOutcome(turn, input);
    case 'waiting':
      return acceptWaiting(turn, input.path);
    case 'loop-opened':
      return openLoop(turn, input);
    case 'loop-condition':
      return acceptCondition(turn, input);
    case 'loop-overdue':
      return endOverdue(turn, input.path);
    case 'hold':
    case 'release':
      turn.state.isHeld = input.kind === 'hold';
  }
}

function begin(turn: Turn): void {
  const layout = turn.index.get('');
  if (turn.state.phase !== 'new' || !layout) return;
  turn.state.phase = 'running';
  const scope = openScope(turn, '', layout);
  takeRoots(
    turn,
    scope,
    turn.graph.roots.map((id) => layout.numberOf.get(id) ?? -1),
  );
  finishIfDone(turn, scope.state.open);
}

function acceptWaiting(turn: Turn, path: string): void {
  const place = findPlace(turn, path);
  if (!place || stateOf(place) !== nodeState.running) return;
  setState(place, nodeState.waiting);
  turn.state.inFlight -= 1;
  turn.state.waiting += 1;
}

type Outcome = Extract<SchedulerInput, { kind: 'finished' }>;

function acceptOutcome(turn: Turn, outcome: Outcome): void {
  const place = findPlace(turn, outcome.path);
  if (!place) return;
  const before = stateOf(place);
  if (before !== nodeState.running && before !== nodeState.waiting) return;
  endIterations(turn, outcome.path, 'iteration_ended');
  release(turn, place);
  setState(place, nodeState[outcome.status]);
  if (outcome.status === 'partial') turn.state.hasPartial = true;
  if (outcome.status === 'failure' && !isHandled(place.laidOut) && !canGoOn(turn, place)) return;
  decideOutgoing(turn, place, takenEdges(place.laidOut, outcome));
  const { key, state } = place.scope;
  if (key === '') finishIfDone(turn, state.open);
  else if (isIterationOver(turn, key)) endIteration(turn, key, state.failed);
}

function isHandled({ node }: LayoutNode): boolean {
  return node.continueOnError || node.onError.length > 0;
}

/** An unhandled failure ends its iteration or the run; where the run drains, both go on first. */
function canGoOn(turn: Turn, place: Place): boolean {
  const drains = turn.graph.onNodeFailure === 'drain';
  if (place.scope.key !== '') {
    if (drains) place.scope.state.failed ??= place.number;
    else endIteration(turn, place.scope.key, place.number);
    return drains;
  }
  turn.state.failedPath ??= place.path;
  if (drains) return true;
  finish(turn, openPaths(turn.graph, turn.state));
  return false;
}

/** The edges that are taken after an outcome. Source: the definition page, edges. */
export function takenEdges(
  { node, children, branches, onError }: LayoutNode,
  { status, branch }: Pick<Outcome, 'status' | 'branch'>,
): number[] {
  switch (status) {
    case 'success':
    case 'partial':
      return [...children, ...(branch === undefined ? [] : (branches.get(branch) ?? []))];
    case 'failure':
      return node.continueOnError ? children : onError;
    case 'cancelled':
    case 'skipped':
      return [];
  }
}

function finishIfDone(turn: Turn, open: number): void {
  if (open === 0) finish(turn, []);
}

function finish(turn: Turn, open: string[]): void {
  const { state } = turn;
  state.phase = 'finished';
  const { failedPath } = state;
  const status = failedPath === undefined ? successOf(state) : 'failure';
  turn.commands.push({
    kind: 'finish',
    status,
    openPaths: open,
    ...(failedPath === undefined ? {} : { failedPath }),
  });
}

function successOf({ hasPartial }: SchedulerState): SuccessfulEnd {
  return hasPartial ? 'partial' : 'success';
}

function isLast({ state }: Turn, { scope }: Place): boolean {
  return scope.key === '' && scope.state.open === 1 && state.failedPath === undefined;
}

function startQueued(turn: Turn): void {
  const { state } = turn;
  let starts = 0;
  while (!state.isHeld && starts < maxStartsPerAdvance && state.inFlight < maxInFlight && state.queued > 0) {
    const path = state.queue[state.head] ?? '';
    state.head += 1;
    starts += Number(startIfQueued(turn, path));
  }
  dropStarted(state);
}

/** A node that was ended while it was queued is passed over. */
function startIfQueued(turn: Turn, path: string): boolean {
  const place = findPlace(turn, path);
  if (!place || stateOf(place) !== nodeState.queued) return false;
  setState(place, nodeState.running);
  turn.state.queued -= 1;
  turn.state.inFlight += 1;
  const ends = isLast(turn, place) ? { ends: successOf(turn.state) } : {};
  turn.commands.push({ kind: 'schedule', path, nodeId: place.laidOut.node.id, ...ends });
  return true;
}

/** Dropping the read part only when it is half of the list keeps the cost per entry constant. */
function dropStarted(state: SchedulerState): void {
  if (state.queued > 0 && state.head * 2 <= state.queue.length) return;
  state.queue = state.queued === 0 ? [] : state.queue.slice(state.head);
  state.head = 0;
}

/** A run waits when nothing but waits and delays is unfinished among what has begun. */
function noteWaiting({ state, commands }: Turn): void {
  const isWaiting = state.waiting > 0 && state.queued + state.inFlight + state.busyLoops === 0;
  if (isWaiting === state.isWaiting) return;
  state.isWaiting = isWaiting;
  if (isWaiting) commands.push({ kind: 'run-waiting' });
  else commands.unshift({ kind: 'run-resumed' });
}
