/** Steps of a run, and what comes of them. */
import type { NodeRef } from '../engine/log/facts.ts';
import type {
  CloseLoopCall,
  FinishWaitCall,
  NodeCall,
  NodeSummary,
  SuccessfulEnd,
} from '../engine/log/node-call.ts';

/**
 * A step. `afterMs`: a timer before it; `activity`: it is an Activity, absent: a Local one. `taskQueue`: that of the
 * process in which the step goes on; `left`: what was noted by one that was lost.
 */
export type NodeStep = {
  node: NodeRef;
  afterMs?: number;
  activity?: { taskQueue?: string; left?: { unbegun?: string } };
} & (
  | /** An attempt; `ends`: how the run ends when it succeeds. */ { kind: 'run'; ends?: SuccessfulEnd }
  | /** The time of a delay or wait is over. */ { kind: 'finish-wait'; outcome: FinishWaitCall['outcome'] }
  | /** The time that the node's bounds leave is over. */ { kind: 'overdue' }
  | /** A wait is called to mind. */ { kind: 'remind' }
  | /** A `repeat` asks whether it goes on. */ { kind: 'check-loop'; index: number }
  | /** A loop's iterations are over. */ { kind: 'close-loop'; end: Omit<CloseLoopCall, keyof NodeCall> }
);

/** What ends a wait from outside its own time. */
export type WaitEnd = Exclude<FinishWaitCall['outcome'], 'timed_out'>;

/** What came of a step. */
export interface StepAnswer {
  step: NodeStep;
  /** Where the answer stands among all that came. */
  place: number;
  summary?: NodeSummary;
  /** Why there is no summary: nothing recorded an outcome. */
  error?: unknown;
  /** Whether the step is to be called again: it gave up because MongoDB is away. */
  isOutage?: boolean;
}
