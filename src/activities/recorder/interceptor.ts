/** The Activity inbound interceptor: the recorder stands around every node's code. */
import { defaultPayloadConverter } from '@temporalio/common';
import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Fact } from '../../engine/log/facts.ts';
import { factsHeader } from '../../engine/log/node-call.ts';
import type { CheckLoopCall, NodeCall, NodeSummary } from '../../engine/log/node-call.ts';
import type { NodeOutput } from '../node-code.ts';
import type { RecorderDependencies } from './dependencies.ts';
import { sendableError } from './failure-of.ts';
import { HandOver } from './hand-over.ts';
import { recordAttempt } from './node-recorder.ts';
import { timeLocal } from './time-local.ts';

/** The steps beside nodes that evaluate what users have written. */
const evaluatingSteps = ['check-loop', 'close-loop'];

/** Creates the factory for the Worker. Activities that are not nodes pass through: they record by themselves. */
export function createRecorder(
  deps: RecorderDependencies,
  isNodeType: (type: string) => boolean,
): ActivityInterceptorsFactory {
  const handOver = new HandOver();
  return (context: Context) => ({
    inbound: {
      execute(input, next) {
        const { inWorkflow, activityType, isLocal } = context.info;
        const isNode = inWorkflow && isNodeType(activityType);
        const run = (ended: AbortSignal) =>
          isNode ? runNode(deps, { context, input, next, ended }) : next(input);
        const mayLast = isNode || (inWorkflow && evaluatingSteps.includes(activityType));
        const key = mayLast ? keyOf(activityType, input) : undefined;
        const record = () => recordCarried(deps, input);
        const runLocal = () =>
          key === undefined ? run(context.cancellationSignal) : handOver.within(key, run, record);
        const adopted = key === undefined || isLocal ? undefined : handOver.adopt(key, context);
        const done = isLocal ? timeLocal(runLocal) : (adopted ?? run(context.cancellationSignal));
        return done.catch(throwSendable);
      },
    },
  });
}

/** The name of a step of a node, that a Local Activity may hand over to an Activity. */
function keyOf(activityType: string, { args }: ActivityExecuteInput): string {
  const { runId, path, index } = args[0] as Partial<CheckLoopCall>;
  return JSON.stringify([activityType, runId, path, index ?? null]);
}

/** The workflow forgets the facts that an answered Activity carried. */
async function recordCarried(deps: RecorderDependencies, input: ActivityExecuteInput): Promise<void> {
  const facts = carriedFacts(input);
  const { runId } = input.args[0] as NodeCall;
  if (facts.length > 0) await deps.append(runId, facts);
}

/** A message that is no Unicode would end the whole Worker. */
function throwSendable(thrown: unknown): never {
  throw sendableError(thrown);
}

interface Execution {
  context: Context;
  input: ActivityExecuteInput;
  next: (input: ActivityExecuteInput) => Promise<unknown>;
  /** Aborted when the work that was handed over is no longer needed. */
  ended: AbortSignal;
}

async function runNode(
  deps: RecorderDependencies,
  { context, input, next, ended }: Execution,
): Promise<NodeSummary> {
  const [call] = input.args as [NodeCall];
  const rules = await deps.rulesOf(call.versionId, call.nodeId);
  return recordAttempt(deps, {
    call,
    context,
    carried: carriedFacts(input),
    rules,
    cancelled: AbortSignal.any([context.cancellationSignal, ended]),
    run: (attempt) => next({ ...input, args: [call, attempt] }) as Promise<NodeOutput>,
  });
}

function carriedFacts(input: ActivityExecuteInput): Fact[] {
  const payload = input.headers[factsHeader];
  return payload ? defaultPayloadConverter.fromPayload<Fact[]>(payload) : [];
}
