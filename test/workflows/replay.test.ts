import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { replayAll } from '../support/replay.ts';
import { goldenGraphs, longGraphs, retriedGraphs } from './golden-graphs.ts';

const folder = new URL('./histories/', import.meta.url);

describe('recorded histories', function () {
  this.timeout(120_000);

  it('exist for every golden graph', async () => {
    const files = await readdir(folder);
    for (const name of Object.keys({ ...goldenGraphs, ...longGraphs, ...retriedGraphs }))
      assert.ok(files.includes(`${name}.json`), `${name} has no history`);
  });

  it('hold runs that continued as new: their beginning, their middle and their end', async () => {
    for (const name of Object.keys(longGraphs)) {
      const executions = (await readdir(folder)).filter((file) => file.startsWith(name));
      assert.ok(executions.length >= 3, executions.join(', '));
    }
  });

  it('all replay with the workflow code of today', async () => {
    const files = await readdir(folder);
    const histories = await Promise.all(
      files.map(async (file) => {
        const recorded: unknown = JSON.parse(await readFile(new URL(file, folder), 'utf8'));
        return { workflowId: file.replace('.json', ''), history: historyFromJSON(recorded) };
      }),
    );
    assert.deepEqual(await replayAll(histories), []);
    assert.ok(files.length > 0);
  });
});
