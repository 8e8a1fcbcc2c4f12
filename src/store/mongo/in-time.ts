import { MongoOperationTimeoutError } from 'mongodb';
import { unlessLate } from '../../deadline.ts';

/** Longest time a transaction may take, in milliseconds. */
export const appendCapMs = 5_000;

/**
 * Returns what `work` answers, unless it takes longer than `ms` milliseconds: then MongoDB counts as away. The driver's own
 * bounds do not hold while a server has stopped without closing its connections; what was begun may yet be done.
 * @throws MongoOperationTimeoutError
 */
export function inTime<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  return unlessLate(ms, work, () => {
    throw new MongoOperationTimeoutError(`MongoDB did not answer within ${ms} ms`);
  });
}
