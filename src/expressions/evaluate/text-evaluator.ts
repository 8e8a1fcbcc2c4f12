/** Evaluates texts that are read before there is a node: keys, filters and limits of requests and runs. */
import type { Json } from '../../engine/json/json.ts';
import { requestParts } from '../parse/check-request-expression.ts';
import { parseExpression } from '../parse/parse-expression.ts';
import { evaluatePlan, needsThread } from '../parse/plain-path.ts';
import { environmentOf } from './bindings.ts';
import type { Bindings } from './bindings.ts';
import { createFairEvaluator } from './fair-evaluator.ts';

/** Evaluates for many owners, none of whom delays another. */
export interface TextEvaluator {
  /**
   * Returns the values of the pieces of a text, `null` for those that give none. A plain path takes no thread.
   * @throws ExpressionError; BusyError when too much of the owner waits already
   */
  parts(given: { text: string; owner: string }, bindings: Bindings, now: Date): Promise<Json[]>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** Creates the evaluator of a process; its threads start only when an expression needs one. */
export function createTextEvaluator(): TextEvaluator {
  const evaluator = createFairEvaluator();
  return {
    async parts({ text, owner }, bindings, now) {
      const { parts } = requestParts(text);
      const values = parts.map((part) =>
        'text' in part ? part.text : evaluateHere(part.expression, bindings),
      );
      if (values.every((value) => value !== needsThread)) return values as Json[];
      const payload = parts.map((part) => ('text' in part ? '' : `{{${part.expression}}}`));
      const resolved = (await evaluator.resolve(owner, payload, bindings, { now })) as Json[];
      return parts.map((part, index) => ('text' in part ? part.text : (resolved[index] ?? null)));
    },
    close: () => evaluator.close(),
  };
}

function evaluateHere(expression: string, bindings: Bindings): Json | typeof needsThread {
  const { plan, problem } = parseExpression(expression);
  if (!plan || problem !== undefined) return needsThread;
  const value = evaluatePlan(plan, environmentOf(bindings));
  return value === needsThread ? needsThread : (value ?? null);
}

/** The value of a text: of one expression its own, of several their texts, one after the other. */
export function wholeValue(parts: readonly Json[]): Json {
  const [only = null] = parts;
  if (parts.length === 1) return only;
  const text = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));
  return parts.map((value) => (value === null ? '' : text(value))).join('');
}
