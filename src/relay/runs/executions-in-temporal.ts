/** What Temporal knows of the Workflow Executions of runs. */
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client, WorkflowExecutionStatusName } from '@temporalio/client';
import { callTemporal } from '../call-temporal.ts';

/** Temporal's state of an execution, or that there is none. */
export type ExecutionState = WorkflowExecutionStatusName | 'NOT_FOUND';

/** One deployment's executions: its namespace (of the client) and the Task Queue of its runs. */
export interface ExecutionsAt {
  client: Client;
  taskQueue: string;
}

const described = 20;

/** Ids of the runs whose executions have closed since a time; continued ones are not closed. */
export async function closedSince(at: ExecutionsAt, since: Date): Promise<Set<string>> {
  return listIds(at, `CloseTime >= "${since.toISOString()}" AND ExecutionStatus != "ContinuedAsNew"`);
}

/** Ids of the runs that Temporal has under way. */
export async function runningIds(at: ExecutionsAt): Promise<Set<string>> {
  return listIds(at, 'ExecutionStatus = "Running"');
}

async function listIds({ client, taskQueue }: ExecutionsAt, condition: string): Promise<Set<string>> {
  const query = `WorkflowId STARTS_WITH "run_" AND TaskQueue = "${taskQueue}" AND ${condition}`;
  const ids = new Set<string>();
  for await (const execution of client.workflow.list({ query, pageSize: 1_000 }))
    ids.add(execution.workflowId);
  return ids;
}

/** The state of each run's latest execution: a run that was reset or continued has several. */
export async function describeExecutions(
  { client }: ExecutionsAt,
  runIds: readonly string[],
): Promise<Map<string, ExecutionState>> {
  const states = new Map<string, ExecutionState>();
  for (let from = 0; from < runIds.length; from += described) {
    const batch = runIds.slice(from, from + described);
    const found = await Promise.all(batch.map((runId) => describeOne(client, runId)));
    batch.forEach((runId, index) => states.set(runId, found[index] as ExecutionState));
  }
  return states;
}

async function describeOne(client: Client, runId: string): Promise<ExecutionState> {
  const describe = () => client.workflow.getHandle(runId).describe();
  try {
    return (await callTemporal(client, describe)).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'NOT_FOUND';
    throw error;
  }
}
