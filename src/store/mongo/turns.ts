/** Lets a few do something at a time; the others wait, first come, first served. */
export interface Turns {
  /** Waits for a turn, then does the work in it. Returns `undefined` when the signal is aborted before that. */
  take<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result | undefined>;
}

/** Creates turns of which `max` are taken at a time. */
export function createTurns(max: number): Turns {
  const waiting = new Set<() => void>();
  let taken = 0;

  function next(): void {
    const [first] = waiting;
    if (!first || taken >= max) return;
    waiting.delete(first);
    taken += 1;
    first();
  }

  async function turn(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    return new Promise((resolve) => {
      const giveUp = () => {
        waiting.delete(begin);
        resolve(false);
      };
      const begin = () => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      waiting.add(begin);
      next();
    });
  }

  return {
    async take(signal, work) {
      if (!(await turn(signal))) return undefined;
      try {
        return await work();
      } finally {
        taken -= 1;
        next();
      }
    },
  };
}
