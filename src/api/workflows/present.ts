import type { WorkflowVersion, VersionDocument } from '../../store/workflows/workflow-versions.ts';
import type { WorkflowDocument } from '../../store/workflows/workflows.ts';

/** A workflow as the API answers it. */
export function presentWorkflow(workflow: WorkflowDocument) {
  const { _id, name, description, status, latestVersion, liveVersion, createdAt, updatedAt } = workflow;
  return { id: _id, name, description, status, latestVersion, liveVersion, createdAt, updatedAt };
}

/** A version as the API lists it. */
export function presentVersion(
  version: Pick<VersionDocument, 'workflowId' | 'number' | 'contentHash' | 'createdAt'>,
) {
  const { workflowId, number, contentHash, createdAt } = version;
  return { workflowId, version: number, contentHash, createdAt };
}

/** A version with its definition. */
export function presentWholeVersion(version: WorkflowVersion) {
  return { ...presentVersion(version), definition: version.definition };
}
