const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on what the terminal has sent to all: within so many milliseconds it is the same Ctrl-C. */
const sameMs = 500;
const watchMs = 500;

/**
 * Returns once this process is asked to stop: by a signal, or by the end of the process that started it. A second Ctrl-C
 * ends it at once; embedded servers that are left then are ended by the next start.
 */
export function onStopRequest(announce: () => void): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const ask = (signal?: NodeJS.Signals) => {
      if (askedAt !== undefined) {
        if (signal === 'SIGINT' && performance.now() - askedAt > sameMs) process.exit(130);
        return;
      }
      askedAt = performance.now();
      announce();
      resolve();
    };
    for (const signal of signals) process.on(signal, ask);
    process.once('disconnect', () => ask());
  });
}

/** Asks this process to stop when the one that started it ends: npm ends on a signal without its program. */
export function stopWithParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, watchMs);
  timer.unref();
}
