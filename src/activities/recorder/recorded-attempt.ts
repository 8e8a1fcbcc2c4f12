import type { Fact } from '../../engine/log/facts.ts';
import type { NodeCall } from '../../engine/log/node-call.ts';
import type { RetryPolicy } from '../../engine/definition/retry-policy.ts';
import type { Attempt, NodeOutput } from '../node-code.ts';
import type { AttemptHolder } from './attempt-holder.ts';

/** The rules of a node that the recorder applies. */
export interface NodeRules {
  retry: RetryPolicy;
  timeoutMs: number;
  deadlineMs?: number;
  /** Whether an attempt that was lost with its worker is made again. */
  rerunAfterLoss: boolean;
}

/** One attempt that is to be made. */
export interface RecordedAttempt {
  call: NodeCall;
  holder: AttemptHolder;
  /** Whether no attempt can have been made before, as far as Temporal knows. */
  isFirst: boolean;
  /** Facts that came in the header; they stand before the attempt. */
  carried: Fact[];
  /** An outcome that the attempt before had no chance to record. */
  late?: Fact;
  rules: NodeRules;
  run: (attempt: Attempt) => Promise<NodeOutput>;
}
