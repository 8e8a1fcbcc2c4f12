/** The values that expressions can read, and how each expression gets only those it names. */
import type { Json } from '../../engine/json/json.ts';
import type { Use } from '../parse/find-uses.ts';
import type { Environment } from '../parse/plain-path.ts';

/** What a node came to. */
export interface NodeBinding {
  result?: Json;
  error?: Json;
  status?: string;
}

/** The values of the variables. What is absent is a missing value. */
export interface Bindings {
  trigger?: Json;
  /** By node id. `root` means the trigger, unless it is given here. */
  nodes?: Record<string, NodeBinding>;
  item?: Json;
  index?: number;
  parent_item?: Json;
  parent_index?: number;
  /** By loop id. */
  for?: Record<string, { item?: Json; index?: number }>;
  inputs?: Json;
  props?: Json;
  vars?: Json;
  /** The organization's variables that are named. */
  variables?: Record<string, Json>;
  workflow?: { id: string; version: number | string };
  /** `startedAt` in ISO 8601. */
  run?: { id: string; startedAt: string };
  secrets?: Record<string, string>;
  /** In the filter and the transform of a hook endpoint. */
  event?: Json;
  /** Returns the resume link of a wait. */
  resumeUrl?: (nodeId: string) => string;
}

/** Puts the variables into the form that expressions read. */
export function environmentOf(bindings: Bindings): Environment {
  const { resumeUrl: _, nodes, trigger, workflow, ...others } = bindings;
  const root: Json = { status: 'success', ...(trigger === undefined ? {} : { result: trigger }) };
  return {
    ...(others as Record<string, Json | undefined>),
    ...(trigger === undefined ? {} : { trigger }),
    ...(workflow === undefined ? {} : { workflow, workflowId: workflow.id }),
    nodes: { ...(trigger === undefined ? {} : { root }), ...(nodes as Record<string, Json> | undefined) },
  };
}

/** The values that an expression reads, with their places: the variable, then names. */
export interface Read {
  path: string[];
  value: Json;
}

/** Returns the least that gives every use its value; what another read already holds is left out. */
export function readsOf(uses: readonly Use[], environment: Environment): Read[] {
  const reads = uses.flatMap((use) => readOf(use, environment)).sort((a, b) => a.path.length - b.path.length);
  const kept: Read[] = [];
  for (const read of reads) if (!kept.some(({ path }) => holds(path, read.path))) kept.push(read);
  return kept;
}

function holds(outer: readonly string[], path: readonly string[]): boolean {
  return outer.every((name, index) => name === path[index]);
}

/** Walks as far as objects go: an array is read as a whole, since JSONata maps over it. */
function readOf({ variable, path }: Use, environment: Environment): Read[] {
  let value = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
  const walked = [variable];
  for (const name of path) {
    if (value === undefined || Array.isArray(value)) break;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
    value = value[name];
    walked.push(name);
  }
  return value === undefined ? [] : [{ path: walked, value }];
}
