/**
 * Threads that each take one job at a time, are killed when a step of it passes its bound, and are replaced. Jobs wait in
 * turns: one of every key, then the next of every key.
 */
import type { Worker } from 'node:worker_threads';
import { FairQueue } from './fair-queue.ts';
import { sharedCells } from './thread-cells.ts';
import { sharedClockMs, workedMs } from './thread-time.ts';

/** What a thread says: once that it is warm, then notes if it has any, then one answer per job. */
export type ThreadMessage<Answer, Note = never> = 'ready' | { answer: Answer } | { note: Note };

/** Runs jobs. `close` ends the threads; jobs that are under way then are rejected. */
export interface ThreadPool<Job, Answer, Note = never> {
  run(job: Job, options?: RunOptions<Note>): Promise<Answer>;
  close(): Promise<void>;
}

/** How a job waits and who listens to it. */
export interface RunOptions<Note> {
  /** Whose job it is; by default it is nobody's own. */
  key?: string;
  /** Takes the job back, or ends its thread; its reason is thrown. */
  signal?: AbortSignal;
  onNote?: (note: Note) => void;
}

/** What a pool's threads are. */
export interface ThreadPoolSettings<Job, Answer> {
  threads: number;
  /** Start the threads with the pool rather than with its first jobs, so that they are warm. */
  startsAtOnce: boolean;
  startWorker(shared: SharedArrayBuffer): Worker;
  bounds(job: Job): StepBounds;
  /** The answer for a job whose thread was killed, or ended by itself. `step`: from 0. */
  lost(why: 'time' | 'memory', step: number, job: Job): Answer;
}

/** Bounds of one step of a job, in milliseconds. */
export interface StepBounds {
  /** CPU time of the thread (wall time where the system does not tell it) after which it is killed. */
  workMs: number;
  /** Wall time after which it is killed, however little it has worked. */
  stuckMs: number;
}

interface PendingJob<Job, Answer, Note> {
  job: Job;
  key: string;
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
  onNote?: ((note: Note) => void) | undefined;
}

interface Slot<Job, Answer, Note> {
  worker: Worker;
  cells: Int32Array;
  ready: boolean;
  current?: PendingJob<Job, Answer, Note>;
  sentAt: number;
  timer?: NodeJS.Timeout;
}

/** Longest a job may take outside its steps (reading values, sending results), in milliseconds. */
const overheadMs = 10_000;
/** Starts that may fail one after the other; jobs wait for no more. */
const maxFailedStarts = 3;

/** Creates a pool. An idle pool keeps no process alive. */
export function createThreadPool<Job, Answer, Note = never>(
  settings: ThreadPoolSettings<Job, Answer>,
): ThreadPool<Job, Answer, Note> {
  const pool = new Pool<Job, Answer, Note>(settings);
  return { run: (job, options = {}) => pool.run(job, options), close: () => pool.close() };
}

class Pool<Job, Answer, Note> {
  readonly #settings: ThreadPoolSettings<Job, Answer>;
  readonly #slots = new Set<Slot<Job, Answer, Note>>();
  readonly #queue = new FairQueue<PendingJob<Job, Answer, Note>>();
  #failedStarts = 0;
  #closed = false;

  constructor(settings: ThreadPoolSettings<Job, Answer>) {
    this.#settings = settings;
    if (settings.startsAtOnce) this.#fill(settings.threads);
  }

