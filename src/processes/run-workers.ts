/** The Workers of one process, from their start to their end. */
import type { Worker } from '@temporalio/worker';
import { unlessLate } from '../deadline.ts';
import type { Logger } from '../log.ts';

/** How long a Worker that has failed has to end with the reason, in milliseconds; no event tells of its failure. */
const failureGraceMs = 5_000;

/** Workers that run. */
export interface RunningWorkers {
  /** Resolves with the reason when a Worker stops that nobody has stopped. */
  failed: Promise<Error>;
  /** Whether all of them work. */
  isUp(): boolean;
  /** Resolves when they have stopped, or would not. */
  stop(): Promise<void>;
}

/** Runs Workers until they are stopped, or one of them stops by itself. `stopMs`: milliseconds that they have to stop. */
export function runWorkers(
  workers: readonly Worker[],
  { log, stopMs }: { log: Logger; stopMs: number },
): RunningWorkers {
  let isStopping = false;
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<Error>((resolve) => (fail = resolve));
  let hasFailed = false;
  const onEnd = (error: Error) => {
    if (isStopping || hasFailed) return;
    hasFailed = true;
    log.error({ err: error }, 'a Worker stopped');
    fail(error);
  };
  const run = async (worker: Worker) => {
    try {
      await worker.run();
      onEnd(new Error(`the Worker of ${worker.options.taskQueue} stopped`));
    } catch (error) {
      onEnd(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const ended = Promise.all(workers.map(run));
  const watching = watchFailures(workers, onEnd);
  return {
    failed,
    isUp: () => workers.every((worker) => worker.getState() === 'RUNNING'),
    async stop() {
      isStopping = true;
      clearInterval(watching);
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await unlessLate(stopMs, ended, () => undefined);
    },
  };
}

/** A Worker that has failed should end with the reason, and may wait for ever for its own end instead. */
function watchFailures(workers: readonly Worker[], onFailure: (error: Error) => void): NodeJS.Timeout {
  let known: Worker | undefined;
  const look = () => {
    const failed = workers.find((worker) => worker.getState() === 'FAILED');
    if (failed && failed === known) onFailure(new Error(`the Worker of ${failed.options.taskQueue} failed`));
    known = failed;
  };
  return setInterval(look, failureGraceMs).unref();
}
