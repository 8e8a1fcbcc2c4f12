/** The Worker of the baseline, a process of its own with the options of ours. */
import { NativeConnection, Worker } from '@temporalio/worker';

const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] as string });
const worker = await Worker.create({
  connection,
  taskQueue: process.env['BENCH_TASK_QUEUE'] as string,
  workflowsPath: new URL('./plain-workflow.ts', import.meta.url).pathname,
  activities: {
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
