/** The Worker of the baseline, a process of its own with the options of ours. */
import { NativeConnection, Worker } from '@temporalio/worker';
import { createGuardedClient } from '../src/outbound/egress/guarded-client.ts';
import { signHook } from '../src/outbound/signing/sign-hook.ts';
import type { PlainDelivery } from './plain-delivery.ts';

const egressAllow = (process.env['HOOKLOOM_EGRESS_ALLOW'] ?? '').split(',').filter((one) => one !== '');
const client = createGuardedClient({ egressAllow });

/** Signs and sends as our hooks are, with the same client; records nothing. */
async function post({ url, id, body, secret }: PlainDelivery): Promise<number> {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const signed = signHook({ id, timestampSeconds, body, secrets: [secret], privateKeys: [] });
  const { status } = await client.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', 'user-agent': 'plain', ...signed },
    body: Buffer.from(body),
    deadlineMs: 15_000,
    maxResponseBytes: 64 * 1024,
    onOverflow: 'truncate',
    followRedirects: 0,
  });
  if (status < 200 || status >= 300) throw new Error(`the receiver answered ${status}`);
  return status;
}

const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] as string });
const worker = await Worker.create({
  connection,
  taskQueue: process.env['BENCH_TASK_QUEUE'] as string,
  workflowsPath: new URL('./plain-workflow.ts', import.meta.url).pathname,
  activities: {
    post,
    set: (values: object) => Promise.resolve(values),
    async request(url: string) {
      const response = await fetch(url);
      return { status: response.status, body: await response.json() };
    },
  },
  maxConcurrentActivityTaskExecutions: 200,
  maxHeartbeatThrottleInterval: '1s',
  defaultHeartbeatThrottleInterval: '1s',
});
const stop = () => worker.shutdown();
process.once('SIGTERM', stop);
console.log('worker is ready');
await worker.run();
await connection.close();
