/** What is unfinished: every node that gets a final state when a run ends early. */
import { indexGraph } from '../definition/graph-index.ts';
import type { GraphIndex } from '../definition/graph-index.ts';
import type { CompiledGraph } from '../definition/graph.ts';
import { findLoop, findScope, isFinalState, placeIn, stateOf } from './scheduler-state.ts';
import type { SchedulerState } from './scheduler-state.ts';

/**
 * Returns the paths of all nodes without a final state, of the top scope and of open iterations, in definition order;
 * what is inside a loop stands before the loop. Before `begin`: every node of the top scope.
 */
export function openPaths(graph: CompiledGraph, state: SchedulerState): string[] {
  const index = indexGraph(graph);
  if (state.phase === 'new') return (index.get('')?.nodes ?? []).map(({ node }) => node.id);
  return openIn({ index, state }, '');
}

function openIn(reading: { index: GraphIndex; state: SchedulerState }, key: string): string[] {
  const scope = findScope(reading, key);
  if (!scope) return [];
  return scope.layout.nodes.flatMap((_, number) => {
    const place = placeIn(scope, number);
    if (isFinalState(stateOf(place))) return [];
    const iterations = findLoop(reading, place.path)?.open ?? [];
    return [...iterations.flatMap((index) => openIn(reading, `${place.path}[${index}]`)), place.path];
  });
}
