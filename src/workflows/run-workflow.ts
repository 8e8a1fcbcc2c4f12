import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import {
  CancellationScope,
  continueAsNew,
  defineSignal,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { CloseRunAnswer, CloseRunCall } from '../engine/log/node-call.ts';
import { callLocal } from './call-activity.ts';
import { Interpreter } from './interpreter.ts';
import type { Ending } from './interpreter.ts';
import { resumedSignal, searchAttributes } from './messages.ts';
import type { RunInput } from './messages.ts';
import { allFacts } from './pending-facts.ts';

/**
 * One run: interprets the graph, records the end and adopts what is recorded.
 * @throws ApplicationFailure `run_failed` when the run failed, CancelledFailure when it was cancelled: so the Temporal
 * UI shows the same end as the log
 */
export async function runWorkflow(input: RunInput): Promise<{ status: string }> {
  const interpreter = new Interpreter(input);
  setHandler(defineSignal<[string]>(resumedSignal), (path) => interpreter.resume(path));
  const cancelled = CancellationScope.current().cancelRequested;
  return CancellationScope.nonCancellable(async () => {
    void cancelled.catch(() => interpreter.stop('cancelled'));
    const ending = await interpreter.run().catch((error: unknown) => interpreter.endOnFault(error));
    if ('carried' in ending) return continueAsNew<typeof runWorkflow>({ ...input, ...ending });
    const { recordedEnd } = interpreter;
    const end: CloseRunAnswer = recordedEnd ? { status: recordedEnd } : await closeRun(input, ending);
    await interpreter.cancelActivities();
    if (end.status === 'partial') upsertSearchAttributes({ [searchAttributes.status]: [end.status] });
    setCurrentDetails(`**${end.status}**\n\n${interpreter.describe()}`);
    if (end.status === 'cancelled') throw new CancelledFailure('the run was cancelled');
    if (end.status === 'failure') throw failureOf(end);
    return { status: end.status };
  });
}

async function closeRun(input: RunInput, ending: Ending): Promise<CloseRunAnswer> {
  const { runId, organizationId, versionId } = input;
  const { facts } = allFacts();
  const call: CloseRunCall = {
    runId,
    organizationId,
    versionId,
    at: new Date().toISOString(),
    facts,
    ...ending,
  };
  return callLocal<CloseRunAnswer>('close-run', call);
}

function failureOf(end: CloseRunAnswer): ApplicationFailure {
  const type = end.error?.type ?? 'run_failed';
  return ApplicationFailure.nonRetryable(end.error?.message ?? 'the run failed', type);
}
