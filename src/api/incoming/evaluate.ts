import { AppError } from '../../errors/app-error.ts';
import type { Json } from '../../engine/json/json.ts';
import type { Bindings } from '../../expressions/evaluate/bindings.ts';
import { BusyError } from '../../expressions/evaluate/fair-evaluator.ts';
import { createTextEvaluator, wholeValue } from '../../expressions/evaluate/text-evaluator.ts';

/** A text of a webhook's settings or its trigger that is evaluated for a request. */
export interface RequestExpression {
  text: string;
  /** What it is, for people. */
  name: string;
  /** Whose it is: workflows are evaluated in turn. */
  workflowId: string;
}

// Its threads start only in processes whose webhooks need them.
const evaluator = createTextEvaluator();

/**
 * Returns the values of the pieces of a text, `null` for those that give none.
 * @throws AppError invalid-request when one fails, overloaded when too many requests of the workflow wait already
 */
async function evaluateParts(
  { text, name, workflowId }: RequestExpression,
  bindings: Bindings,
  now: Date,
): Promise<Json[]> {
  try {
    return await evaluator.parts({ text, owner: workflowId }, bindings, now);
  } catch (cause) {
    if (cause instanceof BusyError) throw new AppError('overloaded', `${name}: ${cause.message}.`, { cause });
    throw new AppError('invalid-request', `The expression of ${name} fails: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * Returns the key that a text gives for a request; `undefined` when an expression in it gives nothing.
 * @throws AppError as `evaluateParts`
 */
export async function evaluateKey(
  expression: RequestExpression,
  bindings: Bindings,
  now: Date,
): Promise<Json | undefined> {
  const values = await evaluateParts(expression, bindings, now);
  if (values.some((value) => value === null || value === '')) return undefined;
  const [only] = values;
  if (values.length === 1) return only;
  return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('');
}

/** Returns the value of a text that is one expression. @throws AppError as `evaluateParts` */
export async function evaluateOne(
  expression: RequestExpression,
  bindings: Bindings,
  now: Date,
): Promise<Json> {
  return (await evaluateParts(expression, bindings, now))[0] ?? null;
}

/** Returns the value of a whole text: of one expression its own, of several their texts. @throws AppError as `evaluateParts` */
export async function evaluateText(
  expression: RequestExpression,
  bindings: Bindings,
  now: Date,
): Promise<Json> {
  return wholeValue(await evaluateParts(expression, bindings, now));
}
