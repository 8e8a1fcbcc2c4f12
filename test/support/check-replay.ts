import assert from 'node:assert/strict';
import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createLogger } from '../../src/log.ts';
import { workflowBundle } from '../../src/workflow-bundle.ts';

/** Asserts that the histories of these runs replay: another worker would decide everything as it was decided. */
export async function checkReplay(temporal: Client, runIds: readonly string[]): Promise<void> {
  const { codePath } = await workflowBundle('.hookloom', createLogger('warn', 'test'));
  async function* histories() {
    for (const workflowId of runIds)
      yield { workflowId, history: await temporal.workflow.getHandle(workflowId).fetchHistory() };
  }
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: { codePath } },
    histories(),
  ))
    if (error) failed.push(`${workflowId}: ${error.message}`);
  assert.deepEqual(failed, []);
}
