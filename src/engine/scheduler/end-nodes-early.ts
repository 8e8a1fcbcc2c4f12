/** Ends nodes before their end: losers of a race, and what is left of an iteration. */
import {
  findLoop,
  findScope,
  isFinalState,
  nodeState,
  placeIn,
  setState,
  stateOf,
} from './scheduler-state.ts';
import type { Place, Turn } from './scheduler-state.ts';
import type { SkipReason } from './scheduler-types.ts';

/**
 * Ends a node, with everything inside it when it is a loop. What has started is ended (`end`), the rest is skipped.
 * Returns whether it was unfinished. Does not decide its edges.
 */
export function endNode(turn: Turn, place: Place, reason: SkipReason): boolean {
  const before = stateOf(place);
  if (isFinalState(before)) return false;
  const hasStarted = before === nodeState.running || before === nodeState.waiting;
  if (hasStarted) endIterations(turn, place.path, reason);
  release(turn, place);
  setState(place, hasStarted ? nodeState.cancelled : nodeState.skipped);
  const kind = hasStarted ? 'end' : 'skip';
  turn.commands.push({ kind, path: place.path, nodeId: place.laidOut.node.id, reason });
  return true;
}

/** Ends every unfinished node of a scope and forgets the scope. */
export function endScope(turn: Turn, key: string, reason: SkipReason): void {
  const scope = findScope(turn, key);
  if (!scope) return;
  for (const number of scope.layout.nodes.keys()) endNode(turn, placeIn(scope, number), reason);
  delete turn.state.scopes[key];
}

/** Ends the iterations of a loop that run. */
export function endIterations(turn: Turn, loopPath: string, reason: SkipReason): void {
  const loop = findLoop(turn, loopPath);
  if (!loop) return;
  for (const index of loop.open) endScope(turn, `${loopPath}[${index}]`, reason);
  loop.open = [];
}

/** Takes an unfinished node out of the counts; forgets an opened loop. */
export function release({ state }: Turn, place: Place): void {
  const loop = findLoop({ state }, place.path);
  const before = stateOf(place);
  if (loop) {
    if (loop.isBusy) state.busyLoops -= 1;
    delete state.loops[`${place.path}[`];
  } else if (before === nodeState.running) state.inFlight -= 1;
  else if (before === nodeState.waiting) state.waiting -= 1;
  else if (before === nodeState.queued) state.queued -= 1;
}
