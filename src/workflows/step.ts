/** Steps of a run, and what comes of them. */
import type { Fact, NodeRef } from '../engine/log/facts.ts';
import type { CloseLoopCall, FinishWaitCall, NodeCall, NodeSummary } from '../engine/log/node-call.ts';

/** Where an attempt is carried out by an Activity: on the common queue, or by the process in which it goes on. */
type Place = 'common' | { queue: string; attempt: string };

/** A step. `afterMs`: a timer before it. */
export type NodeStep = { node: NodeRef; afterMs?: number } & (
  | /** An attempt: within the workflow task, unless it is known where else. */ {
      kind: 'run';
      on?: Place;
      /** An outcome that the attempt before had no chance to record. */
      late?: Fact;
    }
  | /** The time of a delay or wait is over. */ { kind: 'finish-wait'; outcome: FinishWaitCall['outcome'] }
  | /** A `repeat` asks whether it goes on. */ { kind: 'check-loop'; index: number }
  | /** A loop's iterations are over. */ { kind: 'close-loop'; end: Omit<CloseLoopCall, keyof NodeCall> }
);

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
