/**
 * How long a thread has worked. CPU time where the system tells it, so that neither another thread nor an overloaded
 * machine makes an expression late.
 */
import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** Milliseconds on a clock that all threads share and that never jumps; it starts again after eleven days. */
export function sharedClockMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return (seconds % 1_000_000) * 1_000 + Math.floor(nanoseconds / 1_000_000);
}

/** The id by which the system knows the calling thread; 0 where it tells no CPU time of threads: all but Linux. */
export function currentThreadId(): number {
  try {
    const id = Number(basename(readlinkSync('/proc/thread-self')));
    return cpuMsOf(id) > 0 ? id : 0;
  } catch {
    return 0;
  }
}

/**
 * Milliseconds that a thread of this process has worked since some moment; for the id 0 on the shared clock.
 * @throws Error when the thread has ended
 */
export function workedMs(threadId: number): number {
  return threadId === 0 ? sharedClockMs() : cpuMsOf(threadId);
}

/** Source: Linux, Documentation/scheduler/sched-stats, `/proc/<pid>/schedstat`: nanoseconds on the CPU come first. */
function cpuMsOf(threadId: number): number {
  return Math.floor(
    parseInt(readFileSync(`/proc/self/task/${threadId}/schedstat`, 'latin1'), 10) / 1_000_000,
  );
}

/** The time bound of one step, for the thread that works at it. */
export class TimeBound {
  readonly #threadId: number;
  readonly #limitMs: number;
  /** `workedMs` at the start. */
  readonly startedAt: number;
  /** On the shared clock: before then, the bound cannot be passed, however much of the time was work. */
  #askAgainAt: number;

  constructor(threadId: number, limitMs: number) {
    this.#threadId = threadId;
    this.#limitMs = limitMs;
    this.startedAt = workedMs(threadId);
    this.#askAgainAt = sharedClockMs() + limitMs;
  }

  /** Whether the thread has worked for longer than it may. Cheap enough for every step. */
  isPassed(): boolean {
    const now = sharedClockMs();
    if (now <= this.#askAgainAt) return false;
    const left = this.#limitMs - (workedMs(this.#threadId) - this.startedAt);
    this.#askAgainAt = now + left;
    return left < 0;
  }
}
