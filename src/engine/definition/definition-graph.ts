/** The definition as a graph: what checks, reachability and compiling share. */
import { edgesFrom, nodeOf } from './definition.ts';
import type { Definition, DefinitionNode, Edge } from './definition.ts';
import { triggerType } from '../trigger-types/registry.ts';

/** A definition with its edges sorted out. Edges to unknown nodes, to the trigger or across loops are left out. */
export interface DefinitionGraph {
  definition: Definition;
  /** Id of the trigger; absent when there is none. */
  rootId?: string;
  /** Id of the loop whose body holds a node; absent for nodes outside loops. */
  loopOf: Map<string, string>;
  outgoing: Map<string, Edge[]>;
  incoming: Map<string, Edge[]>;
  /** Topological, in definition order where edges leave a choice; nodes on or behind a cycle are missing. */
  order: string[];
}

/** Sorts out the edges of a definition. Works on any normalised definition, also on one with problems. */
export function definitionGraph(definition: Definition): DefinitionGraph {
  const ids = Object.keys(definition.nodes);
  const rootId = ids.find((id) => triggerType(nodeOf(definition, id)?.type ?? ''));
  const loopOf = loopsOf(definition);
  const outgoing = new Map<string, Edge[]>(ids.map((id) => [id, []]));
  const incoming = new Map<string, Edge[]>(ids.map((id) => [id, []]));
  for (const [id, node] of Object.entries(definition.nodes)) {
    for (const edge of edgesFrom(id, node)) {
      if (!incoming.has(edge.to) || edge.to === rootId || loopOf.get(edge.to) !== loopOf.get(id)) continue;
      outgoing.get(id)?.push(edge);
      incoming.get(edge.to)?.push(edge);
    }
  }
  const order = sortTopologically(ids, outgoing, incoming);
  return { definition, ...(rootId === undefined ? {} : { rootId }), loopOf, outgoing, incoming, order };
}

/** The first loop that names a node in its body has it. */
function loopsOf(definition: Definition): Map<string, string> {
  const loopOf = new Map<string, string>();
  for (const [id, node] of Object.entries(definition.nodes)) {
    for (const inner of node.loopBody ?? []) if (!loopOf.has(inner)) loopOf.set(inner, id);
  }
  return loopOf;
}

function sortTopologically(
  ids: readonly string[],
  outgoing: ReadonlyMap<string, Edge[]>,
  incoming: ReadonlyMap<string, Edge[]>,
): string[] {
  const missing = new Map(ids.map((id) => [id, incoming.get(id)?.length ?? 0]));
  const order = ids.filter((id) => missing.get(id) === 0);
  // The list grows while it is read.
  for (const id of order) {
    for (const { to } of outgoing.get(id) ?? []) {
      const left = (missing.get(to) ?? 0) - 1;
      missing.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order;
}

/** Returns the loops around a node, innermost first; stops at a loop that contains itself. */
export function loopsAround(graph: DefinitionGraph, id: string): string[] {
  const loops: string[] = [];
  for (let at = graph.loopOf.get(id); at !== undefined && !loops.includes(at); at = graph.loopOf.get(at))
    loops.push(at);
  return loops;
}

/** Returns a node of a graph. @throws TypeError when there is none, which is a bug of the caller */
export function nodeIn(graph: DefinitionGraph, id: string): DefinitionNode {
  const node = nodeOf(graph.definition, id);
  if (!node) throw new TypeError(`the definition has no node ${id}`);
  return node;
}
