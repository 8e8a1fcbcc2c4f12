/** Loops: iterations start within a window, fail by themselves, and leave nothing behind when they are over. */
import { enqueue } from './decide-edges.ts';
import { endIterations, endScope } from './end-nodes-early.ts';
import { findLoop, findPlace, findScope, nodeState, openScope, placeIn, stateOf } from './scheduler-state.ts';
import type { LoopState, Place, Turn } from './scheduler-state.ts';
import type { LoopError } from '../log/node-call.ts';
import type { SchedulerInput } from './scheduler-types.ts';

/** Most iterations of one loop. Source: the definition page, limits. */
export const maxLoopItems = 10_000;
/** Most executions of one run. Source: the contract, bounds. */
export const maxExecutions = 100_000;
const maxConcurrency = 100;

type Opened = Extract<SchedulerInput, { kind: 'loop-opened' }>;
type Checked = Extract<SchedulerInput, { kind: 'loop-condition' }>;

/** A loop knows its bounds: its first iterations start, or its first condition is checked. */
export function openLoop(turn: Turn, input: Opened): void {
  const place = findPlace(turn, input.path);
  if (!place || stateOf(place) !== nodeState.running || findLoop(turn, input.path)) return;
  turn.state.inFlight -= 1;
  turn.state.loops[`${input.path}[`] = {
    ...(input.itemCount === undefined ? {} : { itemCount: input.itemCount }),
    next: 0,
    open: [],
    maxConcurrency: Math.max(1, Math.min(maxConcurrency, input.maxConcurrency)),
    toleratedFailures: input.toleratedFailures,
    succeeded: 0,
    failures: [],
    isBusy: false,
  };
  if ((input.itemCount ?? 0) > maxLoopItems) closeLoop(turn, place, 'loop_limit');
  else continueLoop(turn, place);
}

/** The condition of a `repeat` pass was evaluated. */
export function acceptCondition(turn: Turn, { path, holds, limitReached }: Checked): void {
  const place = findPlace(turn, path);
  const loop = findLoop(turn, path);
  if (!place || !loop || !loop.isBusy || loop.itemCount !== undefined) return;
  setBusy(turn, loop, false);
  if (loop.isOverdue) closeLoop(turn, place, 'timeout');
  else if (!holds) closeLoop(turn, place);
  else if (limitReached || loop.next >= maxLoopItems) closeLoop(turn, place, 'loop_limit');
  else startIteration(turn, place, loop);
}

/** The time of a loop is over. A condition that is being checked has its answer first; a loop that is being closed ends. */
export function endOverdue(turn: Turn, path: string): void {
  const place = findPlace(turn, path);
  const loop = findLoop(turn, path);
  if (!place || !loop) return;
  loop.isOverdue = true;
  closeLoop(turn, place, 'timeout');
}

/**
 * An iteration is over.
 * @param failedNode number of the node whose unhandled failure ended it; absent: it succeeded
 */
export function endIteration(turn: Turn, scopeKey: string, failedNode?: number): void {
  const cut = scopeKey.lastIndexOf('[');
  const [loopPath, index] = [scopeKey.slice(0, cut), Number(scopeKey.slice(cut + 1, -1))];
  const place = findPlace(turn, loopPath);
  const loop = findLoop(turn, loopPath);
  if (!place || !loop) return;
  endScope(turn, scopeKey, 'iteration_ended');
  loop.open = loop.open.filter((one) => one !== index);
  if (failedNode === undefined) loop.succeeded += 1;
  else loop.failures.push([index, failedNode]);
  if (loop.failures.length > loop.toleratedFailures) closeLoop(turn, place, 'loop_failed');
  else continueLoop(turn, place);
}

function continueLoop(turn: Turn, place: Place): void {
  const loop = findLoop(turn, place.path);
  if (!loop) return;
  if (loop.itemCount === undefined) return checkCondition(turn, place, loop);
  while (!loop.isBusy && loop.open.length < loop.maxConcurrency && loop.next < loop.itemCount) {
    startIteration(turn, place, loop);
  }
  if (!loop.isBusy && loop.open.length === 0) closeLoop(turn, place);
}

function checkCondition(turn: Turn, place: Place, loop: LoopState): void {
  setBusy(turn, loop, true);
  turn.commands.push({
    kind: 'check-loop',
    path: place.path,
    nodeId: place.laidOut.node.id,
    index: loop.next,
  });
}

function startIteration(turn: Turn, place: Place, loop: LoopState): void {
  const layout = turn.index.get(place.laidOut.node.id);
  if (!layout) throw new TypeError(`the loop ${place.path} has no body`);
  if (turn.state.executions + layout.nodes.length > maxExecutions)
    return closeLoop(turn, place, 'loop_limit');
  const index = loop.next;
  loop.next += 1;
  loop.open.push(index);
  const scope = openScope(turn, `${place.path}[${index}]`, layout);
  for (const number of layout.entries) enqueue(turn, placeIn(scope, number));
}

/** Ends what still runs inside, then has the outcome recorded; the loop ends when that comes back as `finished`. */
function closeLoop(turn: Turn, place: Place, error?: LoopError): void {
  const loop = findLoop(turn, place.path);
  if (!loop || loop.isBusy) return;
  endIterations(turn, place.path, 'iteration_ended');
  setBusy(turn, loop, true);
  const layout = turn.index.get(place.laidOut.node.id);
  const failedPaths = loop.failures.map(
    ([index, number]) => `${place.path}[${index}]/${layout?.nodes[number]?.node.id ?? ''}`,
  );
  turn.commands.push({
    kind: 'close-loop',
    path: place.path,
    nodeId: place.laidOut.node.id,
    started: loop.next,
    succeeded: loop.succeeded,
    failedPaths,
    ...(error === undefined ? {} : { error }),
  });
}

function setBusy({ state }: Turn, loop: LoopState, isBusy: boolean): void {
  if (loop.isBusy !== isBusy) state.busyLoops += isBusy ? 1 : -1;
  loop.isBusy = isBusy;
}

/** Whether a scope is an iteration whose nodes have all ended. */
export function isIterationOver(turn: Turn, scopeKey: string): boolean {
  return scopeKey !== '' && findScope(turn, scopeKey)?.state.open === 0;
}
