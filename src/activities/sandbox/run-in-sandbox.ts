import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { startDeadline } from '../../deadline.ts';

/** What a sandbox runs. `input`: JSON text. */
export interface SandboxJob {
  code: string;
  input: string;
  /** Bound of the code, in milliseconds. */
  timeoutMs: number;
}

/** A job with what the thread counts its lines in, also those that it does not send. */
export type SandboxData = SandboxJob & { said: Int32Array };

/** Who listens to a sandbox. `onLeftOut`: how many lines were not told, once it is over. */
export interface SandboxListener {
  signal: AbortSignal;
  onLine: (line: SandboxLine) => void;
  onLeftOut: (lines: number) => void;
}

/** What the code said by `console`. */
export interface SandboxLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
}

/** What came of it. `output`: JSON text. */
export type SandboxReply = { output: string } | { error: 'code_error' | 'code_timeout'; message: string };

/** Beyond the code's own bound: starting the thread and the engine. */
const startMs = 5_000;

/**
 * Runs code in a thread and an engine of its own: no network, no files, no environment, 64 MiB. The engine stops itself
 * at its bound; the thread is ended when it does not, or when the signal says so.
 */
export async function runInSandbox(
  job: SandboxJob,
  { signal, onLine, onLeftOut }: SandboxListener,
): Promise<SandboxReply> {
  // Shared: the count is there also when the thread is ended in the middle of its work.
  const said = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let told = 0;
  const entry = import.meta.url.endsWith('.ts') ? './start-from-source.mjs' : './sandbox-thread.js';
  const thread = new Worker(new URL(entry, import.meta.url), {
    workerData: { ...job, said } satisfies SandboxData,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  thread.on('message', (message: SandboxReply | { line: SandboxLine }) => {
    if (!('line' in message)) return thread.emit('reply', message);
    told += 1;
    return onLine(message.line);
  });
  const deadline = startDeadline(job.timeoutMs + startMs, [signal]);
  try {
    const [reply] = (await once(thread, 'reply', { signal: deadline.signal })) as [SandboxReply];
    return reply;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (deadline.hasPassed()) return { error: 'code_timeout', message: 'the code took too long' };
    return { error: 'code_error', message: error instanceof Error ? error.message : 'the sandbox broke' };
  } finally {
    deadline.clear();
    await thread.terminate();
    onLeftOut(Atomics.load(said, 0) - told);
  }
}
