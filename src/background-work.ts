/** Work of a process that no request waits for. */
export interface BackgroundWork {
  /** Looks for work, now. */
  soon(): void;
  /** Resolves when what is under way has ended; nothing begins afterwards. */
  stop(): Promise<void>;
}

/**
 * Creates work that is looked for when it is known to be there and, for what another process has left, from time to time.
 * @param given.look does all that there is; called by one at a time
 * @param given.closing aborted when nothing new is to begin
 */
export function createBackgroundWork(given: {
  look: () => Promise<void>;
  everyMs: number;
  closing: AbortSignal;
  onError: (error: unknown) => void;
}): BackgroundWork {
  const { look, everyMs, closing, onError } = given;
  let underWay: Promise<void> | undefined;
  let isWanted = false;
  const lookOn = async () => {
    while (isWanted && !closing.aborted) {
      isWanted = false;
      await look().catch(onError);
    }
    underWay = undefined;
  };
  const soon = () => {
    isWanted = true;
    underWay ??= lookOn();
  };
  const timer = setInterval(soon, everyMs).unref();
  return {
    soon,
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
