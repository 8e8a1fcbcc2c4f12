/**
 * How an expression can fail: badly written or wrongly applied, over a bound, missing in strict mode, or one too many for
 * its payload.
 */
export type ExpressionErrorType =
  'expression_error' | 'expression_limit' | 'expression_missing_value' | 'payload_too_large';

/** A failed expression: which, where, why. It fails the node and is never retried. */
export class ExpressionError extends Error {
  readonly type: ExpressionErrorType;
  /** RFC 6901, of the string inside the payload. */
  readonly pointer: string;
  /** The text between the braces. */
  readonly expression: string;

  constructor(type: ExpressionErrorType, message: string, place: { pointer: string; expression: string }) {
    super(message);
    this.name = 'ExpressionError';
    this.type = type;
    this.pointer = place.pointer;
    this.expression = place.expression;
  }
}
