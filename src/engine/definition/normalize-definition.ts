/** Reduces what comes in, B3OS's form included, to the one normalised form. */
import { definitionLimits, forbiddenIds, isNodeId, languageWords, pointerTo } from './definition.ts';
import type { Definition, DefinitionNode } from './definition.ts';
import { describe, problem, quote } from './definition-problems.ts';
import type { Problem } from './definition-problems.ts';
import { rawNode, rawRest, schemaProblems } from './definition.schema.ts';
import type { RawNode, RawRest } from './definition.schema.ts';
import type { Join } from './graph.ts';
import { jsonDepthExceeds } from '../json/json-depth.ts';
import type { JsonObject } from '../json/json.ts';
import { normalizePayload } from './normalize-payload.ts';
import { moveChildrenToBranches } from '../scheduler/move-children.ts';
import { triggerType } from '../trigger-types/registry.ts';

/** The outcome of normalising. */
export interface Normalized {
  /** Absent when the input has no readable `nodes`; otherwise present even beside problems, without the bad fields. */
  definition?: Definition;
  problems: Problem[];
  /** Where what B3OS's form writes elsewhere stands in the input: normalised pointer to input pointer. */
  pointers: Map<string, string>;
}

/** Gives the normalised definition and every problem of form. Normalising what is normalised changes nothing. */
export function normalizeDefinition(input: unknown): Normalized {
  const fatal = fatalProblems(input);
  if (fatal.length > 0) return { problems: fatal, pointers: new Map() };
  const { nodes: given, ...others } = input as { nodes: Record<string, unknown> };
  const rest = read<RawRest>(rawRest, others, '');
  const problems: Problem[] = [...rest.problems];
  const raw = new Map<string, RawNode>();
  const pointers = new Map<string, string>();
  for (const [id, value] of Object.entries(given)) {
    if (!isNodeId(id)) problems.push(invalidId(id));
    if (forbiddenIds.includes(id)) continue;
    const node = readNode(id, value);
    const made = normalizePayload(id, node.value.type, (node.value.payload ?? {}) as JsonObject);
    problems.push(...node.problems, ...made.problems);
    for (const [to, from] of made.pointers) pointers.set(to, from);
    raw.set(id, { ...node.value, payload: made.payload });
  }
  const moved = moveChildrenToBranches(raw);
  const nodes = Object.fromEntries([...raw].map(([id, node]) => [id, normalizeNode(node)]));
  return {
    definition: withRest(nodes, rest.value),
    problems: [...problems, ...moved.problems],
    pointers: new Map([...pointers, ...moved.pointers]),
  };
}

function fatalProblems(input: unknown): Problem[] {
  if (!isObject(input)) {
    return [problem('invalid_json_value', '', `the definition: expected an object; came ${describe(input)}`)];
  }
  if (jsonDepthExceeds(input, definitionLimits.jsonDepth)) {
    return [
      problem('too_deep', '', `expected JSON nested at most ${definitionLimits.jsonDepth} deep; came deeper`),
    ];
  }
  const bytes = new TextEncoder().encode(JSON.stringify(input)).length;
  if (bytes > definitionLimits.sizeBytes) {
    return [problem('too_large', '', `expected at most ${definitionLimits.sizeBytes} bytes; came ${bytes}`)];
  }
  const nodes = input['nodes'];
  if (nodes === undefined) {
    return [problem('missing_field', '/nodes', 'nodes: expected an object of nodes by id; it is missing')];
  }
  if (!isObject(nodes)) {
    return [
      problem(
        'invalid_json_value',
        '/nodes',
        `nodes: expected an object of nodes by id; came ${describe(nodes)}`,
      ),
    ];
  }
  const count = Object.values(nodes).filter((node) => !isTrigger(node)).length;
  if (count <= definitionLimits.nodes) return [];
  return [
    problem('too_many_nodes', '/nodes', `expected at most ${definitionLimits.nodes} nodes; came ${count}`),
  ];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The trigger does not count: it is no execution. */
function isTrigger(node: unknown): boolean {
  return isObject(node) && typeof node['type'] === 'string' && triggerType(node['type']) !== undefined;
}

function invalidId(id: string): Problem {
  const rule =
    'a letter, then up to 63 letters, digits, "_" or "-", and none of ' +
    [...forbiddenIds, ...languageWords].join(', ');
  return problem('invalid_id', pointerTo('nodes', id), `node id: expected ${rule}; came ${quote(id)}`);
}

/** Shows what came in fields that never hold secrets. */
function show(value: unknown): string {
  return typeof value === 'string' ? quote(value) : describe(value);
}

/** Reads a node; `payload` stays exactly as it came. */
function readNode(id: string, value: unknown): { value: RawNode; problems: Problem[] } {
  const node = read<RawNode>(rawNode, value, pointerTo('nodes', id));
  node.problems.push(...lostBranches(id, value));
  const payload = isObject(value) ? value['payload'] : undefined;
  return { ...node, value: { ...node.value, payload: isObject(payload) ? payload : {} } };
}

/** The schema library drops a key `__proto__` without a word. */
function lostBranches(id: string, value: unknown): Problem[] {
  const branches = isObject(value) && isObject(value['branches']) ? value['branches'] : {};
  if (!Object.hasOwn(branches, '__proto__')) return [];
  const at = pointerTo('nodes', id, 'branches', '__proto__');
  return [problem('unknown_branch', at, 'branch name: expected a branch of the node type; came "__proto__"')];
}

/** Reads by a schema; fields with problems are left out, so that the rest can still be checked. */
function read<Value>(
  schema: typeof rawNode | typeof rawRest,
  value: unknown,
  base: string,
): { value: Value; problems: Problem[] } {
  const problems = schemaProblems(schema, value, base, show);
  if (problems.length === 0) return { value: schema.parse(value) as Value, problems };
  const bad = new Set(problems.map((one) => one.pointer.slice(base.length).split('/')[1]));
  const good = isObject(value)
    ? Object.entries(value).filter(([key]) => !bad.has(pointerTo(key).slice(1)))
    : [];
  const kept = schema.partial().safeParse(Object.fromEntries(good));
  return { value: { ...('type' in schema.shape ? { type: '' } : {}), ...kept.data } as Value, problems };
}

function normalizeNode(node: RawNode): DefinitionNode {
  const { type, payload, children, branches, onError, continueOnError, join } = node;
  const { loopBody, retry, timeoutMs, deadlineMs, credential, title, description } = node;
  return {
    type,
    payload: (payload ?? {}) as JsonObject,
    children: children ?? [],
    branches: branches ?? {},
    onError: onError ?? [],
    continueOnError: continueOnError ?? false,
    join: (join ?? 'settled') as Join,
    ...(defined({ loopBody, retry, timeoutMs, deadlineMs, credential, title, description }) as object),
  };
}

function withRest(nodes: Record<string, DefinitionNode>, rest: RawRest): Definition {
  const { settings, ...others } = rest;
  const { onNodeFailure, strict, ...bounds } = settings ?? {};
  return {
    nodes,
    settings: {
      onNodeFailure: onNodeFailure ?? 'cancel',
      strict: strict ?? false,
      ...(defined(bounds) as object),
    },
    ...(defined(others) as object),
  };
}

function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
