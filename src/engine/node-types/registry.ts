/** The registry of node types: one line per type. Validation, the compiled graph, `/v1/node-types` and docs derive from it. */
import { codeTransformType } from './code-transform.schema.ts';
import { delayType } from './delay.schema.ts';
import { failType } from './fail.schema.ts';
import { filterType } from './filter.schema.ts';
import { forEachType } from './for-each.schema.ts';
import { formatType } from './format.schema.ts';
import { httpRequestType } from './http-request.schema.ts';
import { ifType } from './if.schema.ts';
import { logType } from './log.schema.ts';
import type { NodeType } from './node-type.schema.ts';
import { outputType } from './output.schema.ts';
import { pluckType } from './pluck.schema.ts';
import { regexType } from './regex.schema.ts';
import { repeatType } from './repeat.schema.ts';
import { sendWebhookType } from './send-webhook.schema.ts';
import { setVariableType } from './set-variable.schema.ts';
import { setType } from './set.schema.ts';
import { switchType } from './switch.schema.ts';
import { triggerWorkflowType } from './trigger-workflow.schema.ts';
import { waitType } from './wait.schema.ts';

/** Every node type, in the order of the docs. */
export const nodeTypes: readonly NodeType[] = [
  ifType,
  switchType,
  setType,
  setVariableType,
  filterType,
  pluckType,
  formatType,
  regexType,
  logType,
  forEachType,
  repeatType,
  delayType,
  waitType,
  httpRequestType,
  sendWebhookType,
  codeTransformType,
  triggerWorkflowType,
  outputType,
  failType,
];

const byName = new Map(nodeTypes.map((type) => [type.type, type]));

/** Whether a pointer below a type's payload lies in one of these fields. */
function isIn(fields: readonly string[], pointer: string): boolean {
  return fields.includes(pointer.split('/')[1] ?? '');
}

/** Whether a part of a payload is left as it is when the payload is resolved: the node evaluates it itself, or never. */
export function isUnresolved({ itemFields, plainFields }: NodeType, pointer: string): boolean {
  return isIn(itemFields, pointer) || isIn(plainFields, pointer);
}

/** Whether a part of a payload is evaluated once per item or pass. */
export function isPerItem({ itemFields }: NodeType, pointer: string): boolean {
  return isIn(itemFields, pointer);
}

/** Whether a part of a payload is text, whatever braces it holds. */
export function isPlain({ plainFields }: NodeType, pointer: string): boolean {
  return isIn(plainFields, pointer);
}

/** Whether a part of a payload is an operand of `$exists`, for which a missing value is an answer. */
export function mayBeMissing({ conditionFields }: NodeType, pointer: string): boolean {
  const isCondition = conditionFields.some((field) => pointer.startsWith(`/${field.split('/')[0] ?? ''}/`));
  return isCondition && /\/\$(?:exists|notExists)(?:\/|$)/.test(pointer);
}

/** Finds a node type; `undefined` when there is none of that name (trigger types are none). */
export function nodeType(name: string): NodeType | undefined {
  return byName.get(name);
}
