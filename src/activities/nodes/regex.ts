import type { Evaluator } from '../../expressions/evaluate/evaluator.ts';
import { ExpressionError } from '../../expressions/evaluate/expression-error.ts';
import { expectedPattern } from '../../expressions/evaluate/match-text.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';

/** Creates the code that searches a text, in a thread and within the bounds of an expression. */
export function createRegex(evaluator: Evaluator): NodeCode {
  return async ({ call, payload, attempt: { signal } }) => {
    const global = payload['global'] === true || payload['global'] === 'true';
    const pattern = String(payload['pattern'] ?? '');
    const search = { text: textOf(payload['text']), pattern, global };
    const matches = await evaluator.match(search, { owner: call.versionId, signal }).catch(asNodeFailure);
    return { value: { matched: Object.keys(matches).length > 0, matches } };
  };
}

function asNodeFailure(cause: unknown): never {
  if (!(cause instanceof ExpressionError)) throw cause;
  const { type, message } = cause;
  const error =
    type === 'expression_error'
      ? { type: 'invalid_input', message: `pattern: ${expectedPattern}; ${message}` }
      : { type, message };
  throw new NodeFailure({ ...error, retryable: false }, { cause });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
