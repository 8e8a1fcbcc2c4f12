/** What the code of a node type gets and gives. One file per node type in `nodes/`, one line each in `nodes/registry.ts`. */
import type { RunError } from '../engine/log/facts.ts';
import type { Json, JsonObject } from '../engine/json/json.ts';
import type { NewRun } from '../store/starts/accept-run.ts';
import type { NodeCall } from '../engine/log/node-call.ts';

/** One attempt, as the recorder began it. */
export interface Attempt {
  /** Number of the attempt: 1, 2, … */
  number: number;
  /** The same, attempts lost with their worker not counted. */
  counted: number;
  startedAt: Date;
  /** Id of the execution: the same for every attempt. */
  executionId: string;
  /** The idempotency key towards the outside: the execution's id, or that of the execution that it repeats. */
  idempotencyKey: string;
  /** Aborted when the attempt times out or is cancelled, with the reason. */
  signal: AbortSignal;
  log: NodeLog;
  /** Records what stands before the attempt, where that waits for its outcome; absent: it is recorded. */
  recordCarried?: () => Promise<void>;
}

/** How far an attempt is; `done` of `total`. */
export interface Progress {
  done?: number;
  total?: number;
  message?: string;
}

/** Lines and progress that people see in the streams while the attempt runs. */
export interface NodeLog {
  debug(message: string, fields?: JsonObject): void;
  info(message: string, fields?: JsonObject): void;
  warn(message: string, fields?: JsonObject): void;
  error(message: string, fields?: JsonObject): void;
  progress(step: Progress): void;
  /** Counts lines that never came here, as those that are too many. */
  leaveOut(lines: number): void;
}

/** Everything a node's code may use. */
export interface NodeContext {
  call: NodeCall;
  attempt: Attempt;
  /** The payload as it stands in the definition. */
  saved: JsonObject;
  /** The payload with its expressions resolved, but for the raw fields of its type. */
  payload: JsonObject;
  /** Resolves a field of the payload once per item, which its expressions see as `$item` and `$index`. */
  resolveForItems(field: string, items: readonly Json[]): Promise<Json[]>;
  /** Takes the secrets of this attempt out of a text that leaves it by another way than its result, error or log. */
  redact(text: string): string;
}

/** What a node's code comes to: a value, a wait that begins, or a loop that opens. */
export type NodeResult =
  { value: Json; branch?: string } | { wait: WaitBegun } | { loop: LoopBounds } | { child: ChildBegun };

/** A wait or delay that begins. `key`: what a webhook of the workflow may resume it by. */
export interface WaitBegun {
  until?: Date;
  remindAt?: Date;
  key?: string;
}

/** A run that begins together with the node's record. */
export interface ChildBegun {
  run: NewRun;
  /** Whether the node waits for its end. */
  isAwaited: boolean;
}

/** The bounds of a loop that opens; without `itemCount` it goes on while its condition holds. */
export interface LoopBounds {
  itemCount?: number;
  maxConcurrency: number;
  toleratedFailures: number;
}

/** The code of a node type. @throws NodeFailure when the node fails; anything else that is thrown is a bug */
export type NodeCode = (context: NodeContext) => NodeResult | Promise<NodeResult>;

/** A failure of a node, as it is recorded. */
export class NodeFailure extends Error {
  readonly error: RunError;
  /** What a peer asked for by `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(error: RunError, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(error.message, { cause: options.cause });
    this.name = 'NodeFailure';
    this.error = error;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What a node's Activity gives to the recorder, which keeps the values and answers Temporal with states only. */
export interface NodeOutput {
  result: NodeResult;
  /** The resolved payload, without what must not be recorded. */
  input?: Json;
}
