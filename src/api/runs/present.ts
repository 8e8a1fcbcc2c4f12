import type { z } from 'zod';
import { presentValue } from '../../engine/log/facts.ts';
import type { QueuePlace } from '../../engine/log/queue-place.schema.ts';
import type { ExecutionDocument } from '../../store/log/executions.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import type * as answers from './answers.ts';

/** A run as lists show it. `place`: where it waits for its turn. */
export function presentRun(
  run: RunDocument,
  place: (QueuePlace & { since: Date }) | undefined,
): z.output<typeof answers.run> {
  const { startedAt = null, finishedAt = null, createdAt } = run;
  return {
    id: run._id,
    workflowId: run.workflowId,
    workflowVersion: run.workflowVersion,
    status: run.status,
    trigger: run.trigger,
    input: presentValue(run.input),
    output: run.output ? presentValue(run.output) : null,
    error: run.error ?? null,
    counts: run.counts,
    lastSequence: run.lastSequence,
    ...presentRelatives(run),
    createdAt,
    startedAt,
    finishedAt,
    durationMs: finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt ?? createdAt),
    queue: place ?? null,
  };
}

/** The runs that one comes from, or has led to. */
function presentRelatives(run: RunDocument) {
  const { rerunOf = null, parentRunId = null, failedRunId = null, failureRunId = null } = run;
  return { rerunOf, parentRunId, failedRunId, failureRunId };
}

/** One node of a run, as `nodes` shows it. */
export function presentNode(execution: ExecutionDocument): z.output<typeof answers.runNode> {
  const { status, executionId, attempt, startedAt = null, finishedAt = null } = execution;
  return { status, executionId, attempt, startedAt, finishedAt };
}

/** An execution as lists show it. */
export function presentExecution(execution: ExecutionDocument): z.output<typeof answers.execution> {
  const { runId, path, nodeId, nodeType, error = null, reason = null, nextAttemptAt = null } = execution;
  const { reusedFrom = null } = execution;
  return {
    id: execution.executionId,
    runId,
    path,
    nodeId,
    nodeType,
    ...presentNode(execution),
    input: execution.input ? presentValue(execution.input) : null,
    output: execution.result ? presentValue(execution.result) : null,
    error,
    reason,
    nextAttemptAt,
    reusedFrom,
  };
}
