/** What can be wrong with an edge or a loop body: unknown ids, branch names, edges into, out of or between loops. */
import { definitionLimits, edgesFrom, nodeOf, pointerTo } from './definition.ts';
import type { DefinitionNode, Edge } from './definition.ts';
import { loopsAround } from './definition-graph.ts';
import type { DefinitionGraph } from './definition-graph.ts';
import { problem, quote } from './definition-problems.ts';
import type { Problem } from './definition-problems.ts';
import { nodeType } from '../node-types/registry.ts';

/** Checks every edge and every loop body. */
export function checkEdges(graph: DefinitionGraph): Problem[] {
  return Object.entries(graph.definition.nodes).flatMap(([id, node]) => {
    const edges = edgesFrom(id, node);
    return [
      ...checkBranches(id, node),
      ...edges.flatMap((edge) => checkEdge(graph, edge)),
      ...checkDuplicates(edges),
      ...checkBody(graph, id, node),
    ];
  });
}

function checkBranches(id: string, node: DefinitionNode): Problem[] {
  const type = nodeType(node.type);
  if (!type) return [];
  const names = type.branchesOf?.(node.payload) ?? [];
  const expected =
    names.length === 0
      ? `none, since ${quote(node.type)} has no branches`
      : `one of ${names.map(quote).join(', ')}`;
  return Object.keys(node.branches)
    .filter((name) => !names.includes(name))
    .map((name) =>
      problem(
        'unknown_branch',
        pointerTo('nodes', id, 'branches', name),
        `branch name: expected ${expected}; came ${quote(name)}`,
      ),
    );
}

function checkEdge({ definition, rootId, loopOf }: DefinitionGraph, edge: Edge): Problem[] {
  if (!nodeOf(definition, edge.to)) {
    return [
      problem(
        'unknown_node',
        edge.pointer,
        `expected the id of a node; came ${quote(edge.to)}, which does not exist`,
      ),
    ];
  }
  if (edge.to === rootId) {
    return [
      problem(
        'edge_to_trigger',
        edge.pointer,
        `expected a node after the trigger; came the trigger ${quote(edge.to)}`,
      ),
    ];
  }
  const [from, to] = [loopOf.get(edge.from), loopOf.get(edge.to)];
  if (from === to) return [];
  const place = (loop: string | undefined) =>
    loop === undefined ? 'outside loops' : `in the body of ${quote(loop)}`;
  return [
    problem(
      'edge_across_loop',
      edge.pointer,
      `expected an edge within one body; ${quote(edge.from)} is ${place(from)}, ${quote(edge.to)} is ${place(to)}`,
    ),
  ];
}

function checkDuplicates(edges: Edge[]): Problem[] {
  const seen = new Set<string>();
  return edges.flatMap((edge) => {
    const key = JSON.stringify([edge.kind, edge.branch, edge.to]);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      problem(
        'duplicate_edge',
        edge.pointer,
        `expected each node once in a list; came ${quote(edge.to)} again`,
      ),
    ];
  });
}

function checkBody(graph: DefinitionGraph, id: string, node: DefinitionNode): Problem[] {
  const seen = new Set<string>();
  const depth = loopsAround(graph, id).length + 1;
  const tooDeep =
    node.loopBody && depth > definitionLimits.loopDepth
      ? [
          problem(
            'loop_too_deep',
            pointerTo('nodes', id),
            `expected loops nested at most ${definitionLimits.loopDepth} deep; came depth ${depth}`,
          ),
        ]
      : [];
  const inner = (node.loopBody ?? []).flatMap((bodyId, index) => {
    const at = pointerTo('nodes', id, 'loopBody', index);
    const isAgain = seen.has(bodyId);
    seen.add(bodyId);
    if (isAgain)
      return [
        problem('duplicate_edge', at, `expected each node once in a list; came ${quote(bodyId)} again`),
      ];
    return checkBodyNode(graph, { loop: id, id: bodyId, at });
  });
  return [...tooDeep, ...inner];
}

function checkBodyNode(
  graph: DefinitionGraph,
  { loop, id, at }: { loop: string; id: string; at: string },
): Problem[] {
  if (!nodeOf(graph.definition, id)) {
    return [
      problem('unknown_node', at, `expected the id of a node; came ${quote(id)}, which does not exist`),
    ];
  }
  if (id === loop || loopsAround(graph, loop).includes(id)) {
    return [
      problem(
        'loop_in_itself',
        at,
        `${quote(id)} holds this loop; expected bodies that do not hold their own loop`,
      ),
    ];
  }
  const owner = graph.loopOf.get(id);
  if (owner !== undefined && owner !== loop) {
    return [
      problem(
        'node_in_two_loops',
        at,
        `${quote(id)} is already in the body of ${quote(owner)}; expected it in one body`,
      ),
    ];
  }
  return [];
}
