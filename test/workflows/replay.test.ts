import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { createLogger } from '../../src/log.ts';
import { workflowBundle } from '../../src/workflow-bundle.ts';
import { goldenGraphs } from './golden-graphs.ts';

const folder = new URL('./histories/', import.meta.url);

describe('recorded histories', function () {
  this.timeout(120_000);

  it('exist for every golden graph', async () => {
    const files = await readdir(folder);
    for (const name of Object.keys(goldenGraphs))
      assert.ok(files.includes(`${name}.json`), `${name} has no history`);
  });

  it('all replay with the workflow code of today', async () => {
    const { codePath } = await workflowBundle('.hookloom', createLogger('warn', 'test'));
    const files = await readdir(folder);
    const histories = await Promise.all(
      files.map(async (file) => {
        const recorded: unknown = JSON.parse(await readFile(new URL(file, folder), 'utf8'));
        return { workflowId: file.replace('.json', ''), history: historyFromJSON(recorded) };
      }),
    );
    const results = Worker.runReplayHistories({ workflowBundle: { codePath } }, histories);
    const failed: string[] = [];
    for await (const { workflowId, error } of results)
      if (error) failed.push(`${workflowId}: ${error.message}`);
    assert.deepEqual(failed, []);
    assert.ok(files.length > 0);
  });
});
