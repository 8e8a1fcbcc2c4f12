/** The Workflow Types of the runs' Task Queue: whatever is not named here is a run, by its workflow's name. */
export { fireSchedule } from './fire-schedule.ts';
export { runWorkflow as default } from './run-workflow.ts';
export { applyRetention, keepReconciling, reconcileRuns } from './upkeep.ts';
