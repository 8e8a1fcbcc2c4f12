import { AppError } from '../../errors/app-error.ts';
import { findVersionNumber } from '../../store/workflows/workflow-versions.ts';
import type { WorkflowVersion } from '../../store/workflows/workflow-versions.ts';
import type { WorkflowDocument } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** Finds the version that a request means. @throws AppError conflict when none is live, not-found */
export async function requireVersion(
  deps: ApiDeps,
  workflow: WorkflowDocument,
  wanted: 'live' | 'draft' | number,
): Promise<WorkflowVersion> {
  const number = numberOf(workflow, wanted);
  const version = await findVersionNumber(deps.db, workflow._id, number);
  if (!version) throw new AppError('not-found', `The workflow has no version ${number}.`);
  return version;
}

function numberOf(workflow: WorkflowDocument, wanted: 'live' | 'draft' | number): number {
  if (wanted === 'draft') return workflow.latestVersion;
  if (wanted !== 'live') return wanted;
  if (workflow.liveVersion === null)
    throw new AppError('conflict', 'The workflow has no live version; publish it first.');
  return workflow.liveVersion;
}

/** @throws AppError conflict: an archived workflow starts nothing */
export function assertNotArchived({ status }: WorkflowDocument): void {
  if (status !== 'archived') return;
  const detail =
    'The workflow is archived and starts nothing; take it out of the archive with `unarchive` first.';
  throw new AppError('conflict', detail);
}
