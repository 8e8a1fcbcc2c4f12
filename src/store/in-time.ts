import { AppError } from '../errors/app-error.ts';

/** Longest time an append may take, in milliseconds. */
export const appendCapMs = 5_000;

/**
 * Answers what `work` answers, unless it takes longer than `ms` milliseconds: then MongoDB counts as away. The driver's own
 * bounds do not hold while a server has stopped without closing its connections; what was begun may yet be done.
 * @throws AppError store-unavailable
 */
export async function inTime<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = () => new AppError('store-unavailable', `MongoDB did not answer within ${ms} ms.`);
    timer = setTimeout(() => reject(error()), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
