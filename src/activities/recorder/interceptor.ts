/** The Activity inbound interceptor: the recorder stands around every node's code. */
import { defaultPayloadConverter } from '@temporalio/common';
import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Fact } from '../../engine/log/facts.ts';
import { factsHeader } from '../../engine/log/node-call.ts';
import type { NodeCall, NodeSummary, RecordCall } from '../../engine/log/node-call.ts';
import type { NodeOutput } from '../node-code.ts';
import type { RecorderDependencies } from './dependencies.ts';
import { sendableError } from './failure-of.ts';
import { answerTemporal } from './answer-temporal.ts';
import type { AttemptResult } from './answer-temporal.ts';
import { AttemptHolder } from './attempt-holder.ts';
import { recordAttempt } from './node-recorder.ts';
import { timeLocal } from './time-local.ts';
import { attemptKey } from './under-way.ts';
import type { AttemptsUnderWay } from './under-way.ts';

/** What the recorder is made with. */
type Recording = RecorderDependencies & { underWay: AttemptsUnderWay };

/** Creates the factory for the Worker. Activities that are not nodes pass through: they record by themselves. */
export function createRecorder(
  deps: Recording,
  isNodeType: (type: string) => boolean,
): ActivityInterceptorsFactory {
  return (context: Context) => ({
    inbound: {
      execute(input, next) {
        const { inWorkflow, activityType, isLocal } = context.info;
        const isNode = inWorkflow && isNodeType(activityType);
        const run = () =>
          isNode ? runNode(deps, { context, input, next }) : runStep(deps, { context, input, next });
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

/** What a step has recorded as ended is ended here at once; elsewhere its heartbeat tells. */
async function runStep({ underWay }: Recording, { context, input, next }: Execution): Promise<unknown> {
  const answer = await next(input);
  const [{ runId, facts = [] } = {}] = input.args as [Partial<RecordCall>?];
  if (runId === undefined) return answer;
  if (context.info.activityType === 'close-run') underWay.end(runId);
  for (const fact of facts) if (fact.kind === 'end-node') underWay.end(runId, fact.node.path);
  return answer;
}

async function runNode(deps: Recording, execution: Execution): Promise<NodeSummary> {
  const { context, input } = execution;
  const [call] = input.args as [NodeCall];
  if (call.adopts !== undefined) return deps.underWay.adopt(context, call.adopts);
  const begin = (holder: AttemptHolder) => beginNode(deps, execution, holder);
  if (context.info.isLocal) return deps.underWay.begin(context, call, begin);
  const holder = new AttemptHolder(attemptKey(context));
  const letGo = holder.attach(context);
  return answerTemporal('common', await begin(holder).finally(letGo));
}

async function beginNode(
  deps: Recording,
  { context, input, next }: Execution,
  holder: AttemptHolder,
): Promise<AttemptResult> {
  const [call] = input.args as [NodeCall];
  const { isLocal, attempt, heartbeatDetails } = context.info;
  // An outcome that the attempt before had no chance to record comes with its last heartbeat.
  const late = call.late ?? (heartbeatDetails as { outcome?: Fact } | undefined)?.outcome;
  return recordAttempt(deps, {
    call,
    holder,
    isFirst: isLocal && attempt === 1,
    carried: carriedFacts(input),
    rules: await deps.rulesOf(call.versionId, call.nodeId),
    run: (attempt) => next({ ...input, args: [call, attempt] }) as Promise<NodeOutput>,
    ...(late ? { late } : {}),
  });
}

function carriedFacts(input: ActivityExecuteInput): Fact[] {
  const payload = input.headers[factsHeader];
  return payload ? defaultPayloadConverter.fromPayload<Fact[]>(payload) : [];
}
