/** The body of every node's Activity: resolves the payload and runs the node type's code. */
import type { Json, JsonObject } from '../engine/json/json.ts';
import type { NodeCall } from '../engine/log/node-call.ts';
import { isUnresolved, mayBeMissing, nodeType } from '../engine/node-types/registry.ts';
import { parseTemplate } from '../expressions/parse/template.ts';
import type { Template } from '../expressions/parse/template.ts';
import type { ResolveOptions } from '../expressions/evaluate/evaluator.ts';
import { totalSize } from '../expressions/evaluate/total-size.ts';
import { resolvePayload } from './confidential.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Bindings } from '../expressions/evaluate/bindings.ts';
import { loadBindings } from './load-bindings.ts';
import type { Place } from './load-bindings.ts';
import { NodeFailure } from './node-code.ts';
import type { Attempt, NodeCode, NodeOutput } from './node-code.ts';
import { redactError, redactLog, redactResult } from './redact-output.ts';

/** Creates the Activity of a node type. It is called by the recorder, which adds the attempt. */
export function createNodeActivity(
  type: string,
  code: NodeCode,
  deps: ActivityDependencies,
): (call: NodeCall, attempt: Attempt) => Promise<NodeOutput> {
  const declared = nodeType(type);
  if (!declared) throw new TypeError(`there is no node type ${type}`);
  const isRaw = (pointer: string) => isUnresolved(declared, pointer);
  const lists = (pointer: string) => declared.listFields.includes(pointer.slice(1));
  const lenient = (pointer: string) => mayBeMissing(declared, pointer);
  return async (call, attempt) => {
    const definition = await deps.store.definition(call.versionId);
    const node = definition.nodes[call.nodeId];
    if (!node) throw new Error(`version ${call.versionId} has no node ${call.nodeId}`);
    const template = templateOf(node.payload);
    const references = template.references.filter(({ pointer }) => !isRaw(pointer));
    const { recordCarried } = attempt;
    const place: Place = { ...call, definition, ...(recordCarried ? { recordCarried } : {}) };
    const bindings = await loadBindings(deps, place, references);
    const { strict } = definition.settings;
    // Workflows take turns: one whose expressions are slow delays itself.
    const turn = { owner: call.versionId, signal: attempt.signal };
    const options = { now: attempt.startedAt, strict, skip: isRaw, lenient, lists, ...turn };
    const { payload } = node;
    const resolving = { call, definition, payload, references, bindings, options };
    const { payload: resolved, shown, redactor } = await resolvePayload(deps, resolving);
    const resolveForItems = (field: string, items: readonly Json[]) => {
      const inField = (pointer: string) => lenient(`/${field}${pointer}`);
      const own = { ...options, lenient: inField, skip: () => false, lists: () => false };
      return resolveRaw(deps, { raw: payload[field] ?? null, items, place, options: own });
    };
    const own = { ...attempt, log: redactLog(redactor, attempt.log) };
    try {
      const redact = redactor.text;
      const result = await code({
        call,
        attempt: own,
        saved: payload,
        payload: resolved,
        resolveForItems,
        redact,
      });
      return { result: redactResult(redactor, result), input: withVariables(shown, bindings) };
    } catch (thrown) {
      throw redactError(redactor, thrown);
    }
  };
}

/** The variables that were read, beside what became of the payload. */
function withVariables(shown: JsonObject, { variables }: Bindings): JsonObject {
  return variables ? { ...shown, $variables: variables } : shown;
}

/** By payload: those of stored versions never change. */
const templates = new WeakMap<JsonObject, Template>();

function templateOf(payload: JsonObject): Template {
  const known = templates.get(payload) ?? parseTemplate(payload).template;
  templates.set(payload, known);
  return known;
}

/** Items that are evaluated side by side, and most bytes that the values of all may have: they are held at once. */
const itemsAtOnce = 50;
const maxItemsBytes = 64 * 1024 * 1024;

/** Evaluates a raw template for every item; one without expressions is the same for all. */
async function resolveRaw(
  deps: ActivityDependencies,
  given: { raw: Json; items: readonly Json[]; place: Place; options: ResolveOptions },
): Promise<Json[]> {
  const { raw, items, place, options } = given;
  const { template } = parseTemplate(raw);
  if (template.constant) return items.map(() => raw);
  const bindings = await loadBindings(deps, place, template.references);
  const results: Json[] = [];
  let leftBytes = maxItemsBytes;
  for (let from = 0; from < items.length; from += itemsAtOnce) {
    options.signal?.throwIfAborted();
    const some = items.slice(from, from + itemsAtOnce).map((item, index) => {
      const own = { ...bindings, item, index: from + index };
      return deps.evaluator.resolve(raw, own, options);
    });
    const values = await Promise.all(some);
    leftBytes -= totalSize(values, leftBytes);
    if (leftBytes < 0) throw tooLarge(from);
    results.push(...values);
  }
  return results;
}

function tooLarge(index: number): NodeFailure {
  const message = `the values for the items up to ${index + itemsAtOnce} have more than ${maxItemsBytes} bytes`;
  return new NodeFailure({ type: 'payload_too_large', message, retryable: false });
}
