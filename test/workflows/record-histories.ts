/**
 * Records the history of every golden graph that has none yet: `npx tsx test/workflows/record-histories.ts`, with
 * MONGODB_URL and TEMPORAL_ADDRESS set. A recorded history is never changed: it stands for the runs of its release.
 */
import { access, mkdir, writeFile } from 'node:fs/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { fetchHistories } from '../support/replay.ts';
import { follow } from '../support/run-case.ts';
import { goldenGraphs, goldenSteps, longGraphs, longRunSettings, retriedGraphs } from './golden-graphs.ts';

const folder = new URL('./histories/', import.meta.url);

const fileOf = (name: string): URL => new URL(`${name}.json`, folder);

const isMissing = (file: URL): Promise<boolean> =>
  access(file).then(
    () => false,
    () => true,
  );

/** Stack traces name the machine's folders, and replay does not look at them. */
const withoutStacks = (json: string): string =>
  json.replaceAll(/"stackTrace": "(?:[^"\\]|\\.)*"/g, '"stackTrace": ""');

/** Runs a graph; answers its run's id once every execution of it is closed. */
async function runGraph(hookloom: Hookloom, name: string, definition: object): Promise<string> {
  const { webhookUrl } = await hookloom.publish(definition);
  const [runId] = (await hookloom.call('POST', webhookUrl, { x: 1 })).body.runIds as [string];
  await follow({ hookloom }, runId, { steps: goldenSteps[name] ?? [] });
  return name in retriedGraphs ? retryRun(hookloom, runId) : endOf(hookloom, runId);
}

async function retryRun(hookloom: Hookloom, firstId: string): Promise<string> {
  const { body } = await hookloom.call('POST', `/v1/runs/${firstId}/retry`, {});
  await hookloom.runEnd(body.runId);
  return endOf(hookloom, body.runId);
}

async function endOf(hookloom: Hookloom, runId: string): Promise<string> {
  const handle = hookloom.temporal.workflow.getHandle(runId);
  await eventually(async () => (await handle.describe()).status.name !== 'RUNNING');
  return runId;
}

async function record(hookloom: Hookloom, name: string, definition: object): Promise<void> {
  const runId = await runGraph(hookloom, name, definition);
  for (const [index, history] of (await fetchHistories(hookloom, runId)).entries()) {
    const file = index === 0 ? name : `${name}-${index + 1}`;
    await writeFile(fileOf(file), `${withoutStacks(historyToJSON(history))}\n`);
    process.stdout.write(`${file} recorded\n`);
  }
}

async function recordAll(graphs: Record<string, object>, settings: Record<string, string>): Promise<void> {
  const missing: [name: string, definition: object][] = [];
  for (const [name, definition] of Object.entries(graphs))
    if (await isMissing(fileOf(name))) missing.push([name, definition]);
  if (missing.length === 0) return;
  const hookloom = await startHookloom(settings);
  try {
    for (const [name, definition] of missing) await record(hookloom, name, definition);
  } finally {
    await hookloom.stop();
  }
}

await mkdir(folder, { recursive: true });
await recordAll({ ...goldenGraphs, ...retriedGraphs }, {});
await recordAll(longGraphs, longRunSettings);
