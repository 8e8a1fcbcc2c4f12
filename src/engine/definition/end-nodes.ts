/** Which nodes' results are the output of a run, or of an iteration, that has no `output` node. */
import { nodeOf } from './definition.ts';
import type { Definition } from './definition.ts';
import { nodeType } from '../node-types/registry.ts';

/**
 * Picks the end nodes among the nodes that succeeded in one scope, in the given order: not branching, and no outgoing
 * edge taken. A node that succeeds takes all its `children`, so an end node has none.
 */
export function endNodes(definition: Definition, succeededIds: readonly string[]): string[] {
  return succeededIds.filter((id) => {
    const node = nodeOf(definition, id);
    if (!node || node.children.length > 0) return false;
    return !nodeType(node.type)?.alwaysBranches && Object.keys(node.branches).length === 0;
  });
}
