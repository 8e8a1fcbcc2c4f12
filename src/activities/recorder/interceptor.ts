/** The Activity inbound interceptor: the recorder stands around every node's code. */
import { defaultPayloadConverter } from '@temporalio/common';
import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Fact } from '../../engine/log/facts.ts';
import { factsHeader } from '../../engine/log/node-call.ts';
import type {
  CheckLoopCall,
  CloseRunCall,
  NodeCall,
  NodeSummary,
  RecordCall,
} from '../../engine/log/node-call.ts';
import type { NodeOutput } from '../node-code.ts';
import type { RecorderDependencies } from './dependencies.ts';
import { sendableError } from './failure-of.ts';
import type { HandOver, WorkSignals } from './hand-over.ts';
import { recordAttempt } from './node-recorder.ts';
import { attemptKey } from './recorded-attempt.ts';
import type { Noted } from './recorded-attempt.ts';
import { timeLocal } from './time-local.ts';

/** The steps beside nodes that evaluate what users have written. */
const evaluatingSteps = ['check-loop', 'close-loop'];
/** The steps that record ends. */
const endingSteps = ['record', 'close-run'];

/** Creates the factory for the Worker. Activities that are not nodes pass through: they record by themselves. */
export function createRecorder(
  deps: RecorderDependencies,
  isNodeType: (type: string) => boolean,
  handOver: HandOver,
): ActivityInterceptorsFactory {
  return (context: Context) => ({
    inbound: {
      execute(input, next) {
        const { inWorkflow, activityType, isLocal } = context.info;
        const isNode = inWorkflow && isNodeType(activityType);
        const execution = { context, input, next };
        const mayLast = isNode || (inWorkflow && evaluatingSteps.includes(activityType));
        const run = (signals?: WorkSignals) =>
          isNode ? runNode(deps, execution, { signals, process: handOver.id }) : next(input);
        const runLocal = () => (mayLast ? runFirst(deps, execution, { handOver, run }) : run());
        const adopted = mayLast && !isLocal ? handOver.adopt(keyOf(execution), context) : undefined;
        const done = isLocal ? timeLocal(runLocal) : (adopted ?? run());
        const isEnd = endingSteps.includes(activityType);
        const after = (answer: unknown) => {
          if (isEnd) endWork(handOver, input);
          return answer;
        };
        return done.then(after).catch(throwSendable);
      },
    },
  });
}

interface Execution {
  context: Context;
  input: ActivityExecuteInput;
  next: (input: ActivityExecuteInput) => Promise<unknown>;
}

/** Runs a Local Activity that may last: what takes too long goes on, and one that has an effect needs room for that. */
async function runFirst(
  deps: RecorderDependencies,
  execution: Execution,
  { handOver, run }: { handOver: HandOver; run: (signals: WorkSignals) => Promise<unknown> },
): Promise<unknown> {
  const [call] = execution.input.args as [NodeCall];
  const record = () => recordCarried(deps, execution.input);
  if (!call.pure && handOver.isFull) {
    await record();
    return { status: 'slow' } satisfies NodeSummary;
  }
  const { runId, path } = call;
  const cancelled = execution.context.cancellationSignal;
  return handOver.within({ key: keyOf(execution), runId, path, cancelled }, run, record);
}

/** The name of a step of a node, that a Local Activity may hand over to an Activity. */
function keyOf({ context, input }: Execution): string {
  const { runId, path, index } = input.args[0] as Partial<CheckLoopCall>;
  return JSON.stringify([context.info.activityType, runId, path, index ?? null]);
}

/** What was recorded as ended needs no work any more. */
function endWork(handOver: HandOver, { args }: ActivityExecuteInput): void {
  const { runId, open, facts } = args[0] as RecordCall & Partial<CloseRunCall>;
  if (open) return handOver.end(runId);
  for (const fact of facts) if (fact.kind === 'end-node') handOver.end(runId, fact.node.path);
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

async function runNode(
  deps: RecorderDependencies,
  { context, input, next }: Execution,
  { signals, process }: { signals: WorkSignals | undefined; process: string },
): Promise<NodeSummary> {
  const [call] = input.args as [NodeCall];
  const { isLocal } = context.info;
  const rules = await deps.rulesOf(call.versionId, call.nodeId);
  const note = isLocal ? signals?.note : (noted: Noted) => context.heartbeat(noted);
  return recordAttempt(deps, {
    call,
    context,
    key: attemptKey(call, context, isLocal && !call.pure ? process : undefined),
    carried: carriedFacts(input),
    rules,
    cancelled: signals?.ended ?? context.cancellationSignal,
    // What has no effect outside is simply done again.
    ...(note && !(isLocal && call.pure) ? { note } : {}),
    run: (attempt) => next({ ...input, args: [call, attempt] }) as Promise<NodeOutput>,
  });
}

function carriedFacts(input: ActivityExecuteInput): Fact[] {
  const payload = input.headers[factsHeader];
  return payload ? defaultPayloadConverter.fromPayload<Fact[]>(payload) : [];
}
