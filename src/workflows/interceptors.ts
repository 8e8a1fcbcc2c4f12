/**
 * The Workflow interceptors: every Activity of a node carries the facts that no Activity sees, and the order in which
 * answers come is noted.
 */
import { defaultPayloadConverter } from '@temporalio/common';
import type {
  Next,
  WorkflowInterceptors,
  WorkflowInternalsInterceptor,
  WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';
import { factsHeader } from '../engine/log/node-call.ts';
import type { NodeCall } from '../engine/log/node-call.ts';
import { noteActivation, noteScheduled } from './arrivals.ts';
import { finalFailureOf } from './final-failure.ts';
import { carryFacts } from './pending-facts.ts';

type Outbound = WorkflowOutboundCallsInterceptor;

interface ActivityCall {
  readonly activityType: string;
  readonly args: unknown[];
  readonly seq: number;
  readonly headers: Record<string, unknown>;
}

/** Adds the facts to a node's Activity, and forgets them once it has come back from the recorder. */
async function withFacts<Input extends ActivityCall>(
  input: Input,
  call: (input: Input) => Promise<unknown>,
): Promise<unknown> {
  const [node] = input.args as [Partial<NodeCall> | undefined];
  if (node?.path === undefined) return call(input);
  noteScheduled(node, input.seq);
  // Only a node's own Activity passes the recorder.
  if (node.nodeType !== input.activityType) return call(input);
  const { facts, acknowledge } = carryFacts(node.path);
  const headers = { ...input.headers, [factsHeader]: defaultPayloadConverter.toPayload(facts) };
  try {
    const result = await call({ ...input, headers });
    acknowledge();
    return result;
  } catch (error) {
    // A final failure is the recorder's: everything before it is recorded.
    if (finalFailureOf(error)) acknowledge();
    throw error;
  }
}

const outbound: Outbound = {
  scheduleActivity: (input, next: Next<Outbound, 'scheduleActivity'>) => withFacts(input, next),
  scheduleLocalActivity: (input, next: Next<Outbound, 'scheduleLocalActivity'>) => withFacts(input, next),
};

const internals: WorkflowInternalsInterceptor = {
  activate(input, next: Next<WorkflowInternalsInterceptor, 'activate'>) {
    noteActivation(input.activation.jobs ?? []);
    next(input);
  },
};

/** Factory that the Worker's bundle registers. */
export const interceptors = (): WorkflowInterceptors => ({ outbound: [outbound], internals: [internals] });
