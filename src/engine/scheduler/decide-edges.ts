/** Edges and joins: each edge is decided exactly once, and a node starts or is skipped the moment its join knows. */
import type { Join } from '../definition/graph.ts';
import { nodeState, placeIn, setState, stateOf } from './scheduler-state.ts';
import type { Place, Scope, Turn } from './scheduler-state.ts';
import { endNode } from './end-nodes-early.ts';

/** How a join stands. */
export type JoinVerdict = 'start' | 'skip' | 'undecided';

/** Counts of a node's incoming edges. */
export interface EdgeCounts {
  incoming: number;
  decided: number;
  taken: number;
}

/** Returns how a join stands. Source: the definition page, table of joins. */
export function judgeJoin(join: Join, { incoming, decided, taken }: EdgeCounts): JoinVerdict {
  if (join === 'settled') return decided < incoming ? 'undecided' : startIf(taken > 0);
  const needed = typeof join === 'object' ? join.count : join === 'all' ? incoming : 1;
  if (taken >= needed) return 'start';
  return incoming - decided + taken < needed ? 'skip' : 'undecided';
}

function startIf(holds: boolean): JoinVerdict {
  return holds ? 'start' : 'skip';
}

/** Decides every outgoing edge of a node that has ended: those in `taken` are taken, the others are not. */
export function decideOutgoing(turn: Turn, place: Place, taken: readonly number[]): void {
  const { scope, laidOut } = place;
  const ended: number[] = [];
  for (const target of taken) decideEdge(turn, placeIn(scope, target), true, ended);
  const left = countOf(taken);
  for (const target of laidOut.outgoing) {
    const count = left.get(target) ?? 0;
    if (count > 0) left.set(target, count - 1);
    else decideEdge(turn, placeIn(scope, target), false, ended);
  }
  spreadSkips(turn, scope, ended);
}

/** Takes the trigger's edges. */
export function takeRoots(turn: Turn, scope: Scope, targets: readonly number[]): void {
  const ended: number[] = [];
  for (const target of targets) decideEdge(turn, placeIn(scope, target), true, ended);
  spreadSkips(turn, scope, ended);
}

/** Lets a node through: it starts when there is room. */
export function enqueue(turn: Turn, place: Place): void {
  setState(place, nodeState.queued);
  turn.state.queue.push(place.path);
  turn.state.queued += 1;
}

/** One node may be the target of several taken edges. */
function countOf(targets: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  return counts;
}

function decideEdge(turn: Turn, target: Place, isTaken: boolean, ended: number[]): void {
  const { scope, number, laidOut } = target;
  const decided = (scope.state.decided[number] ?? 0) + 1;
  const taken = (scope.state.taken[number] ?? 0) + Number(isTaken);
  scope.state.decided[number] = decided;
  scope.state.taken[number] = taken;
  if (stateOf(target) !== nodeState.idle) return;
  const verdict = judgeJoin(laidOut.node.join, { incoming: laidOut.incoming, decided, taken });
  if (verdict === 'undecided') return;
  if (verdict === 'start') {
    enqueue(turn, target);
    endLosers(turn, target, ended);
  } else {
    endNode(turn, target, 'not_taken');
    ended.push(number);
  }
}

/** A join that ends the rest ends the unfinished nodes that can lead only into it. */
function endLosers(turn: Turn, winner: Place, ended: number[]): void {
  for (const number of winner.laidOut.losers) {
    if (endNode(turn, placeIn(winner.scope, number), 'lost_race')) ended.push(number);
  }
}

/** A node that ended without success takes none of its edges, so skipping spreads. The list grows while it is read. */
function spreadSkips(turn: Turn, scope: Scope, ended: number[]): void {
  for (const number of ended) {
    for (const target of placeIn(scope, number).laidOut.outgoing) {
      decideEdge(turn, placeIn(scope, target), false, ended);
    }
  }
}
