/** Translates expressions of JavaScript, as n8n's fields hold them, to JSONata. What has no counterpart is refused by name. */
import type { CallExpression, Expression, MemberExpression, Node } from 'acorn';
import { atom, below, literal } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import { read } from '../value.ts';
import { callFunction, callMethod } from './functions.ts';
import { propertyOf, value } from './pieces.ts';
import type { Frame, Piece } from './pieces.ts';
import { placeOf } from './roots.ts';

/** Translates an expression. @throws NotCarriedError for what has no counterpart */
export function translate(node: Node, frame: Frame): Piece {
  const place = placeOf(node, frame);
  if (place) return { text: read(place.value, place.path) };
  const translator = translators[node.type as keyof typeof translators] as Translator | undefined;
  if (!translator) throw new NotCarriedError(`${node.type} of JavaScript has no counterpart`);
  return translator(node, frame);
}

type Translator = (node: Node, frame: Frame) => Piece;
type Of<Type extends Expression['type']> = Extract<Expression, { type: Type }>;

const translators = {
  Literal: (node: Of<'Literal'>) => literalPiece(node),
  TemplateLiteral: (node: Of<'TemplateLiteral'>, frame: Frame): Piece => {
    const texts = node.quasis.flatMap((quasi, index) => {
      const inner = node.expressions[index];
      const text = literal(quasi.value.cooked ?? '');
      return inner ? [text, `$string(${value(inner, frame)})`] : [text];
    });
    return { text: texts.filter((text) => text !== '""').join(' & ') || '""', kind: 'string' };
  },
  Identifier: (node: Of<'Identifier'>, { names }: Frame): Piece => {
    if (node.name === 'undefined') return { text: 'null' };
    const known = names.get(node.name);
    if (known === undefined) throw new NotCarriedError(`${node.name} is not known here`);
    return { text: known };
  },
  ChainExpression: (node: Of<'ChainExpression'>, frame: Frame) => translate(node.expression, frame),
  ParenthesizedExpression: (node: Of<'ParenthesizedExpression'>, frame: Frame) =>
    translate(node.expression, frame),
  MemberExpression: (node: Of<'MemberExpression'>, frame: Frame) => member(node, frame),
  CallExpression: (node: Of<'CallExpression'>, frame: Frame) => call(node, frame),
  UnaryExpression: (node: Of<'UnaryExpression'>, frame: Frame) => unary(node, frame),
  BinaryExpression: (node: Of<'BinaryExpression'>, frame: Frame) => binary(node, frame),
  LogicalExpression: (node: Of<'LogicalExpression'>, frame: Frame) => logical(node, frame),
  ConditionalExpression: (node: Of<'ConditionalExpression'>, frame: Frame): Piece => ({
    text: `(${truth(node.test, frame)} ? ${value(node.consequent, frame)} : ${value(node.alternate, frame)})`,
  }),
  ArrayExpression: (node: Of<'ArrayExpression'>, frame: Frame): Piece => ({
    text: `[${node.elements.map((one) => (one ? value(one, frame) : 'null')).join(', ')}]`,
  }),
  ObjectExpression: (node: Of<'ObjectExpression'>, frame: Frame) => object(node, frame),
  NewExpression: (): Piece => {
    throw new NotCarriedError('`new` has no counterpart');
  },
};

function truth(node: Node, frame: Frame): string {
  return translate(node, { ...frame, isCondition: true }).text;
}

function literalPiece(node: Of<'Literal'>): Piece {
  if (node.regex) throw new NotCarriedError('a regular expression stands where a value is needed');
  if (node.bigint) return { text: node.bigint, kind: 'number' };
  const kind = typeof node.value;
  const text = literal(node.value as string | number | boolean | null);
  return kind === 'string' || kind === 'number' || kind === 'boolean' ? { text, kind } : { text };
}

function member(node: MemberExpression, frame: Frame): Piece {
  const name = propertyOf(node);
  const holder = value(node.object, frame);
  if (name === 'length') return { text: lengthOf(holder), kind: 'number' };
  if (name !== undefined) return { text: below(holder, [name]) };
  const key = translate(node.property as Expression, { ...frame, isCondition: false });
  return {
    text: key.kind === 'number' ? `${atom(holder)}[${key.text}]` : `$lookup(${holder}, $string(${key.text}))`,
  };
}

function lengthOf(text: string): string {
  return `($type(${text}) = "string" ? $length(${text}) : $count(${text}))`;
}

function call(node: CallExpression, frame: Frame): Piece {
  const { callee } = node;
  if (callee.type === 'MemberExpression') return callMethod(callee, node.arguments, frame);
  if (callee.type === 'Identifier') return callFunction(callee.name, node.arguments, frame);
  throw new NotCarriedError('it calls what is no named function');
}

function unary({ operator, argument }: Of<'UnaryExpression'>, frame: Frame): Piece {
  if (operator === '!') return { text: `$not(${truth(argument, frame)})`, kind: 'boolean' };
  if (operator === '-') return { text: `-${atom(value(argument, frame))}`, kind: 'number' };
  if (operator === '+') return { text: `$number(${value(argument, frame)})`, kind: 'number' };
  throw new NotCarriedError(`\`${operator}\` has no counterpart`);
}

const comparisons: Record<string, string> = {
  '===': '=',
  '==': '=',
  '!==': '!=',
  '!=': '!=',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
};

function binary(node: Of<'BinaryExpression'>, frame: Frame): Piece {
  const { operator } = node;
  const inner = { ...frame, isCondition: false };
  const [left, right] = [translate(node.left as Node, inner), translate(node.right, inner)];
  const both = (sign: string) => `(${left.text} ${sign} ${right.text})`;
  const comparison = comparisons[operator];
  if (comparison) return { text: both(comparison), kind: 'boolean' };
  if (operator === '+') {
    const isText = left.kind === 'string' || right.kind === 'string';
    return isText ? { text: both('&'), kind: 'string' } : { text: both('+') };
  }
  if (['-', '*', '/', '%'].includes(operator)) return { text: both(operator), kind: 'number' };
  if (operator === '**') return { text: `$power(${left.text}, ${right.text})`, kind: 'number' };
  throw new NotCarriedError(`\`${operator}\` has no counterpart`);
}

function logical(node: Of<'LogicalExpression'>, frame: Frame): Piece {
  const { operator } = node;
  if (operator === '??') return { text: `(${value(node.left, frame)} || ${value(node.right, frame)})` };
  if (frame.isCondition) {
    const sign = operator === '&&' ? 'and' : 'or';
    return { text: `(${truth(node.left, frame)} ${sign} ${truth(node.right, frame)})`, kind: 'boolean' };
  }
  const left = value(node.left, frame);
  const right = value(node.right, frame);
  return { text: operator === '&&' ? `(${left} ? ${right} : ${left})` : `(${left} ? ${left} : ${right})` };
}

function object(node: Of<'ObjectExpression'>, frame: Frame): Piece {
  const fields = node.properties.map((property) => {
    if (property.type !== 'Property' || property.kind !== 'init')
      throw new NotCarriedError('an object is spread or has accessors');
    const key =
      property.key.type === 'Identifier' && !property.computed
        ? literal(property.key.name)
        : value(property.key, frame);
    return `${key}: ${value(property.value, frame)}`;
  });
  return { text: `{${fields.join(', ')}}` };
}
