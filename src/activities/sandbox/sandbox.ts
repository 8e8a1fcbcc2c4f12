import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { createThreadPool } from '../../expressions/threads/thread-pool.ts';
import { tookTooLong } from './sandbox-messages.ts';
import type { SandboxData, SandboxJob, SandboxLine, SandboxReply } from './sandbox-messages.ts';

/** Who listens to a sandbox. `onLeftOut`: how many lines were not told, once it is over. */
export interface SandboxListener {
  /** Whose code it is: the code of others does not wait behind it. */
  key: string;
  signal: AbortSignal;
  onLine: (line: SandboxLine) => void;
  onLeftOut: (lines: number) => void;
}

/** Runs code. `close` ends the threads. */
export interface Sandbox {
  /** @throws the signal's reason when it is aborted */
  run(job: SandboxJob, listener: SandboxListener): Promise<SandboxReply>;
  close(): Promise<void>;
}

/** Beyond the code's own bound, after which the engine stops itself, in milliseconds. */
const graceMs = 500;
/** Wall time after which code is ended however little of it was work, per millisecond of its bound. */
const stuckFactor = 20;

/**
 * Creates the threads in which code runs, each run in an engine of its own: no network, no files, no environment, 64 MiB.
 * The engine stops itself at its bound of CPU time; its thread is ended when it does not, or when the signal says so.
 */
export function createSandbox(): Sandbox {
  const pool = createThreadPool<SandboxData, SandboxReply, SandboxLine>({
    threads: Math.max(2, Math.min(4, availableParallelism())),
    startsAtOnce: false,
    startWorker,
    bounds: ({ timeoutMs }) => ({
      workMs: timeoutMs + graceMs,
      stuckMs: Math.max(10_000, timeoutMs * stuckFactor),
    }),
    lost: (why, _, { timeoutMs }) =>
      why === 'time'
        ? tookTooLong(timeoutMs)
        : { error: 'code_error', message: 'the code needs more memory than it may have' },
  });
  return {
    async run(job, { key, signal, onLine, onLeftOut }) {
      // Shared: the count is there also when the thread is ended in the middle of its work.
      const said = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      let told = 0;
      const onNote = (line: SandboxLine) => {
        told += 1;
        onLine(line);
      };
      try {
        return await pool.run({ ...job, said }, { key, signal, onNote });
      } finally {
        onLeftOut(Atomics.load(said, 0) - told);
      }
    },
    close: () => pool.close(),
  };
}

function startWorker(shared: SharedArrayBuffer): Worker {
  const entry = import.meta.url.endsWith('.ts') ? './start-from-source.mjs' : './sandbox-thread.js';
  return new Worker(new URL(entry, import.meta.url), {
    workerData: { shared },
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
}
