/** Compiles a valid definition into the graph that the workflow carries: no payload, no value, no secret. */
import type { Definition, DefinitionNode } from './definition.ts';
import { definitionGraph } from './definition-graph.ts';
import type { CompiledGraph, GraphNode } from './graph.ts';
import { nodeType } from '../node-types/registry.ts';

/**
 * Compiles a definition that `validateDefinition` found without errors.
 * @throws TypeError for one without a trigger or with an unknown node type
 */
export function compileGraph(definition: Definition): CompiledGraph {
  const { rootId, loopOf } = definitionGraph(definition);
  const root = rootId === undefined ? undefined : definition.nodes[rootId];
  if (!root) throw new TypeError('the definition has no trigger');
  const { onNodeFailure, timeoutMs } = definition.settings;
  return {
    formatVersion: 1,
    roots: root.children,
    nodes: Object.entries(definition.nodes)
      .filter(([id]) => id !== rootId)
      .map(([id, node]) => compileNode(id, node, loopOf.get(id))),
    onNodeFailure,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

function compileNode(id: string, node: DefinitionNode, loop: string | undefined): GraphNode {
  const type = nodeType(node.type);
  if (!type) throw new TypeError(`node ${id} has the unknown type ${node.type}`);
  return {
    id,
    type: node.type,
    mode: type.mode,
    join: node.join,
    children: node.children,
    branches: node.branches,
    onError: node.onError,
    continueOnError: node.continueOnError,
    ...(loop === undefined ? {} : { loop }),
    ...(node.loopBody === undefined ? {} : { body: node.loopBody }),
  };
}
