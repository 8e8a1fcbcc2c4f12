import { AppError } from '../../errors/app-error.ts';
import type { Json } from '../../engine/json/json.ts';
import { createEvaluator } from '../../expressions/evaluate/evaluator.ts';
import type { Bindings, Evaluator } from '../../expressions/evaluate/evaluator.ts';

let evaluator: Evaluator | undefined;

/**
 * Evaluates an expression, or a text that holds some, that a webhook or its trigger names.
 * @param name what it is, for people
 * @throws AppError invalid-request when it fails
 */
export async function evaluateSetting(
  text: string,
  bindings: Bindings,
  { now, name }: { now: Date; name: string },
): Promise<Json> {
  // Threads only in processes whose webhooks need them.
  evaluator ??= createEvaluator({ threads: 1 });
  try {
    return await evaluator.resolve(text, bindings, { now });
  } catch (cause) {
    const message = `The expression of ${name} fails: ${(cause as Error).message}`;
    throw new AppError('invalid-request', message, { cause });
  }
}
