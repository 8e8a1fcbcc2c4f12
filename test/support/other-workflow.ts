/** Executions that end in Temporal alone: nothing records the end of their run. */
import { ApplicationFailure, condition } from '@temporalio/workflow';

/** Stands in the place of a run's Workflow Execution, and ends as it is told; `never`: by its timeout. */
export async function runWorkflow(how: 'failed' | 'completed' | 'never'): Promise<void> {
  if (how === 'failed') throw ApplicationFailure.nonRetryable('on purpose');
  if (how === 'never') await condition(() => false);
}
