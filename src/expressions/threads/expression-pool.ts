import { Worker } from 'node:worker_threads';
import { expressionLimits } from '../evaluate/limits.ts';
import { createThreadPool } from './thread-pool.ts';
import type { ThreadPool } from './thread-pool.ts';
import type { ThreadAnswer, ThreadJob } from './thread-messages.ts';

/** The threads of an evaluator. */
export type ExpressionPool = ThreadPool<ThreadJob, ThreadAnswer>;

/** Starts the threads that evaluate expressions, so that they are warm when the first job comes. */
export function createExpressionPool(threads: number): ExpressionPool {
  const { timeMs, graceMs, stuckMs } = expressionLimits;
  return createThreadPool({
    threads,
    startsAtOnce: true,
    startWorker,
    bounds: () => ({ workMs: timeMs + graceMs, stuckMs }),
    lost: (why, index) => ({
      failure: {
        index,
        type: 'expression_limit',
        message:
          why === 'time'
            ? `the expression took longer than ${timeMs} ms`
            : 'the expression needs too much memory',
      },
    }),
  });
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
