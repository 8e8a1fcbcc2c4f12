/**
 * How an expression can fail: badly written or wrongly applied, over a bound, missing in strict mode, or one too many for
 * its payload.
 */
export type ExpressionErrorType =
  'expression_error' | 'expression_limit' | 'expression_missing_value' | 'payload_too_large';

/** Where an expression failed. */
export interface ExpressionPlace {
  pointer: string;
  expression: string;
  position?: number | undefined;
  isConfidential?: boolean;
}

/** A failed expression: which, where, why. It fails the node and is never retried. */
export class ExpressionError extends Error {
  readonly type: ExpressionErrorType;
  /** RFC 6901, of the string inside the payload. */
  readonly pointer: string;
  /** The text between the braces. */
  readonly expression: string;

  /** Characters of the expression up to where it failed, where that is known. */
  readonly position: number | undefined;
  /** It reads secrets: only its pointer may be told. */
  readonly isConfidential: boolean;

  constructor(type: ExpressionErrorType, message: string, place: ExpressionPlace) {
    super(message);
    this.name = 'ExpressionError';
    this.type = type;
    this.pointer = place.pointer;
    this.expression = place.expression;
    this.position = place.position;
    this.isConfidential = place.isConfidential ?? false;
  }
}
