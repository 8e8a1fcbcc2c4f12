/** What a node type declares. One file per type beside this one, one line each in `registry.ts`. */
import { z } from 'zod';
import type { NodeMode } from '../definition/graph.ts';
import type { JsonObject } from '../json/json.ts';

/** The declaration of a node type. */
export interface NodeType {
  type: string;
  /** For people. */
  title: string;
  description: string;
  /** How the interpreter carries it out. */
  mode: NodeMode;
  /** Talks over the network: three attempts by default instead of one. */
  network: boolean;
  /** A failed attempt may be followed by another, where `retry` asks for it. */
  retries: boolean;
  /** Names of the branches a payload gives; absent: the type has no branches. */
  branchesOf?: (payload: JsonObject) => string[];
  /** Always selects a branch, so its result is never part of the run's output. */
  alwaysBranches: boolean;
  /** `false`: an attempt lost with its worker fails the node instead of running again. */
  rerunAfterLoss: boolean;
  /** Payload fields that may name secrets: what comes of these is recorded as `[redacted]`. */
  secretFields: readonly string[];
  /** Payload fields that are secrets themselves, also when they are written out. */
  writeOnlyFields: readonly string[];
  /** Payload fields whose expressions the node evaluates itself, once per item or pass. */
  itemFields: readonly string[];
  /** Payload fields that are never expressions: braces in them are text. */
  plainFields: readonly string[];
  /** Payload fields that take a list, also where an expression gives one value or nothing. */
  listFields: readonly string[];
  /** Payload fields that are conditions; `*` stands for every place of a list. */
  conditionFields: readonly string[];
  /** Payload fields in which `{{@name}}` is the item's field of that name, as B3OS writes it. */
  placeholderFields: readonly string[];
  /** Other names of payload fields, as B3OS writes them. */
  aliases: Readonly<Record<string, string>>;
  /** The payload as saved: any field may hold an expression. */
  payload: z.ZodType;
  /** What the result looks like, for people. */
  result: string;
}

type Declared = Pick<NodeType, 'type' | 'title' | 'description' | 'mode' | 'payload' | 'result'> &
  Partial<NodeType>;

/** Fills in what most types share. */
export function declareNodeType(declared: Declared): NodeType {
  return {
    network: false,
    retries: true,
    alwaysBranches: false,
    rerunAfterLoss: true,
    secretFields: [],
    writeOnlyFields: [],
    itemFields: [],
    plainFields: [],
    listFields: [],
    conditionFields: [],
    placeholderFields: [],
    aliases: {},
    ...declared,
  };
}

/** What a trigger type declares. */
export interface TriggerType {
  type: string;
  title: string;
  description: string;
  payload: z.ZodType;
}

/** Returns the JSON Schema (draft 2020-12) of a payload. */
export function payloadJsonSchema(type: { payload: z.ZodType }): JsonObject {
  return z.toJSONSchema(type.payload) as JsonObject;
}
