/** The body of every node's Activity: resolves the payload and runs the node type's code. */
import type { JsonObject } from '../engine/json.ts';
import type { NodeCall } from '../engine/node-call.ts';
import { parseTemplate } from '../expressions/template.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { loadBindings } from './load-bindings.ts';
import type { Attempt, NodeCode, NodeOutput } from './node-code.ts';

/** Creates the Activity of a node type. It is called by the recorder, which adds the attempt. `rawFields` stay unresolved. */
export function createNodeActivity(
  code: NodeCode,
  deps: ActivityDependencies,
  rawFields: readonly string[] = [],
): (call: NodeCall, attempt: Attempt) => Promise<NodeOutput> {
  const isRaw = (pointer: string) =>
    rawFields.some((field) => pointer === `/${field}` || pointer.startsWith(`/${field}/`));
  return async (call, attempt) => {
    const definition = await deps.store.definition(call.versionId);
    const node = definition.nodes[call.nodeId];
    if (!node) throw new Error(`version ${call.versionId} has no node ${call.nodeId}`);
    const { template } = parseTemplate(node.payload);
    const references = template.references.filter(({ pointer }) => !isRaw(pointer));
    const bindings = await loadBindings(deps, { runId: call.runId, path: call.path, definition }, references);
    const options = { now: attempt.startedAt, strict: definition.settings.strict, skip: isRaw };
    const payload = template.constant
      ? node.payload
      : await deps.evaluator.resolve(node.payload, bindings, options);
    const result = await code({ call, attempt, payload: payload as JsonObject });
    return { result, input: payload };
  };
}
