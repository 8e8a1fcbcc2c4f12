import { readFile } from 'node:fs/promises';
import type { JsonObject } from '../engine/json/json.ts';
import { callApi } from './api-client.ts';
import { examplePayment, readDevelopment, writeDevelopment } from './example.ts';
import type { Development } from './example.ts';

/** The demo is of a clone; the package has its command line. */
const next = import.meta.url.endsWith('.ts')
  ? ['Or watch it all: npm run demo']
  : [
      'Or, in another terminal here, start a run and watch it:',
      `npx hookloom run "Payment received" --watch --data '${JSON.stringify(examplePayment)}'`,
    ];

const exampleFile = new URL('../../examples/payment.json', import.meta.url);

/**
 * Publishes the example workflow on the first start and answers what to tell the user: the key and the webhook URL are
 * shown on the first start only.
 */
export async function seedExample(given: {
  dataDir: string;
  apiUrl: string;
  apiKey: string;
}): Promise<{ lines: string[] }> {
  const { dataDir, apiUrl, apiKey } = given;
  const known = await readDevelopment(dataDir);
  const development = known ? moved(known, apiUrl) : await publishExample({ apiUrl, apiKey });
  await writeDevelopment(dataDir, development);
  const curl = [
    `curl -i ${development.webhookUrl} \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(examplePayment)}'`,
  ];
  return {
    lines: [...(known ? [] : [`API key        ${apiKey}`]), 'Send a payment:', ...curl, ...next],
  };
}

async function publishExample(target: { apiUrl: string; apiKey: string }): Promise<Development> {
  const example = JSON.parse(await readFile(exampleFile, 'utf8')) as JsonObject;
  const created = await callApi(target, 'POST', '/v1/workflows', example);
  const workflowId = String(created['id']);
  await callApi(target, 'POST', `/v1/workflows/${workflowId}/publish`, {});
  const { url } = created['webhook'] as { url: string };
  return { ...target, workflowId, webhookUrl: url };
}

/** The API's port may have moved on since the last start. */
function moved(known: Development, apiUrl: string): Development {
  const { pathname } = new URL(known.webhookUrl);
  return { ...known, apiUrl, webhookUrl: new URL(pathname, apiUrl).href };
}
