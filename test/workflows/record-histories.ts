/**
 * Records the history of every golden graph that has none yet: `npx tsx test/workflows/record-histories.ts`, with
 * MONGODB_URL and TEMPORAL_ADDRESS set. A recorded history is never changed: it stands for the runs of its release.
 */
import { access, mkdir, writeFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import { follow } from '../support/run-case.ts';
import { goldenGraphs, goldenSteps } from './golden-graphs.ts';

const folder = new URL('./histories/', import.meta.url);

const isMissing = (file: URL): Promise<boolean> =>
  access(file).then(
    () => false,
    () => true,
  );

/** Stack traces name the machine's folders, and replay does not look at them. */
const withoutStacks = (json: string): string =>
  json.replaceAll(/"stackTrace": "(?:[^"\\]|\\.)*"/g, '"stackTrace": ""');

async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const hookloom = await startHookloom();
  const connection = await Connection.connect({ address: hookloom.env['TEMPORAL_ADDRESS'] as string });
  try {
    for (const [name, definition] of Object.entries(goldenGraphs)) {
      const file = new URL(`${name}.json`, folder);
      if (!(await isMissing(file))) continue;
      const { webhookUrl } = await hookloom.publish(definition);
      const [runId] = (await hookloom.call('POST', webhookUrl, { x: 1 })).body.runIds as [string];
      await follow({ hookloom }, runId, { steps: goldenSteps[name] ?? [] });
      const handle = new Client({ connection }).workflow.getHandle(runId);
      await eventually(async () => (await handle.describe()).status.name !== 'RUNNING');
      await writeFile(file, `${withoutStacks(historyToJSON(await handle.fetchHistory()))}\n`);
      process.stdout.write(`${name} recorded\n`);
    }
  } finally {
    await connection.close();
    await hookloom.stop();
  }
}

await main();
