import { edgesFrom } from '../../../src/engine/definition/definition.ts';
import type { Definition, Edge } from '../../../src/engine/definition/definition.ts';

/** A node as the graph shows it. */
export interface GraphNodeModel {
  id: string;
  type: string;
  title: string;
  /** The loop whose body it is in. */
  loop: string | undefined;
  isLoop: boolean;
  /** Where runs begin: it is no execution. */
  isTrigger: boolean;
}

/** An edge as the graph shows it: `label` is the branch, or `on error`. */
export interface GraphEdgeModel {
  id: string;
  from: string;
  to: string;
  kind: Edge['kind'];
  branch: string | undefined;
  label: string | undefined;
  /** It goes on after a failure too. */
  isAlsoAfterFailure: boolean;
}

/** What a graph is drawn from. */
export interface GraphModel {
  nodes: GraphNodeModel[];
  edges: GraphEdgeModel[];
}

/** Returns the graph of a definition. Edges to nodes that are not there are left out. */
export function graphOf(definition: Definition): GraphModel {
  const entries = Object.entries(definition.nodes);
  const loopOf = new Map<string, string>();
  for (const [id, node] of entries) for (const inner of node.loopBody ?? []) loopOf.set(inner, id);
  const reached = new Set(entries.flatMap(([id, node]) => edgesFrom(id, node).map(({ to }) => to)));
  const [trigger] = entries.find(([id]) => !reached.has(id) && !loopOf.has(id)) ?? [];
  const nodes = entries.map(([id, node]) => ({
    id,
    type: node.type,
    title: node.title ?? id,
    loop: loopOf.get(id),
    isLoop: (node.loopBody ?? []).length > 0,
    isTrigger: id === trigger,
  }));
  const edges = entries.flatMap(([id, node]) =>
    edgesFrom(id, node)
      .filter(({ to }) => Object.hasOwn(definition.nodes, to))
      .map(({ from, to, kind, branch, pointer }) => ({
        id: pointer,
        from,
        to,
        kind,
        branch,
        label: kind === 'error' ? 'on error' : branch,
        isAlsoAfterFailure: kind === 'child' && node.continueOnError,
      })),
  );
  return { nodes, edges };
}
