import type { z } from 'zod';
import { currentMs } from '../../clock.ts';
import { firstTimes } from '../../engine/schedules/schedule-times.ts';
import { specOf } from '../../store/schedules/schedules.ts';
import type { WorkflowRow } from '../../store/workflows/workflow-rows.ts';
import type { WorkflowVersion, VersionDocument } from '../../store/workflows/workflow-versions.ts';
import type { WorkflowDocument } from '../../store/workflows/workflows.ts';
import type * as answers from './answers.ts';

/** A workflow as the API answers it. */
export function presentWorkflow(workflow: WorkflowDocument): z.output<typeof answers.workflow> {
  const { _id, name, description, status, latestVersion, liveVersion, createdAt, updatedAt } = workflow;
  return { id: _id, name, description, status, latestVersion, liveVersion, createdAt, updatedAt };
}

/** A workflow as lists show it. */
export function presentRow(row: WorkflowRow): z.output<typeof answers.workflowRow> {
  const { liveTrigger = null, lastRun, schedule } = row;
  const [next] = schedule?.state === 'active' ? firstTimes(specOf(schedule), currentMs(), 1) : [];
  return {
    ...presentWorkflow(row),
    trigger: liveTrigger,
    nextAt: next === undefined ? null : new Date(next),
    lastRun: lastRun
      ? {
          id: lastRun._id,
          status: lastRun.status,
          createdAt: lastRun.createdAt,
          finishedAt: lastRun.finishedAt ?? null,
        }
      : null,
  };
}

/** A workflow with its newest version. */
export function presentWholeWorkflow(
  workflow: WorkflowDocument,
  { contentHash, definition }: WorkflowVersion,
): z.output<typeof answers.wholeWorkflow> {
  return { ...presentWorkflow(workflow), contentHash, definition };
}

/** A version as the API lists it. */
export function presentVersion(
  version: Pick<VersionDocument, 'workflowId' | 'number' | 'contentHash' | 'createdAt'>,
): z.output<typeof answers.version> {
  const { workflowId, number, contentHash, createdAt } = version;
  return { workflowId, version: number, contentHash, createdAt };
}

/** A version with its definition. */
export function presentWholeVersion(version: WorkflowVersion): z.output<typeof answers.wholeVersion> {
  return { ...presentVersion(version), definition: version.definition };
}
