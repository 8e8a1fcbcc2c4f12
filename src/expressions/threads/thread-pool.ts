/** Evaluation threads: each takes one job at a time, is killed when an expression passes its bound, and is replaced. */
import { Worker } from 'node:worker_threads';
import { expressionLimits } from '../evaluate/limits.ts';
import { sharedCells } from './thread-messages.ts';
import type { ThreadAnswer, ThreadFailure, ThreadJob, ThreadMessage } from './thread-messages.ts';
import { sharedClockMs, workedMs } from './thread-time.ts';

/** Runs jobs. `close` ends the threads; jobs that are under way then are rejected. */
export interface ThreadPool {
  run(job: ThreadJob): Promise<ThreadAnswer>;
  close(): Promise<void>;
}

interface PendingJob {
  job: ThreadJob;
  resolve: (answer: ThreadAnswer) => void;
  reject: (error: Error) => void;
}

interface Slot {
  worker: Worker;
  cells: Int32Array;
  ready: boolean;
  current?: PendingJob;
  sentAt: number;
  timer?: NodeJS.Timeout;
}

interface Pool {
  slots: Set<Slot>;
  queue: PendingJob[];
  /** Starts that failed one after the other; jobs wait for no more than three. */
  failedStarts: number;
  closed: boolean;
}

/** Longest a job may take outside its expressions (reading values, sending results), in milliseconds. */
const overheadMs = 10_000;

/** Starts the threads at once, so that they are warm when the first job comes. An idle pool keeps no process alive. */
export function createThreadPool(threads: number): ThreadPool {
  const pool: Pool = { slots: new Set(), queue: [], failedStarts: 0, closed: false };
  for (let count = 0; count < threads; count += 1) addThread(pool);
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        if (pool.closed) return reject(new Error('the evaluator is closed'));
        pool.queue.push({ job, resolve, reject });
        while (pool.slots.size < threads) addThread(pool);
        dispatch(pool);
      }),
    close: () => closePool(pool),
  };
}

async function closePool(pool: Pool): Promise<void> {
  pool.closed = true;
  const pending = pool.queue.splice(0);
  const slots = [...pool.slots];
  for (const { current } of slots) if (current) pending.push(current);
  for (const slot of slots) removeThread(pool, slot);
  for (const { reject } of pending) reject(new Error('the evaluator was closed'));
  await Promise.all(slots.map(({ worker }) => worker.terminate()));
}

/** A thread sees no environment variables. */
function startWorker(shared: SharedArrayBuffer): Worker {
  const entry = import.meta.url.endsWith('.ts') ? './start-from-source.mjs' : './expression-thread.js';
  return new Worker(new URL(entry, import.meta.url), {
    workerData: { shared },
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: expressionLimits.heapMb, maxYoungGenerationSizeMb: 32 },
  });
}

function addThread(pool: Pool): void {
  const shared = new SharedArrayBuffer(sharedCells.count * Int32Array.BYTES_PER_ELEMENT);
  const slot: Slot = { worker: startWorker(shared), cells: new Int32Array(shared), ready: false, sentAt: 0 };
  pool.slots.add(slot);
  slot.worker.on('message', (message: ThreadMessage) => hear(pool, slot, message));
  slot.worker.on('error', (error) => lose(pool, slot, error));
  slot.worker.on('exit', () => lose(pool, slot, new Error('the thread ended')));
  holdProcess(pool);
}

function hear(pool: Pool, slot: Slot, message: ThreadMessage): void {
  if (!pool.slots.has(slot)) return;
  if (message === 'ready') {
    slot.ready = true;
    pool.failedStarts = 0;
  } else finish(slot, message);
  dispatch(pool);
}

function finish(slot: Slot, answer: ThreadAnswer): void {
  clearTimeout(slot.timer);
  const { current } = slot;
  delete slot.current;
  current?.resolve(answer);
}

function dispatch(pool: Pool): void {
  for (const slot of pool.slots) {
    if (!slot.ready || slot.current) continue;
    const next = pool.queue.shift();
    if (!next) break;
    slot.current = next;
    slot.sentAt = sharedClockMs();
    slot.worker.postMessage(next.job);
    watch(pool, slot, expressionLimits.timeMs + expressionLimits.graceMs);
  }
  holdProcess(pool);
}

/** Only threads with work, or with work to come, keep the process alive. */
function holdProcess({ slots, queue }: Pool): void {
  for (const { worker, current } of slots) {
    if (current || queue.length > 0) worker.ref();
    else worker.unref();
  }
}

function watch(pool: Pool, slot: Slot, waitMs: number): void {
  slot.timer = setTimeout(() => {
    const left = millisecondsLeft(slot);
    if (left > 0) return watch(pool, slot, left);
    fail(pool, slot, 'expression_limit', `the expression took longer than ${expressionLimits.timeMs} ms`);
  }, waitMs);
  slot.timer.unref();
}

/** By what the thread has worked, so that neither waiting nor a late timer nor a busy machine counts. */
function millisecondsLeft({ cells, sentAt }: Slot): number {
  const now = sharedClockMs();
  const { timeMs, graceMs, stuckMs } = expressionLimits;
  if (Atomics.load(cells, sharedCells.running) === 0) return sentAt + overheadMs > now ? graceMs : 0;
  const left = timeMs + graceMs - workedAtPresent(cells);
  return Math.min(left, Atomics.load(cells, sharedCells.startedAtClock) + stuckMs - now);
}

/** Milliseconds that the thread has worked on its expression. */
function workedAtPresent(cells: Int32Array): number {
  try {
    return workedMs(Atomics.load(cells, sharedCells.threadId)) - Atomics.load(cells, sharedCells.startedAt);
  } catch {
    // It has ended: the word of that is on its way.
    return 0;
  }
}

/** A thread that ended by itself: out of memory, or it could not start. */
function lose(pool: Pool, slot: Slot, error: Error): void {
  if (!pool.slots.has(slot)) return;
  if (!slot.ready) pool.failedStarts += 1;
  if (pool.failedStarts >= 3) {
    removeThread(pool, slot);
    for (const { reject } of pool.queue.splice(0))
      reject(new Error('no evaluation thread starts', { cause: error }));
    return;
  }
  fail(pool, slot, 'expression_limit', 'the expression needs too much memory');
}

/** Returns for the expression under way, ends the thread and starts another. */
function fail(pool: Pool, slot: Slot, type: ThreadFailure['type'], message: string): void {
  const index = Math.max(0, Atomics.load(slot.cells, sharedCells.running) - 1);
  removeThread(pool, slot);
  if (!pool.closed) addThread(pool);
  finish(slot, { failure: { index, type, message } });
  dispatch(pool);
}

function removeThread(pool: Pool, slot: Slot): void {
  pool.slots.delete(slot);
  clearTimeout(slot.timer);
  void slot.worker.terminate();
}
