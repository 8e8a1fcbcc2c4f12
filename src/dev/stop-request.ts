const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Returns once this process is asked to stop: by a signal, or by the end of the process that started it. A second Ctrl-C
 * ends it at once; embedded servers that are left then are ended by the next start.
 */
export function onStopRequest(announce: () => void): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    const ask = (signal?: NodeJS.Signals) => {
      if (isAsked && signal === 'SIGINT') process.exit(130);
      if (isAsked) return;
      isAsked = true;
      announce();
      resolve();
    };
    for (const signal of signals) process.on(signal, ask);
    process.once('disconnect', () => ask());
  });
}
