/** The Workflow Types of the runs' Task Queue. */
export { fireSchedule } from './fire-schedule.ts';
export { runWorkflow } from './run-workflow.ts';
export { applyRetention, reconcileRuns } from './upkeep.ts';
