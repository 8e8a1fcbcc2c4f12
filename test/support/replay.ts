import assert from 'node:assert/strict';
import type { WorkflowHandle } from '@temporalio/client';
import protos from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { createLogger } from '../../src/log.ts';
import { workflowBundle } from '../../src/processes/workflow-bundle.ts';
import { eventually } from './eventually.ts';
import type { Hookloom } from './hookloom.ts';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** A history by the id of its Workflow Execution. */
export interface RecordedRun {
  workflowId: string;
  history: History;
}

/** The histories of a run, oldest first: each time that it continued as new has its own. */
export async function fetchHistories({ temporal }: Hookloom, runId: string): Promise<History[]> {
  // What has just begun is listed a little later.
  const executions = await eventually(async () => {
    const found: { runId: string; startTime: Date }[] = [];
    for await (const one of temporal.workflow.list({ query: `WorkflowId = "${runId}"` })) found.push(one);
    assert.ok(found.length > 0, `Temporal lists no execution of ${runId}`);
    return found;
  });
  executions.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
  return Promise.all(executions.map((one) => temporal.workflow.getHandle(runId, one.runId).fetchHistory()));
}

/** Replays histories with the workflow code of today; answers what does not come out the same, each with its history. */
export async function replayAll(runs: readonly RecordedRun[]): Promise<string[]> {
  const { codePath } = await workflowBundle('.hookloom', createLogger('warn', 'test'));
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: { codePath } },
    runs,
  )) {
    if (!error) continue;
    const histories = runs.filter((run) => run.workflowId === workflowId).map(({ history }) => tell(history));
    failed.push(`${workflowId}: ${error.message}\n${histories.join('\n')}`);
  }
  return failed;
}

/** What Temporal's histories of a run say, for whoever reads why a test failed. */
export async function tellHistories(hookloom: Hookloom, runId: string): Promise<string> {
  return (await fetchHistories(hookloom, runId)).map(tell).join('\n');
}

/** Each event of a history on a line: its time, number, type, and the Activity, signal or timer that it is about. */
function tell({ events }: History): string {
  const lines = (events ?? []).map((event) => {
    const scheduled = event.activityTaskScheduledEventAttributes?.activityType?.name;
    const data = event.markerRecordedEventAttributes?.details?.['data']?.payloads?.[0]?.data;
    const timer = event.timerStartedEventAttributes ?? event.timerFiredEventAttributes;
    const about = [
      scheduled,
      data && Buffer.from(data).toString(),
      event.workflowExecutionSignaledEventAttributes?.signalName,
      timer?.timerId,
      event.workflowTaskFailedEventAttributes?.failure?.message,
    ];
    const type = protos.temporal.api.enums.v1.EventType[event.eventType ?? 0] ?? '';
    const { seconds, nanos } = event.eventTime ?? {};
    const at = new Date(Number(seconds ?? 0) * 1_000 + (nanos ?? 0) / 1e6).toISOString();
    return [at, String(event.eventId), type.replace('EVENT_TYPE_', ''), ...about.filter(Boolean)].join(' ');
  });
  return lines.join('\n');
}

const { WorkflowTaskFailedCause } = protos.temporal.api.enums.v1;
/** What a workflow task fails with only by a fault of ours: a run may get over it, and has done things twice. */
const faults = new Set<unknown>([
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR,
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
]);

/** The workflow tasks that a fault of ours failed, a sentence each. */
function faultsOf({ workflowId, history }: RecordedRun): string[] {
  return (history.events ?? []).flatMap(({ eventId, workflowTaskFailedEventAttributes: failed }) =>
    failed && faults.has(failed.cause)
      ? [`${workflowId}: task ${String(eventId)} failed: ${failed.failure?.message}`]
      : [],
  );
}

/**
 * Asserts that the histories of runs replay: another worker would decide everything as it was decided; and that no
 * workflow task failed on the way.
 */
export async function checkReplay(hookloom: Hookloom, runIds: readonly string[]): Promise<void> {
  const recorded: RecordedRun[] = [];
  for (const workflowId of runIds) {
    for (const history of await fetchHistories(hookloom, workflowId)) recorded.push({ workflowId, history });
  }
  assert.deepEqual(recorded.flatMap(faultsOf), []);
  assert.deepEqual(await replayAll(recorded), []);
}

/** Asserts it of every run of a deployment, also of those that others started. A run cancelled in the queue has no history. */
export async function checkAllReplay(hookloom: Hookloom): Promise<void> {
  const hasBegun = { $or: [{ startedAt: { $exists: true } }, { status: { $ne: 'cancelled' } }] };
  const started = hookloom.db.collection<{ _id: string }>('runs').find({ startConfirmed: true, ...hasBegun });
  await checkReplay(hookloom, await started.map(({ _id }) => _id).toArray());
}
