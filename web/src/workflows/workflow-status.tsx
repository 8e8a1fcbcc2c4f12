import type { WorkflowRow } from '../data/types.ts';
import { Status } from '../show/status.tsx';

/** The states of a workflow, with the mark that stands for each. */
const marks = {
  draft: 'none',
  active: 'success',
  paused: 'waiting',
  archived: 'cancelled',
} as const satisfies Record<WorkflowRow['status'], string>;

export const workflowStatuses = Object.keys(marks) as WorkflowRow['status'][];

/** Whether a workflow takes what comes. */
export function WorkflowStatus({ status }: { status: WorkflowRow['status'] }) {
  return <Status status={marks[status]} word={status} />;
}
