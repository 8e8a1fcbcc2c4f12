import { effectiveNode } from '../../engine/definition/effective-node.ts';
import type { NodeStore } from '../dependencies.ts';
import type { NodeRules } from './dependencies.ts';

/** Reads a node's rules from its version, with the defaults of its type filled in. */
export function rulesOf(
  store: Pick<NodeStore, 'definition'>,
): (versionId: string, nodeId: string) => Promise<NodeRules> {
  return async (versionId, nodeId) => effectiveNode(await store.definition(versionId), nodeId);
}
