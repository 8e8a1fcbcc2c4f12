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
import { setType } from './set.schema.ts';
import { switchType } from './switch.schema.ts';
import { triggerWorkflowType } from './trigger-workflow.schema.ts';
import { waitType } from './wait.schema.ts';

/** Every node type, in the order of the docs. */
export const nodeTypes: readonly NodeType[] = [
  ifType,
  switchType,
  setType,
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

/** Finds a node type; `undefined` when there is none of that name (trigger types are none). */
export function nodeType(name: string): NodeType | undefined {
  return byName.get(name);
}
