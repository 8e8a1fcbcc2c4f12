/** `npm run demo`: one payment webhook, its run as it happens, and the signed hook that a receiver gets and verifies. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import { verifyHook } from '../outbound/signing/verify-hook.ts';
import type { EventEnvelope } from '../store/log/events.ts';
import { callApi } from './api-client.ts';
import { demoReceiver, examplePayment, readDevelopment } from './example.ts';
import type { Development } from './example.ts';
import { readStream } from './read-stream.ts';

const hookDeadlineMs = 20_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface ReceivedHook {
  headers: IncomingHttpHeaders;
  body: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { receiver: { type: 'string', default: demoReceiver } } });
  const development = await readDevelopment(loadConfig().HOOKLOOM_DATA_DIR);
  if (!development) throw new Error('nothing to show yet: run `npm start` in another terminal first');
  const receiver = await startReceiver(values.receiver);
  const endpoint = await callApi(development, 'POST', '/v1/execution-webhooks', {
    name: 'demo',
    url: `http://${values.receiver}/hooks`,
    subscribedEventTypes: ['run.succeeded'],
    workflowIds: [development.workflowId],
  });
  const { id } = endpoint['endpoint'] as { id: string };
  try {
    await sendPayment(development);
    showHook(await receiver.hook, String(endpoint['signingSecret']));
  } finally {
    await callApi(development, 'DELETE', `/v1/execution-webhooks/${id}`).catch(() => undefined);
    receiver.server.close();
    receiver.server.closeAllConnections();
  }
}

/** Sends the webhook and prints the run's events as the stream brings them. */
async function sendPayment(development: Development): Promise<void> {
  say(`POST ${development.webhookUrl.replace(/[^/]{8,}$/, '…')}  ${JSON.stringify(examplePayment)}`);
  const response = await fetch(development.webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(examplePayment),
  });
  const { runIds } = (await response.json()) as { runIds: string[] };
  say(`${response.status}  ${runIds[0]}`);
  const headers = { authorization: `Bearer ${development.apiKey}` };
  const stream = await fetch(`${development.apiUrl}/v1/runs/${runIds[0]}/stream`, { headers });
  for await (const frame of readStream(stream)) {
    if (frame.event === 'end') return;
    const { type, data } = JSON.parse(frame.data) as EventEnvelope;
    say(`${String(data['sequence']).padStart(4)}  ${type.padEnd(16)}  ${data['path'] ?? ''}`);
  }
}

/** Verifies as a receiver does, with `hookloom/verify`. */
function showHook(hook: ReceivedHook, secret: string): void {
  verifyHook({ payload: hook.body, headers: hook.headers, secrets: secret });
  say('\nthe hook that the receiver got:');
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
    say(`  ${name}: ${String(hook.headers[name])}`);
  say(`  ${hook.body}`);
  say('\nsignature verified');
}

async function startReceiver(address: string): Promise<{ server: Server; hook: Promise<ReceivedHook> }> {
  const [host, port] = address.split(':');
  const server = createServer();
  const hook = new Promise<ReceivedHook>((resolve, reject) => {
    setTimeout(() => reject(new Error(`no hook came within ${hookDeadlineMs} ms`)), hookDeadlineMs).unref();
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(204).end();
        resolve({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
  });
  hook.catch(() => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port), host, resolve);
  });
  return { server, hook };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
