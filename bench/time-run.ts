import assert from 'node:assert/strict';
import { readStream } from '../src/dev/read-stream.ts';
import type { Hookloom } from '../test/support/hookloom.ts';

/**
 * How long a run took, in milliseconds: from the webhook to the end on its stream, and from its start to its end by its
 * log and by Temporal.
 */
export interface RunTime {
  totalMs: number;
  runMs: number;
  executionMs: number;
}

/** From the start to the close of a Workflow Execution, by the server's clock. Waits for its close: the log ends before. */
export async function executionMs({ temporal }: Hookloom, workflowId: string): Promise<number> {
  const handle = temporal.workflow.getHandle(workflowId);
  await handle.result();
  const { startTime, closeTime } = await handle.describe();
  return (closeTime ?? assert.fail(`${workflowId} has not ended`)).getTime() - startTime.getTime();
}

/** Starts a run by its webhook and waits for its success. */
export async function timeRun(hookloom: Hookloom, webhookUrl: string, body: unknown = {}): Promise<RunTime> {
  const from = performance.now();
  const accepted = await hookloom.call('POST', webhookUrl, body);
  const [runId] = accepted.body.runIds as [string];
  const response = await fetch(`${hookloom.url}/v1/runs/${runId}/stream`, {
    headers: { authorization: `Bearer ${hookloom.key}` },
  });
  for await (const { event } of readStream(response)) if (event === 'end') break;
  const totalMs = performance.now() - from;
  const run = await hookloom.runEnd(runId);
  assert.equal(run.status, 'success', JSON.stringify(run.error));
  return { totalMs, runMs: run.durationMs, executionMs: await executionMs(hookloom, runId) };
}
