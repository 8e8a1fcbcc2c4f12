/** The normalised workflow definition: the one form that everything after saving reads. It is accepted as input again. */
import type { Join } from './graph.ts';
import type { FlowSettings } from '../flow/flow-settings.ts';
import type { JsonObject } from '../json/json.ts';

/** The retry policy as the user gave it; `effective-node.ts` adds the defaults. Times in milliseconds. */
export interface RetrySettings {
  maxAttempts?: number;
  initialIntervalMs?: number;
  backoff?: number;
  maxIntervalMs?: number;
  /** 0–1: how far an interval may be off, in both directions. */
  jitter?: number;
  /** Error types or HTTP statuses that are retried, in place of the default list. */
  retryOn?: (string | number)[];
  /** Error types or HTTP statuses that are not retried. */
  noRetryOn?: (string | number)[];
}

/** One node. Edge lists hold node ids and are always present, empty when there are none. */
export interface DefinitionNode {
  /** A node type, or a trigger type on the root. */
  type: string;
  payload: JsonObject;
  children: string[];
  branches: Record<string, string[]>;
  onError: string[];
  continueOnError: boolean;
  join: Join;
  /** Ids of all body nodes; only on loops. */
  loopBody?: string[];
  retry?: RetrySettings;
  /** Bound of one attempt. */
  timeoutMs?: number;
  /** Bound over all attempts. */
  deadlineMs?: number;
  /** Name of a stored credential. */
  credential?: string;
  title?: string;
  description?: string;
}

/** Which workflow a failure starts. */
export interface FailureSettings {
  workflowId: string;
  /** Statuses of runs, or error types, that count; absent: the status `failure`. */
  when?: string[];
}

/** Settings of a definition, with defaults filled in. */
export interface DefinitionSettings {
  onNodeFailure: 'cancel' | 'drain';
  /** A missing path in an expression fails the node. */
  strict: boolean;
  /** Bound of the whole run; absent: none. */
  timeoutMs?: number;
  /** What a failed run starts; absent: what the organization says. */
  onFailure?: FailureSettings;
  /** When runs may start. */
  flow?: FlowSettings;
}

/** A whole definition. Exactly one node, the root, has a trigger type. */
export interface Definition {
  nodes: Record<string, DefinitionNode>;
  settings: DefinitionSettings;
  /** B3OS's list of triggers: the one that there is. */
  triggerNodeIds?: string[];
  /** What the input of a run must be; that of the trigger's payload when it is not given here. */
  inputSchema?: JsonObject;
  /** Values of `$props`. */
  props?: JsonObject;
  /** Values of `$vars`. */
  vars?: JsonObject;
}

/** Bounds of a definition. Source: the definition page, limits. */
export const definitionLimits = {
  /** The trigger does not count. */
  nodes: 1_000,
  sizeBytes: 1024 * 1024,
  loopDepth: 10,
  /** Deepest nesting of any JSON that comes in. */
  jsonDepth: 200,
} as const;

/** Longest attempt of a node that holds a worker: its Activity is never kept for longer. */
export const maxAttemptMs = 24 * 60 * 60 * 1000;

/** Ids that would reach into JavaScript's own objects; also refused as branch names. */
export const forbiddenIds: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Words of the expressions' language, which would be read as what they mean there. */
export const languageWords: readonly string[] = ['true', 'false', 'null', 'and', 'or', 'in'];

/** Whether a text may be a node id. */
export function isNodeId(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(text) && ![...forbiddenIds, ...languageWords].includes(text);
}

/** Reads a node by id; never finds what every object inherits, such as `toString`. */
export function nodeOf(definition: Definition, id: string): DefinitionNode | undefined {
  return Object.hasOwn(definition.nodes, id) ? definition.nodes[id] : undefined;
}

/** The JSON Schema that the input of a run must fit; `undefined` when there is none. */
export function inputSchemaOf({ inputSchema, nodes }: Definition): JsonObject | undefined {
  if (inputSchema !== undefined) return inputSchema;
  const given = Object.values(nodes).find(({ payload }) => payload['inputSchema'] !== undefined);
  return given?.payload['inputSchema'] as JsonObject | undefined;
}

/** One edge, with its place in the definition. */
export interface Edge {
  from: string;
  to: string;
  kind: 'child' | 'branch' | 'error';
  /** Name of the branch; only for `kind: 'branch'`. */
  branch?: string;
  /** RFC 6901 pointer in the normalised definition. */
  pointer: string;
}

/** Returns the RFC 6901 pointer of a path of keys and indexes. */
export function pointerTo(...parts: (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Returns the edges that leave a node: children, then branches in order, then `onError`. */
export function edgesFrom(id: string, node: DefinitionNode): Edge[] {
  const at = (list: string[], kind: Edge['kind'], ...place: string[]): Edge[] =>
    list.map((to, index) => ({ from: id, to, kind, pointer: pointerTo('nodes', id, ...place, index) }));
  return [
    ...at(node.children, 'child', 'children'),
    ...Object.entries(node.branches).flatMap(([branch, list]) =>
      at(list, 'branch', 'branches', branch).map((edge) => ({ ...edge, branch })),
    ),
    ...at(node.onError, 'error', 'onError'),
  ];
}
