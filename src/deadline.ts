/** A signal that aborts when its time is over, or as soon as another signal does. */
export interface Deadline {
  signal: AbortSignal;
  /** Whether its time is over, rather than that another signal has aborted. */
  hasPassed(): boolean;
  /** Lets go of the timer and the other signals. */
  clear(): void;
}

/**
 * Starts a deadline. `AbortSignal.any` over `AbortSignal.timeout` is none: in Node.js 20 the garbage collection takes the
 * timeout away, and nothing ever aborts. Held by a test.
 */
export function startDeadline(ms: number, others: readonly AbortSignal[] = []): Deadline {
  const controller = new AbortController();
  const aborts = others.map((other) => ({
    other,
    onAbort: () => {
      clear();
      controller.abort(other.reason);
    },
  }));
  const clear = () => {
    clearTimeout(timer);
    for (const { other, onAbort } of aborts) other.removeEventListener('abort', onAbort);
  };
  let isOver = false;
  const timer = setTimeout(() => {
    clear();
    isOver = true;
    controller.abort(new DOMException(`the deadline of ${ms} ms has passed`, 'TimeoutError'));
  }, ms);
  for (const { other, onAbort } of aborts) {
    if (other.aborted) onAbort();
    else other.addEventListener('abort', onAbort, { once: true });
  }
  return { signal: controller.signal, hasPassed: () => isOver, clear };
}

/** Returns what the work does; rejects as soon as the signal is aborted, however long the work may go on. */
export async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Returns what the work does, or after `ms` milliseconds what `late` returns or throws, however long the work may go on. */
export function unlessLate<Result, Late>(
  ms: number,
  work: Promise<Result>,
  late: () => Late,
): Promise<Result | Late> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(Promise.resolve().then(late)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
