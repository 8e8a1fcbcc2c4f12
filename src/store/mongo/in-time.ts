import { MongoOperationTimeoutError } from 'mongodb';

/** Longest time a transaction may take, in milliseconds. */
export const appendCapMs = 5_000;

/**
 * Returns what `work` answers, unless it takes longer than `ms` milliseconds: then MongoDB counts as away. The driver's own
 * bounds do not hold while a server has stopped without closing its connections; what was begun may yet be done.
 * @throws MongoOperationTimeoutError
 */
export function inTime<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new MongoOperationTimeoutError(`MongoDB did not answer within ${ms} ms`));
    const timer = setTimeout(late, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
