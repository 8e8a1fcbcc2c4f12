import { AppError } from '../../errors/app-error.ts';
import type { Json } from '../../engine/json/json.ts';
import { environmentOf } from '../../expressions/evaluate/bindings.ts';
import type { Bindings } from '../../expressions/evaluate/bindings.ts';
import { BusyError, createFairEvaluator } from '../../expressions/evaluate/fair-evaluator.ts';
import { requestParts } from '../../expressions/parse/check-request-expression.ts';
import { parseExpression } from '../../expressions/parse/parse-expression.ts';
import { evaluatePlan, needsThread } from '../../expressions/parse/plain-path.ts';

/** A text of a webhook's settings or its trigger that is evaluated for a request. */
export interface RequestExpression {
  text: string;
  /** What it is, for people. */
  name: string;
  /** Whose it is: workflows are evaluated in turn. */
  workflowId: string;
}

// Its threads start only in processes whose webhooks need them.
const evaluator = createFairEvaluator();

/**
 * Returns the values of the pieces of a text, `null` for those that give none.
 * @throws AppError invalid-request when one fails, overloaded when too many requests of the workflow wait already
 */
async function evaluateParts(
  { text, name, workflowId }: RequestExpression,
  bindings: Bindings,
  now: Date,
): Promise<Json[]> {
  const { parts } = requestParts(text);
  const values = parts.map((part) => ('text' in part ? part.text : evaluateHere(part.expression, bindings)));
  if (values.every((value) => value !== needsThread)) return values as Json[];
  const payload = parts.map((part) => ('text' in part ? '' : `{{${part.expression}}}`));
  try {
    const resolved = (await evaluator.resolve(workflowId, payload, bindings, { now })) as Json[];
    return parts.map((part, index) => ('text' in part ? part.text : (resolved[index] ?? null)));
  } catch (cause) {
    if (cause instanceof BusyError) throw new AppError('overloaded', `${name}: ${cause.message}.`, { cause });
    throw new AppError('invalid-request', `The expression of ${name} fails: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** A plain path takes no thread. */
function evaluateHere(expression: string, bindings: Bindings): Json | typeof needsThread {
  const { plan, problem } = parseExpression(expression);
  if (!plan || problem !== undefined) return needsThread;
  const value = evaluatePlan(plan, environmentOf(bindings));
  return value === needsThread ? needsThread : (value ?? null);
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
