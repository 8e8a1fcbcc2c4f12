/** The Activity inbound interceptor: the recorder stands around every node's code. */
import { defaultPayloadConverter } from '@temporalio/common';
import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Fact } from '../../engine/log/facts.ts';
import { factsHeader } from '../../engine/log/node-call.ts';
import type { NodeCall, NodeSummary } from '../../engine/log/node-call.ts';
import type { NodeOutput } from '../node-code.ts';
import type { RecorderDependencies } from './dependencies.ts';
import { sendableError } from './failure-of.ts';
import { recordAttempt } from './node-recorder.ts';
import { timeLocal } from './time-local.ts';

/** Creates the factory for the Worker. Activities that are not nodes pass through: they record by themselves. */
export function createRecorder(
  deps: RecorderDependencies,
  isNodeType: (type: string) => boolean,
): ActivityInterceptorsFactory {
  return (context: Context) => ({
    inbound: {
      execute(input, next) {
        const { inWorkflow, activityType, isLocal } = context.info;
        const isNode = inWorkflow && isNodeType(activityType);
        const run = () => (isNode ? runNode(deps, { context, input, next }) : next(input));
        return (isLocal ? timeLocal(run) : run()).catch(throwSendable);
      },
    },
  });
}

/** A message that is no Unicode would end the whole Worker. */
function throwSendable(thrown: unknown): never {
  throw sendableError(thrown);
}

interface Execution {
  context: Context;
  input: ActivityExecuteInput;
  next: (input: ActivityExecuteInput) => Promise<unknown>;
}

async function runNode(
  deps: RecorderDependencies,
  { context, input, next }: Execution,
): Promise<NodeSummary> {
  const [call] = input.args as [NodeCall];
  const rules = await deps.rulesOf(call.versionId, call.nodeId);
  return recordAttempt(deps, {
    call,
    context,
    carried: carriedFacts(input),
    rules,
    run: (attempt) => next({ ...input, args: [call, attempt] }) as Promise<NodeOutput>,
  });
}

function carriedFacts(input: ActivityExecuteInput): Fact[] {
  const payload = input.headers[factsHeader];
  return payload ? defaultPayloadConverter.fromPayload<Fact[]>(payload) : [];
}
