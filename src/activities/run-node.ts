/** The body of every node's Activity: resolves the payload and runs the node type's code. */
import type { Json, JsonObject } from '../engine/json.ts';
import type { NodeCall } from '../engine/node-call.ts';
import { parseTemplate } from '../expressions/template.ts';
import type { Reference } from '../expressions/template.ts';
import type { Bindings } from '../expressions/evaluator.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Attempt, NodeCode, NodeOutput } from './node-code.ts';

/** Creates the Activity of a node type. It is called by the recorder, which adds the attempt. */
export function createNodeActivity(
  code: NodeCode,
  deps: ActivityDependencies,
): (call: NodeCall, attempt: Attempt) => Promise<NodeOutput> {
  return async (call, attempt) => {
    const definition = await deps.store.definition(call.versionId);
    const node = definition.nodes[call.nodeId];
    if (!node) throw new Error(`version ${call.versionId} has no node ${call.nodeId}`);
    const { template } = parseTemplate(node.payload);
    const bindings = template.constant ? {} : await loadBindings(deps, call, template.references);
    const options = { now: attempt.startedAt, strict: definition.settings.strict ?? false };
    const payload = template.constant
      ? node.payload
      : await deps.evaluator.resolve(node.payload, bindings, options);
    const result = await code({ call, attempt, payload: payload as JsonObject });
    return { result, input: payload };
  };
}

/** Loads just what the references name. */
async function loadBindings(
  deps: ActivityDependencies,
  call: NodeCall,
  references: readonly Reference[],
): Promise<Bindings> {
  const nodeIds = [
    ...new Set(references.flatMap((reference) => (reference.kind === 'node' ? [reference.nodeId] : []))),
  ];
  const needsRun = references.some((reference) => reference.kind !== 'node');
  const [run, nodes] = await Promise.all([
    needsRun ? deps.store.runValues(call.runId) : undefined,
    loadNodes(deps, call, nodeIds),
  ]);
  return { ...run, nodes };
}

/** A node is looked for in the iteration of the caller, then outwards. */
async function loadNodes(
  deps: ActivityDependencies,
  call: NodeCall,
  nodeIds: readonly string[],
): Promise<Record<string, { result?: Json; error?: Json; status?: string }>> {
  if (nodeIds.length === 0) return {};
  const scopes = scopesOf(call.path);
  const values = await deps.store.nodeValues(
    call.runId,
    nodeIds.flatMap((id) => scopes.map((scope) => scope + id)),
  );
  const found = nodeIds.flatMap((id) => {
    const path = scopes.map((scope) => scope + id).find((candidate) => values.has(candidate));
    const value = path === undefined ? undefined : values.get(path);
    return value ? [[id, value] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Path prefixes from the innermost scope outwards: `a[1]/b[2]/`, `a[1]/`, empty. */
function scopesOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => `${parts.slice(0, parts.length - index).join('/')}/`).concat('');
}
