/** What development shows: the example's webhook body, the demo's receiver and where their addresses are kept. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Body of the README's webhook. */
export const examplePayment = { event: 'payment.created', amount: '42.00', asset: 'USDC' };

/** `host:port` of the demo's receiver; development allows hooks to it although it is a loopback address. */
export const demoReceiver = '127.0.0.1:9009';

/** What `npm start` leaves for `npm run demo`. Readable by its owner only: it holds a key. */
export interface Development {
  apiUrl: string;
  apiKey: string;
  workflowId: string;
  webhookUrl: string;
}

const fileOf = (dataDir: string): string => join(dataDir, 'development.json');

/** Reads what the last `npm start` left; `undefined` before the first. */
export async function readDevelopment(dataDir: string): Promise<Development | undefined> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Development);
}

/** Keeps it for the next start and for the demo. */
export async function writeDevelopment(dataDir: string, development: Development): Promise<void> {
  const file = fileOf(dataDir);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(development, null, 2)}\n`, { mode: 0o600 });
}
