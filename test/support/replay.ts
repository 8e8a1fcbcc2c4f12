import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createLogger } from '../../src/log.ts';
import { workflowBundle } from '../../src/workflow-bundle.ts';
import type { Hookloom } from './hookloom.ts';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** A history by the id of its Workflow Execution. */
export interface RecordedRun {
  workflowId: string;
  history: History;
}

/** The histories of a run, oldest first: each time that it continued as new has its own. */
export async function fetchHistories({ temporal }: Hookloom, runId: string): Promise<History[]> {
  const executions: { runId: string; startTime: Date }[] = [];
  for await (const one of temporal.workflow.list({ query: `WorkflowId = "${runId}"` })) executions.push(one);
  executions.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
  return Promise.all(executions.map((one) => temporal.workflow.getHandle(runId, one.runId).fetchHistory()));
}

/** Replays histories with the workflow code of today; answers what does not come out the same, a sentence each. */
export async function replayAll(runs: Iterable<RecordedRun>): Promise<string[]> {
  const { codePath } = await workflowBundle('.hookloom', createLogger('warn', 'test'));
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { codePath } }, runs))
    if (error) failed.push(`${workflowId}: ${error.message}`);
  return failed;
}

/** Longer logs are left out: what they would show, shorter ones show as well. */
const longestLog = 2_000;

/** Replays the runs of a deployment, also those that others started; answers what `replayAll` does. */
export async function replayRuns(hookloom: Hookloom): Promise<string[]> {
  const runs = await hookloom.db
    .collection<{ _id: string; startConfirmed: boolean; lastSequence: number }>('runs')
    .find({ startConfirmed: true, lastSequence: { $lt: longestLog } }, { projection: { _id: 1 } })
    .toArray();
  const recorded: RecordedRun[] = [];
  for (const { _id } of runs) {
    for (const history of await fetchHistories(hookloom, _id)) recorded.push({ workflowId: _id, history });
  }
  return replayAll(recorded);
}
