/** The compiled graph, laid out for the scheduler: one layout per scope, nodes by number. */
import { endsRest } from './graph.ts';
import type { CompiledGraph, GraphNode } from './graph.ts';

/** A node with its edges as numbers in its scope. */
export interface LayoutNode {
  node: GraphNode;
  children: number[];
  branches: Map<string, number[]>;
  onError: number[];
  /** Every outgoing edge. */
  outgoing: number[];
  /** Number of incoming edges, that of the trigger included. */
  incoming: number;
  /** For a join that ends the rest: the nodes that can lead only into this one, in definition order. */
  losers: number[];
}

/** The nodes of the top scope or of one loop's body, in definition order. */
export interface ScopeLayout {
  nodes: LayoutNode[];
  numberOf: Map<string, number>;
  /** Nodes without incoming edges: where an iteration begins. */
  entries: number[];
}

/** Layouts by loop id; the top scope has the empty id. */
export type GraphIndex = Map<string, ScopeLayout>;

const known = new WeakMap<CompiledGraph, GraphIndex>();

/** Returns the layout of a graph; computed once per graph object. */
export function indexGraph(graph: CompiledGraph): GraphIndex {
  const index = known.get(graph) ?? layOut(graph);
  known.set(graph, index);
  return index;
}

function layOut(graph: CompiledGraph): GraphIndex {
  const scopes = new Map<string, GraphNode[]>([['', []]]);
  for (const node of graph.nodes) {
    const scope = scopes.get(node.loop ?? '');
    if (scope) scope.push(node);
    else scopes.set(node.loop ?? '', [node]);
  }
  return new Map([...scopes].map(([id, nodes]) => [id, layOutScope(nodes, id === '' ? graph.roots : [])]));
}

function layOutScope(nodes: readonly GraphNode[], roots: readonly string[]): ScopeLayout {
  const numberOf = new Map(nodes.map((node, number) => [node.id, number]));
  const numbers = (ids: readonly string[]) => ids.map((id) => numberIn(numberOf, id));
  const laidOut = nodes.map((node): LayoutNode => {
    const branches = new Map(Object.entries(node.branches).map(([name, ids]) => [name, numbers(ids)]));
    const [children, onError] = [numbers(node.children), numbers(node.onError)];
    const outgoing = [...children, ...[...branches.values()].flat(), ...onError];
    return { node, children, branches, onError, outgoing, incoming: 0, losers: [] };
  });
  for (const target of [...numbers(roots), ...laidOut.flatMap((node) => node.outgoing)]) {
    (laidOut[target] as LayoutNode).incoming += 1;
  }
  addLosers(laidOut);
  const entries = laidOut.flatMap((node, number) => (node.incoming === 0 ? [number] : []));
  return { nodes: laidOut, numberOf, entries };
}

function numberIn(numberOf: ReadonlyMap<string, number>, id: string): number {
  const number = numberOf.get(id);
  if (number === undefined) throw new TypeError(`an edge leads to ${id}, which is not in the same scope`);
  return number;
}

function addLosers(nodes: readonly LayoutNode[]): void {
  if (!nodes.some(({ node }) => endsRest(node.join))) return;
  const sources: number[][] = nodes.map(() => []);
  for (const [from, { outgoing }] of nodes.entries()) for (const to of outgoing) sources[to]?.push(from);
  for (const [number, laidOut] of nodes.entries()) {
    if (endsRest(laidOut.node.join)) laidOut.losers = findLosers(nodes, sources, number);
  }
}

/** Walks back from a node: whoever has no edge left that leads elsewhere can lead only into it. */
function findLosers(nodes: readonly LayoutNode[], sources: readonly number[][], target: number): number[] {
  const left = new Map<number, number>();
  const only = [target];
  // The list grows while it is read.
  for (const to of only) {
    for (const from of sources[to] ?? []) {
      const rest = (left.get(from) ?? nodes[from]?.outgoing.length ?? 0) - 1;
      left.set(from, rest);
      if (rest === 0) only.push(from);
    }
  }
  return only.slice(1).sort((a, b) => a - b);
}
