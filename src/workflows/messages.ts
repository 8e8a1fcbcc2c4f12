/** What clients send to `runWorkflow`. */
import type { CompiledGraph } from '../engine/graph.ts';

/** Name of the Workflow Type. */
export const runWorkflowType = 'runWorkflow';

/** Argument of `runWorkflow`; the Workflow Id is the run id. */
export interface RunInput {
  runId: string;
  organizationId: string;
  workflowId: string;
  versionId: string;
  graph: CompiledGraph;
}

/** Signal: the log says that the wait at this path was resumed. */
export const resumedSignal = 'resumed';

/** Search attributes of a run, registered as Keyword. */
export const searchAttributes = {
  organization: 'HookloomOrg',
  workflow: 'HookloomWorkflow',
  status: 'HookloomStatus',
  trigger: 'HookloomTrigger',
} as const;
