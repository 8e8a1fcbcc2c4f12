/** Cycles, and nodes that nothing leads to. */
import { pointerTo } from './definition.ts';
import type { DefinitionGraph } from './definition-graph.ts';
import { problem, quote } from './definition-problems.ts';
import type { Problem } from './definition-problems.ts';

// A definition full of cycles is shown by the first ones; the rest follow from them.
const maxReportedCycles = 20;

/** Finds cycles, one problem each, with the ids along it. */
export function checkCycles(graph: DefinitionGraph): Problem[] {
  const sorted = new Set(graph.order);
  let left = new Set(Object.keys(graph.definition.nodes).filter((id) => !sorted.has(id)));
  const problems: Problem[] = [];
  while (left.size > 0 && problems.length < maxReportedCycles) {
    const cycle = findCycle(graph, left);
    if (cycle.length === 0) break;
    const [first = ''] = cycle;
    const way = [...cycle, first].map(quote).join(' → ');
    problems.push(
      problem(
        'cycle',
        pointerTo('nodes', first),
        `expected edges that only lead forward; came the cycle ${way}`,
      ),
    );
    left = prune(graph, left, new Set(cycle));
  }
  return problems;
}

/** Walks back from any node that is left: each has a predecessor that is left, so the walk must meet itself. */
function findCycle(graph: DefinitionGraph, left: ReadonlySet<string>): string[] {
  const [start = ''] = left;
  const way: string[] = [];
  const seenAt = new Map<string, number>();
  let at: string | undefined = start;
  while (at !== undefined && !seenAt.has(at)) {
    seenAt.set(at, way.length);
    way.push(at);
    at = graph.incoming.get(at)?.find((edge) => left.has(edge.from))?.from;
  }
  if (at === undefined) return [];
  const cycle = way.slice(seenAt.get(at)).reverse();
  // It begins with the node that comes first in the definition, so that the answer does not depend on the walk.
  const first = Object.keys(graph.definition.nodes).find((id) => cycle.includes(id)) ?? '';
  return [...cycle.slice(cycle.indexOf(first)), ...cycle.slice(0, cycle.indexOf(first))];
}

/** Takes nodes out, then everything that is no longer behind a cycle. */
function prune(graph: DefinitionGraph, left: ReadonlySet<string>, out: ReadonlySet<string>): Set<string> {
  const rest = new Set([...left].filter((id) => !out.has(id)));
  const missing = new Map<string, number>();
  for (const id of rest)
    missing.set(id, graph.incoming.get(id)?.filter((edge) => rest.has(edge.from)).length ?? 0);
  const free = [...rest].filter((id) => missing.get(id) === 0);
  for (const id of free) {
    rest.delete(id);
    for (const { to } of graph.outgoing.get(id) ?? []) {
      if (!rest.has(to)) continue;
      missing.set(to, (missing.get(to) ?? 0) - 1);
      if (missing.get(to) === 0) free.push(to);
    }
  }
  return rest;
}

/** Finds nodes outside loops that no path from the trigger reaches. */
export function checkReachable(graph: DefinitionGraph): Problem[] {
  const { rootId, loopOf, outgoing, definition } = graph;
  if (rootId === undefined) return [];
  const reached = new Set([rootId]);
  for (const id of reached) for (const { to } of outgoing.get(id) ?? []) reached.add(to);
  return Object.keys(definition.nodes)
    .filter((id) => !reached.has(id) && !loopOf.has(id))
    .map((id) =>
      problem(
        'unreachable_node',
        pointerTo('nodes', id),
        `expected a path from the trigger ${quote(rootId)} to ${quote(id)}; there is none`,
      ),
    );
}
