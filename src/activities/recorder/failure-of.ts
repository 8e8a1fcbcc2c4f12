import type { ExpressionError } from '../../expressions/evaluate/expression-error.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { wellFormed, wellFormedText } from '../../engine/json/well-formed.ts';
import type { RunError } from '../../engine/log/facts.ts';
import type { Logger } from '../../log.ts';
import { NodeFailure } from '../node-code.ts';

/** Errors of our own modules whose `type` is an error type of the definition page. */
const typedErrors = ['ExpressionError', 'GuardedRequestError'];

/** Longest texts of an error, in characters: it stands in events, records and Temporal's history. */
const maxTypeLength = 100;
const maxMessageLength = 4_096;

/** Translates what a node's code threw into the error that is recorded. A bug tells nothing of its inside. */
export function failureOf(
  thrown: unknown,
  log: Pick<Logger, 'error'>,
): { error: RunError; retryAfterMs?: number } {
  const { error, ...rest } = translate(thrown, log);
  const { type, message, ...others } = wellFormed(error as unknown as Json) as unknown as RunError;
  const texts = { type: cut(type, maxTypeLength), message: cut(message, maxMessageLength) };
  return { error: { ...others, ...texts }, ...rest };
}

/** Returns an error whose message and type Temporal can send; any other as it is. */
export function sendableError(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { message, stack } = thrown;
  thrown.message = wellFormedText(message);
  if (stack !== undefined) thrown.stack = wellFormedText(stack);
  return thrown;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Longest expression that an error shows, in characters. */
const maxExpressionLength = 500;

/** Where an expression failed: its place in the payload, itself, and the place in it. Of one that reads secrets only the first. */
function detailsOf(thrown: object): { details?: JsonObject } {
  const { pointer, expression, position, isConfidential } = thrown as Partial<ExpressionError>;
  if (pointer === undefined || expression === undefined) return {};
  if (isConfidential) return { details: { pointer } };
  const shown = cut(expression, maxExpressionLength);
  return { details: { pointer, expression: shown, ...(position === undefined ? {} : { position }) } };
}

function translate(thrown: unknown, log: Pick<Logger, 'error'>): { error: RunError; retryAfterMs?: number } {
  if (thrown instanceof NodeFailure) {
    const { error, retryAfterMs } = thrown;
    return { error, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  if (thrown instanceof Error && thrown.name === 'ValueTooLargeError') {
    return { error: { type: 'payload_too_large', message: thrown.message, retryable: false } };
  }
  if (thrown instanceof Error && typedErrors.includes(thrown.name) && 'type' in thrown) {
    return { error: { type: String(thrown.type), message: thrown.message, ...detailsOf(thrown) } };
  }
  log.error({ err: thrown }, 'a node failed by a fault of ours');
  return { error: { type: 'internal', message: 'an internal error; the log has the details' } };
}
