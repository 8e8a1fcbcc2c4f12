/** The messages between the workflow and its Activities. They hold ids, states and bounds, never a user's value. */
import type { Fact, NodeRef, RunEnd, RunError } from './facts.ts';
import type { RunStatus } from './event-catalog.ts';

/** Header in which an Activity carries facts that no Activity sees. */
export const factsHeader = 'hookloom-facts';

/** The argument of every node's Activity. */
export interface NodeCall extends NodeRef {
  runId: string;
  organizationId: string;
  versionId: string;
  /** Whether the code has no effect outside: then start and outcome go into one append. */
  pure: boolean;
  /** Of an attempt whose process was lost before its code ran: its key. */
  left?: { unbegun?: string };
  /** How the run ends when the node succeeds: nothing else of it is unfinished. */
  ends?: SuccessfulEnd;
}

/** How a run ends in which no failure was left unhandled. */
export type SuccessfulEnd = Extract<RunEnd['status'], 'success' | 'partial'>;

/** From when to when a Local Activity ran, epoch milliseconds of its process. */
export interface RanSpan {
  from: number;
  to: number;
}

/** The answer of every node's Activity, and the first detail of its failure. */
export interface NodeSummary {
  status:
    | 'success'
    | 'partial'
    | 'failure'
    | 'cancelled'
    | 'skipped'
    | 'waiting'
    | 'retrying'
    | 'opened'
    | 'checked'
    | 'overdue'
    | 'slow';
  branch?: string;
  errorType?: string;
  /** Milliseconds until the next attempt (`retrying`) or until the delay ends (`waiting`). */
  inMs?: number;
  /** Milliseconds until a wait is to be called to mind (`waiting`). */
  remindInMs?: number;
  /** Bounds of a loop (`opened`); `itemCount` is absent for `repeat`. */
  loop?: { itemCount?: number; maxConcurrency: number; toleratedFailures: number };
  /** Milliseconds until `timeoutMs` or `deadlineMs` of the node end what waits or has opened, when that is sooner. */
  leftMs?: number;
  /** Answer to a `repeat`'s condition (`checked`). */
  check?: { holds: boolean; limitReached: boolean };
  /** Set when the run's log has ended: the workflow has nothing more to do. */
  runEnded?: RunStatus;
  /** At most 256 bytes of the result, for the Temporal UI. */
  preview?: string;
  /** Of a Local Activity. */
  ran?: RanSpan;
  /** Task Queue of the process in which the work goes on (`slow`); absent: it has not begun, or nobody knows of it. */
  taskQueue?: string;
  /** Of work whose process was lost before its code ran: the key of its attempt. */
  left?: { unbegun?: string };
}

/** Argument of the Activity `take-over`, with which a retried run begins. */
export interface TakeOverCall {
  runId: string;
  /** Id of the run before. */
  rerunOf: string;
  organizationId: string;
  versionId: string;
}

/** Argument of the Local Activity `record`. */
export interface RecordCall {
  runId: string;
  facts: Fact[];
}

/** Answer of `record`: the recorded state of each path that a fact is about. */
export interface RecordAnswer {
  nodes: Record<string, NodeSummary>;
  runEnded?: RunStatus;
  ran?: RanSpan;
}

/** Argument of the Local Activity `finish-wait`. */
export interface FinishWaitCall extends NodeCall {
  /**
   * `resumed`: a signal says so, and the log decides; `timed_out`: its time is over, `overdue`: that of its node is,
   * unless the log says otherwise.
   */
  outcome: 'timed_out' | 'resumed' | 'overdue';
}

/** Argument of the Local Activity `check-loop`: the condition of a pass that is to come. */
export interface CheckLoopCall extends NodeCall {
  index: number;
}

/** Why a loop ends before its iterations have. */
export type LoopError = 'loop_failed' | 'loop_limit' | 'timeout';

/** Argument of the Local Activity `close-loop`. */
export interface CloseLoopCall extends NodeCall {
  error?: LoopError;
  /** Iterations begun. */
  started: number;
  succeeded: number;
  /** Path of the node that failed, per failed iteration. */
  failedPaths: string[];
}

/** Argument of the Local Activity `close-run`. */
export interface CloseRunCall {
  runId: string;
  organizationId: string;
  versionId: string;
  status: RunEnd['status'];
  at: string;
  /** Facts that nothing has carried yet; they stand before the end. */
  facts: Fact[];
  /** Nodes without a final state. */
  open: NodeRef[];
  /** Path of the node whose failure ended the run. */
  failedPath?: string;
  error?: RunError;
  reason?: string;
}

/** Answer of `close-run`: the recorded end, which the workflow adopts. */
export interface CloseRunAnswer {
  status: RunStatus;
  error?: RunError;
}
