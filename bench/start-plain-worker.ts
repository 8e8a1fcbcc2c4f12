import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The baseline's Worker in a process of its own, ready. */
export async function startPlainWorker(
  taskQueue: string,
  more: Record<string, string> = {},
): Promise<{ pid: number; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/plain-worker.ts'], {
    env: { ...process.env, BENCH_TASK_QUEUE: taskQueue, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = new Promise<void>((resolve) =>
    child.stdout?.on('data', (text: Buffer) => text.includes('worker is ready') && resolve()),
  );
  await Promise.race([ready, once(child, 'exit').then(() => assert.fail('the plain worker ended'))]);
  return {
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
