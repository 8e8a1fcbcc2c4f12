/**
 * The border between the pure scheduler and whoever carries its commands out. A *path* names an execution:
 * `post`, or inside loops `each[3]/post`, `outer[0]/inner[2]/post`.
 */

import type { LoopError, SuccessfulEnd } from '../log/node-call.ts';

/** Why a node was skipped. */
export type SkipReason = 'not_taken' | 'lost_race' | 'run_ended' | 'iteration_ended';

/** What has happened; given to `advance`. */
export type SchedulerInput =
  | { kind: 'begin' }
  /** A node's recorded outcome. `branch`: the selected branch of a branching node. */
  | {
      kind: 'finished';
      path: string;
      status: 'success' | 'partial' | 'failure' | 'cancelled' | 'skipped';
      branch?: string;
    }
  /** A wait or delay has begun (it counts as waiting until `finished`). */
  | { kind: 'waiting'; path: string }
  /** A `for-each` or `repeat` was evaluated: its bounds. `itemCount` is absent for `repeat`. */
  | {
      kind: 'loop-opened';
      path: string;
      itemCount?: number;
      maxConcurrency: number;
      toleratedFailures: number;
    }
  /** The condition of a `repeat` pass was evaluated. */
  | { kind: 'loop-condition'; path: string; holds: boolean; limitReached: boolean }
  /** The time of a loop is over: it ends as failed, with what runs of it. */
  | { kind: 'loop-overdue'; path: string }
  /** Nothing new starts until `release`: what is in flight may end before continue-as-new. */
  | { kind: 'hold' }
  | { kind: 'release' };

/** What is to be done, in this order. */
export type SchedulerCommand =
  /** Start the node: record `node.scheduled` and run its Activity (its opening Activity for loops). */
  /** `ends`: how the run ends when the node succeeds, for nothing else is unfinished. */
  | { kind: 'schedule'; path: string; nodeId: string; ends?: SuccessfulEnd }
  | { kind: 'skip'; path: string; nodeId: string; reason: SkipReason }
  /** End an unfinished execution: `cancelled` or `skipped` is the recorder's choice from the recorded state. */
  | { kind: 'end'; path: string; nodeId: string; reason: SkipReason }
  /** Evaluate the condition of the next `repeat` pass. */
  | { kind: 'check-loop'; path: string; nodeId: string; index: number }
  /** All iterations are over: collect and record the loop's outcome. `error` is set when the loop failed. */
  | {
      kind: 'close-loop';
      path: string;
      nodeId: string;
      error?: LoopError;
      /** Iterations begun: those below this index have executions. */
      started: number;
      succeeded: number;
      /** Path of the node whose unhandled failure ended an iteration, per failed iteration in order of failing. */
      failedPaths: string[];
    }
  /** All is decided; `openPaths` (unfinished executions to be ended) is not empty only after an unhandled failure. */
  | { kind: 'finish'; status: 'success' | 'partial' | 'failure'; openPaths: string[]; failedPath?: string }
  | { kind: 'run-waiting' }
  | { kind: 'run-resumed' };