  run(job: Job, { key = '', signal, onNote }: RunOptions<Note>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('the threads are closed'));
      if (signal?.aborted) return reject(signal.reason as Error);
      const pending: PendingJob<Job, Answer, Note> = { job, key, resolve, reject, onNote };
      if (signal) this.#endWith(signal, pending);
      this.#queue.add(key, pending);
      const busy = [...this.#slots].filter(({ current }) => current).length;
      this.#fill(Math.min(this.#settings.threads, this.#settings.startsAtOnce ? Infinity : busy + 1));
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const pending = this.#queue.clear();
    const slots = [...this.#slots];
    for (const { current } of slots) if (current) pending.push(current);
    for (const slot of slots) this.#remove(slot);
    for (const { reject } of pending) reject(new Error('the threads were closed'));
    await Promise.all(slots.map(({ worker }) => worker.terminate()));
  }

  /** A job that is taken back while it waits never runs; one that runs loses its thread. */
  #endWith(signal: AbortSignal, pending: PendingJob<Job, Answer, Note>): void {
    const end = () => {
      pending.reject(signal.reason as Error);
      if (this.#queue.remove(pending.key, pending)) return;
      const slot = [...this.#slots].find(({ current }) => current === pending);
      if (!slot) return;
      this.#replace(slot);
      this.#dispatch();
    };
    signal.addEventListener('abort', end, { once: true });
    const { resolve, reject } = pending;
    pending.resolve = (answer) => (signal.removeEventListener('abort', end), resolve(answer));
    pending.reject = (error) => (signal.removeEventListener('abort', end), reject(error));
  }

  #fill(count: number): void {
    while (!this.#closed && this.#slots.size < count) this.#addThread();
  }

  #addThread(): void {
    const shared = new SharedArrayBuffer(sharedCells.count * Int32Array.BYTES_PER_ELEMENT);
    const worker = this.#settings.startWorker(shared);
    const slot: Slot<Job, Answer, Note> = { worker, cells: new Int32Array(shared), ready: false, sentAt: 0 };
    this.#slots.add(slot);
    worker.on('message', (message: ThreadMessage<Answer, Note>) => this.#hear(slot, message));
    worker.on('error', (error) => this.#lose(slot, error));
    worker.on('exit', () => this.#lose(slot, new Error('the thread ended')));
    this.#holdProcess();
  }

  #hear(slot: Slot<Job, Answer, Note>, message: ThreadMessage<Answer, Note>): void {
    if (!this.#slots.has(slot)) return;
    if (message === 'ready') {
      slot.ready = true;
      this.#failedStarts = 0;
    } else if ('note' in message) return slot.current?.onNote?.(message.note);
    else finish(slot, message.answer);
    this.#dispatch();
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (!slot.ready || slot.current) continue;
      const next = this.#queue.take();
      if (!next) break;
      slot.current = next;
      slot.sentAt = sharedClockMs();
      slot.worker.postMessage(next.job);
      this.#watch(slot, this.#settings.bounds(next.job), next);
    }
    this.#holdProcess();
  }

  /** Only threads with work, or with work to come, keep the process alive. */
  #holdProcess(): void {
    for (const { worker, current } of this.#slots) {
      if (current || !this.#queue.isEmpty) worker.ref();
      else worker.unref();
    }
  }

  #watch(
    slot: Slot<Job, Answer, Note>,
    bounds: StepBounds,
    { job }: { job: Job },
    waitMs = bounds.workMs,
  ): void {
    slot.timer = setTimeout(() => {
      const left = millisecondsLeft(slot, bounds);
      if (left > 0) return this.#watch(slot, bounds, { job }, left);
      this.#fail(slot, 'time');
    }, waitMs);
    slot.timer.unref();
  }

  /** A thread that ended by itself: out of memory, or it could not start. */
  #lose(slot: Slot<Job, Answer, Note>, error: Error): void {
    if (!this.#slots.has(slot)) return;
    if (!slot.ready) this.#failedStarts += 1;
    if (this.#failedStarts < maxFailedStarts) return this.#fail(slot, 'memory');
    this.#remove(slot);
    for (const { reject } of this.#queue.clear()) reject(new Error('no thread starts', { cause: error }));
  }

  /** Answers for the step under way, ends the thread and starts another. */
  #fail(slot: Slot<Job, Answer, Note>, why: 'time' | 'memory'): void {
    const step = Math.max(0, Atomics.load(slot.cells, sharedCells.running) - 1);
    this.#replace(slot);
    if (slot.current) finish(slot, this.#settings.lost(why, step, slot.current.job));
    this.#dispatch();
  }

  #replace(slot: Slot<Job, Answer, Note>): void {
    this.#remove(slot);
    if (this.#settings.startsAtOnce || !this.#queue.isEmpty) this.#fill(this.#settings.threads);
  }

  #remove(slot: Slot<Job, Answer, Note>): void {
    this.#slots.delete(slot);
    clearTimeout(slot.timer);
    void slot.worker.terminate();
  }
}

function finish<Job, Answer, Note>(slot: Slot<Job, Answer, Note>, answer: Answer): void {
  clearTimeout(slot.timer);
  const { current } = slot;
  delete slot.current;
  current?.resolve(answer);
}

/** By what the thread has worked, so that neither waiting nor a late timer nor a busy machine counts. */
function millisecondsLeft(
  { cells, sentAt }: { cells: Int32Array; sentAt: number },
  { workMs, stuckMs }: StepBounds,
): number {
  const now = sharedClockMs();
  if (Atomics.load(cells, sharedCells.running) === 0) return sentAt + overheadMs > now ? 25 : 0;
  const left = workMs - workedAtPresent(cells);
  return Math.min(left, Atomics.load(cells, sharedCells.startedAtClock) + stuckMs - now);
}

/** Milliseconds that the thread has worked on its step. */
function workedAtPresent(cells: Int32Array): number {
  try {
    return workedMs(Atomics.load(cells, sharedCells.threadId)) - Atomics.load(cells, sharedCells.startedAt);
  } catch {
    // It has ended: the word of that is on its way.
    return 0;
  }
}
