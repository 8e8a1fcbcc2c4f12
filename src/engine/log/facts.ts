/**
 * Facts: what code reports to the recorder. The recorder turns each into no, one or several events, depending on what
 * is recorded already (`record-fact.ts`). Facts are JSON, so they can travel in Temporal headers.
 */
import type { Json, JsonObject } from '../json/json.ts';
import type { EventType } from './event-catalog.ts';

/** An error inside an event or a record. Messages never hold a secret. */
export interface RunError {
  type: string;
  message: string;
  retryable?: boolean;
  /** HTTP status, for `http_status`. */
  status?: number;
  details?: JsonObject;
}

/** Who answered a wait, by a link or the API. */
export interface AnsweredBy {
  /** When the answer came, ISO 8601; a link may be used before its wait begins. */
  at: string;
  /** The name that was given. */
  name?: string;
  address?: string;
  apiKeyId?: string;
}

/** Which execution a fact is about. */
export interface NodeRef {
  /** `post`, `each[3]/post`. */
  path: string;
  nodeId: string;
  nodeType: string;
}

/** Returns which execution it is about, and no more of what is given. */
export function nodeRefOf({ path, nodeId, nodeType }: NodeRef): NodeRef {
  return { path, nodeId, nodeType };
}

/** A value as it is recorded: canonical JSON text, or a reference to a payload when it is larger than 64 KiB. */
export type RecordedValue = { json: string } | { ref: string; bytes: number };

/** What an attempt came to. */
export type AttemptOutcome =
  | { status: 'success' | 'partial'; result: RecordedValue; branch?: string; input?: RecordedValue }
  | {
      status: 'failure';
      error: RunError;
      input?: RecordedValue;
      /** Milliseconds until the next attempt; absent: the failure is final. */
      retryInMs?: number;
      /** The time of its node is over: this ends nothing that was resumed before. */
      isOverdue?: true;
    }
  | { status: 'cancelled'; reason: string };

/** How a run ends. */
export interface RunEnd {
  status: 'success' | 'partial' | 'failure' | 'cancelled';
  output?: RecordedValue;
  error?: RunError;
  reason?: string;
  source?: string;
  /** The run that this end starts, and its workflow. */
  failureRunId?: string;
  failureWorkflowId?: string;
}

/** The end that an outcome brings; it stands unless the log goes past sequence `after`: then somebody knows more. */
export type EndByOutcome = RunEnd & { after: number };

/** `at`: ISO 8601, when it happened. */
export type Fact =
  /** Anything that needs no decision. `key` makes the event's id. */
  | {
      kind: 'event';
      key: string;
      type: EventType;
      at: string;
      node?: NodeRef;
      data: JsonObject;
      values?: Record<string, RecordedValue>;
    }
  /** An attempt begins. `key` names it (the same on every repetition of this report). */
  | { kind: 'attempt'; key: string; at: string; node: NodeRef }
  | {
      kind: 'outcome';
      key: string;
      at: string;
      node: NodeRef;
      outcome: AttemptOutcome;
      /** The run ends with this outcome, and only with this one. */
      end?: EndByOutcome;
    }
  /** The execution ends before its end, or never begins: `cancelled` if it is open, else `skipped`. */
  | { kind: 'end-node'; at: string; node: NodeRef; reason: string; source?: string }
  | ({ kind: 'end-run'; at: string } & RunEnd);

/** An event before it has its id and sequence. `values` are merged into `data`, by reference when large. */
export interface EventDraft {
  key: string;
  type: EventType;
  at: string;
  node?: NodeRef;
  data: JsonObject;
  values?: Record<string, RecordedValue>;
}

/** The value of `RecordedValue` as it stands in an event: itself, or `{ $ref, bytes }`. */
export function presentValue(value: RecordedValue): Json {
  return 'json' in value ? (JSON.parse(value.json) as Json) : { $ref: value.ref, bytes: value.bytes };
}
