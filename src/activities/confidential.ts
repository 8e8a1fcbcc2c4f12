/** Resolves payloads that name secrets or resume links, and keeps them out of everything that is recorded. */
import type { Definition } from '../engine/definition/definition.ts';
import type { Json, JsonObject } from '../engine/json/json.ts';
import type { NodeCall } from '../engine/log/node-call.ts';
import { nodeType } from '../engine/node-types/registry.ts';
import { iterationsOf } from '../engine/log/path.ts';
import { decoyOf, redacted } from '../expressions/parse/confidential.ts';
import type { Bindings, ResolveOptions } from '../expressions/evaluate/evaluator.ts';
import type { Reference } from '../expressions/parse/template.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { NodeFailure } from './node-code.ts';
import { createRedactor } from './redactor.ts';
import type { Redactor } from './redactor.ts';

/** A payload, what of it may be recorded, and what hides the rest. */
export interface ResolvedPayload {
  payload: JsonObject;
  shown: JsonObject;
  redactor: Redactor;
}

/** What is to be resolved: a node's payload, with the values that its expressions read. */
export interface Resolving {
  call: NodeCall;
  definition: Definition;
  payload: JsonObject;
  references: readonly Reference[];
  bindings: Bindings;
  options: ResolveOptions;
}

/** Resolves a payload. @throws NodeFailure invalid_input for a secret that is not stored, ExpressionError */
export async function resolvePayload(
  deps: Pick<ActivityDependencies, 'store' | 'evaluator' | 'resumeLinks'>,
  given: Resolving,
): Promise<ResolvedPayload> {
  const { call, definition, payload, bindings, options } = given;
  const names = namesOf(given, 'secrets');
  const waits = namesOf(given, 'resumeUrl');
  if (names.length + waits.length === 0) {
    const resolved = (await deps.evaluator.resolve(payload, bindings, options)) as JsonObject;
    return hideWriteOnly(call.nodeType, { payload: resolved, shown: resolved, secrets: [] });
  }
  const secrets = await openSecrets(deps, call, names);
  const resumeUrl = (id: string) =>
    deps.resumeLinks.urlOf({ runId: call.runId, path: pathOfWait(definition, call.path, id) });
  const decoys = Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, decoyOf(value)]));
  const resolved = await deps.evaluator.resolveConfidential(
    payload,
    { ...bindings, secrets, resumeUrl },
    { ...options, decoys: { ...bindings, secrets: decoys, resumeUrl: (id) => decoyOf(resumeUrl(id)) } },
  );
  const links = waits.map(resumeUrl).flatMap((url) => [url, url.slice(url.lastIndexOf('/') + 1)]);
  return hideWriteOnly(call.nodeType, {
    payload: resolved.payload as JsonObject,
    shown: resolved.shown as JsonObject,
    secrets: [...Object.values(secrets), ...links, ...resolved.secrets],
  });
}

function namesOf({ references }: Resolving, kind: 'secrets' | 'resumeUrl'): string[] {
  return [
    ...new Set(references.flatMap((one) => (one.kind === kind && one.name !== undefined ? [one.name] : []))),
  ];
}

async function openSecrets(
  { store }: Pick<ActivityDependencies, 'store'>,
  { organizationId }: NodeCall,
  names: readonly string[],
): Promise<Record<string, string>> {
  if (names.length === 0) return {};
  const known = await store.secrets(organizationId, names);
  const missing = names.find((name) => !known.has(name));
  if (missing === undefined) return Object.fromEntries(known);
  const message = `$secrets.${missing}: no credential of this name is stored`;
  throw new NodeFailure({ type: 'invalid_input', message, retryable: false });
}

/** Fields such as a signing secret are hidden also when they are written out. */
function hideWriteOnly(
  type: string,
  given: { payload: JsonObject; shown: JsonObject; secrets: string[] },
): ResolvedPayload {
  const { payload, shown, secrets } = given;
  const hidden = (nodeType(type)?.writeOnlyFields ?? []).filter(
    (field) => typeof payload[field] === 'string',
  );
  const redactor = createRedactor([...secrets, ...hidden.map((field) => String(payload[field]))]);
  const masked = { ...shown, ...Object.fromEntries(hidden.map((field) => [field, redacted])) };
  return { payload, shown: redactor.json(masked as Json) as JsonObject, redactor };
}

/** Path of a wait as a node sees it: in its own iteration of every loop that is around both. */
function pathOfWait(definition: Definition, path: string, waitId: string): string {
  const [loop] =
    Object.entries(definition.nodes).find(([, { loopBody }]) => loopBody?.includes(waitId)) ?? [];
  const around = iterationsOf(path).find(({ loopId }) => loopId === loop);
  return `${around?.prefix ?? ''}${waitId}`;
}
