import type { Run } from './types.ts';

/** A run that ended as `failure` or `cancelled`. */
export class RunFailedError extends Error {
  /** The run, with its `error` and its nodes. */
  readonly run: Run;

  constructor(run: Run) {
    super(`run ${run.id} ended as ${run.status}${run.error ? `: ${run.error.message}` : ''}`);
    this.name = 'RunFailedError';
    this.run = run;
  }
}
