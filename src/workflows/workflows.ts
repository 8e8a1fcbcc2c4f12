/** The Workflow Types of the runs' Task Queue. */
export { runWorkflow } from './run-workflow.ts';
export { applyRetention, reconcileRuns } from './upkeep.ts';
