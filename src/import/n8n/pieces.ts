/** Pieces of an expression while it is translated. */
import type { MemberExpression, Node } from 'acorn';
import type { Context } from './context.ts';

/** A translated piece. `kind` is what it is known to give. */
export interface Piece {
  text: string;
  kind?: 'string' | 'number' | 'boolean';
}

/** What pieces are translated in. */
export interface Frame {
  context: Context;
  /** Parameters of arrow functions, as JSONata names them. */
  names: ReadonlyMap<string, string>;
  /** Whether only the truth of the piece counts. */
  isCondition?: boolean;
  /** Translates what stands inside. */
  translate: (node: Node, frame: Frame) => Piece;
}

/** Translates a piece whose value counts. */
export function value(node: Node, frame: Frame): string {
  return frame.translate(node, { ...frame, isCondition: false }).text;
}

/** Returns the name or number of a member that is known. */
export function propertyOf({ property, computed }: MemberExpression): string | number | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  if (property.type !== 'Literal') return undefined;
  const { value: key } = property;
  return typeof key === 'string' || typeof key === 'number' ? key : undefined;
}
