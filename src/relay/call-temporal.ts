import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client, WorkflowHandle } from '@temporalio/client';

/** A call that takes longer is given up, in milliseconds; without a deadline the client repeats it ten times. */
const deadlineMs = 5_000;

/** Makes calls of a client or its connection. @throws ServiceError when Temporal does not answer in time */
export function callTemporal<Result>(
  by: Pick<Client, 'withDeadline'>,
  call: () => Promise<Result>,
): Promise<Result> {
  return by.withDeadline(Date.now() + deadlineMs, call);
}

/** Makes a call about a run's Workflow Execution; one that has ended, or that Temporal does not have, needs none. */
export async function callRun(
  client: Client,
  runId: string,
  call: (run: WorkflowHandle) => Promise<unknown>,
): Promise<void> {
  try {
    await callTemporal(client, () => call(client.workflow.getHandle(runId)));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
