/** Functions and methods of JavaScript, and those that n8n adds to it, as JSONata has them. */
import type { Expression, MemberExpression, Node, SpreadElement } from 'acorn';
import { atom, below, literal } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import { luxonPicture } from './pictures.ts';
import { propertyOf, value } from './pieces.ts';
import type { Frame, Piece } from './pieces.ts';

type Given = readonly (Expression | SpreadElement)[];

const text = (written: string): Piece => ({ text: written, kind: 'string' });
const number = (written: string): Piece => ({ text: written, kind: 'number' });
const boolean = (written: string): Piece => ({ text: written, kind: 'boolean' });
const any = (written: string): Piece => ({ text: written });

/** Global functions, by name; the texts of their arguments in order. */
const functions: Record<string, (a: string, b: string) => Piece> = {
  Number: (a) => number(`$number(${a})`),
  parseFloat: (a) => number(`$number(${a})`),
  parseInt: (a) => number(`$floor($number(${a}))`),
  String: (a) => text(`$string(${a})`),
  Boolean: (a) => boolean(`$boolean(${a})`),
  encodeURIComponent: (a) => text(`$encodeUrlComponent(${a})`),
  decodeURIComponent: (a) => text(`$decodeUrlComponent(${a})`),
  encodeURI: (a) => text(`$encodeUrl(${a})`),
  isNaN: (a) => boolean(`($type(${a}) != "number")`),
  $if: (a, b) => any(`(${a} ? ${b} : null)`),
  $ifEmpty: (a, b) => any(`(${a} ? ${a} : ${b})`),
  $max: (a, b) => number(`$max([${a}, ${b}])`),
  $min: (a, b) => number(`$min([${a}, ${b}])`),
  btoa: (a) => text(`$base64encode(${a})`),
  atob: (a) => text(`$base64decode(${a})`),
};

/** Functions of objects that everybody has: `JSON.stringify`, `Math.max` … */
const statics: Record<string, (all: readonly string[]) => Piece> = {
  'JSON.stringify': ([a = '']) => text(`$string(${a})`),
  'JSON.parse': ([a = '']) => any(`$parseJson(${a})`),
  'Object.keys': ([a = '']) => any(`$keys(${a})`),
  'Object.values': ([a = '']) => any(`$each(${a}, function($one) { $one })`),
  'Array.isArray': ([a = '']) => boolean(`($type(${a}) = "array")`),
  'Math.round': ([a = '']) => number(`$floor(${a} + 0.5)`),
  'Math.floor': ([a = '']) => number(`$floor(${a})`),
  'Math.ceil': ([a = '']) => number(`$ceil(${a})`),
  'Math.abs': ([a = '']) => number(`$abs(${a})`),
  'Math.sqrt': ([a = '']) => number(`$sqrt(${a})`),
  'Math.pow': ([a = '', b = '']) => number(`$power(${a}, ${b})`),
  'Math.random': () => number('$random()'),
  'Math.max': (all) => number(`$max([${all.join(', ')}])`),
  'Math.min': (all) => number(`$min([${all.join(', ')}])`),
  'Date.now': () => number('$millis()'),
  'DateTime.now': () => text('$now()'),
};

/** Methods, by name; the texts of the value and of the arguments. */
const methods: Record<string, (self: string, a?: string, b?: string) => Piece> = {
  toString: (self: string) => text(`$string(${self})`),
  toLowerCase: (self) => text(`$lowercase(${self})`),
  toUpperCase: (self) => text(`$uppercase(${self})`),
  trim: (self) => text(`$trim(${self})`),
  split: (self, a = '""') => any(`$split(${self}, ${a})`),
  join: (self, a = '","') => text(`$join([${self}].$string(), ${a})`),
  concat: (self, a = '[]') => any(`($type(${self}) = "string" ? ${self} & ${a} : $append(${self}, ${a}))`),
  includes: (self, a) => boolean(`($type(${self}) = "string" ? $contains(${self}, ${a}) : ${a} in ${self})`),
  startsWith: (self, a) => boolean(`($substring(${self}, 0, $length(${a})) = ${a})`),
  endsWith: (self, a) => boolean(`($substring(${self}, -$length(${a})) = ${a})`),
  charAt: (self, a) => text(`$substring(${self}, ${a}, 1)`),
  substr: (self, a = '0', b) => text(`$substring(${self}, ${a}${b === undefined ? '' : `, ${b}`})`),
  substring: (self, a = '0', b) => text(`$substring(${self}, ${a}${b === undefined ? '' : `, ${b} - ${a}`})`),
  padStart: (self, a = '0', b = '" "') => text(`$pad(${self}, -${a}, ${b})`),
  padEnd: (self, a = '0', b = '" "') => text(`$pad(${self}, ${a}, ${b})`),
  reverse: (self) => any(`$reverse(${self})`),
  sort: (self) => any(`$sort(${self})`),
  hasOwnProperty: (self: string, a?: string) => boolean(`(${a} in $keys(${self}))`),
  toISOString: (self) => text(self),
  toISO: (self) => text(self),
  toJsonString: (self) => text(`$string(${self})`),
  parseJson: (self) => any(`$parseJson(${self})`),
  toNumber: (self) => number(`$number(${self})`),
  toInt: (self) => number(`$floor($number(${self}))`),
  toBoolean: (self) => boolean(`$toBoolean(${self})`),
  isEmpty: (self) => boolean(`$not($boolean(${self}))`),
  isNotEmpty: (self) => boolean(`$boolean(${self})`),
  base64Encode: (self) => text(`$base64encode(${self})`),
  base64Decode: (self) => text(`$base64decode(${self})`),
  urlEncode: (self) => text(`$encodeUrlComponent(${self})`),
  urlDecode: (self) => text(`$decodeUrlComponent(${self})`),
  first: (self) => any(`${atom(self)}[0]`),
  last: (self) => any(`${atom(self)}[-1]`),
  unique: (self) => any(`$distinct(${self})`),
  removeDuplicates: (self) => any(`$distinct(${self})`),
  sum: (self) => number(`$sum(${self})`),
  average: (self) => number(`$average(${self})`),
  max: (self) => number(`$max(${self})`),
  min: (self) => number(`$min(${self})`),
  round: (self, a = '0') => number(`$round(${self}, ${a})`),
  floor: (self) => number(`$floor(${self})`),
  ceil: (self) => number(`$ceil(${self})`),
  keys: (self) => any(`$keys(${self})`),
  pluck: (self, a = '""') => any(`${atom(self)}.$lookup($, ${a})`),
};

/** Methods that take a function of each element. */
const withFunction: Record<string, (self: string, inner: string) => Piece> = {
  map: (self, inner) => any(`[$map(${self}, ${inner})]`),
  filter: (self, inner) => any(`[$filter(${self}, ${inner})]`),
  find: (self, inner) => any(`$filter(${self}, ${inner})[0]`),
  some: (self, inner) => boolean(`($count($filter(${self}, ${inner})) > 0)`),
  every: (self, inner) => boolean(`($count($filter(${self}, ${inner})) = $count(${self}))`),
};

/** Translates a call of a global function. */
export function callFunction(name: string, given: Given, frame: Frame): Piece {
  const written = functions[name];
  if (!written || !Object.hasOwn(functions, name)) throw new NotCarriedError(`${name}() has no counterpart`);
  const [a = 'null', b = 'null', c] = given.map((one) => value(one, frame));
  return name === '$if' ? any(`(${a} ? ${b} : ${c ?? 'null'})`) : written(a, b);
}

/** Translates a call of a method. */
export function callMethod(callee: MemberExpression, given: Given, frame: Frame): Piece {
  const name = String(propertyOf(callee) ?? '');
  const owner = callee.object.type === 'Identifier' ? callee.object.name : '';
  const fixed = own(statics, `${owner}.${name}`);
  if (fixed) return fixed(given.map((one) => value(one, frame)));
  const special = ofDates(callee, name, given) ?? ofPatterns(callee, { name, given, frame });
  return special ?? ofValue(name, { self: value(callee.object, frame), given, frame });
}

function ofValue(name: string, { self, given, frame }: { self: string; given: Given; frame: Frame }): Piece {
  const mapping = own(withFunction, name);
  if (mapping) return mapping(self, arrow(given[0], frame));
  if (name === 'slice') return slice(self, given, frame);
  const method = own(methods, name);
  if (!method) throw new NotCarriedError(`the method ${name}() has no counterpart`);
  return method(self, ...given.slice(0, 2).map((one) => value(one, frame)));
}

function own<Row>(table: Readonly<Record<string, Row>>, name: string): Row | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The present, and times of it by a picture. */
function ofDates({ object }: MemberExpression, name: string, given: Given): Piece | undefined {
  if (!isNow(object)) return undefined;
  if (['toISO', 'toISOString', 'toString', 'toJSON'].includes(name)) return text('$now()');
  if (['toMillis', 'getTime', 'valueOf'].includes(name)) return number('$millis()');
  const [picture] = given;
  if (name !== 'format' && name !== 'toFormat') return undefined;
  if (picture?.type !== 'Literal') throw new NotCarriedError('the form of a time is no plain text');
  return text(`$now(${literal(luxonPicture(String(picture.value)))})`);
}

/** `$now` or `new Date()`. */
function isNow(node: MemberExpression['object']): boolean {
  if (node.type === 'Identifier') return node.name === '$now';
  if (node.type !== 'NewExpression' || node.arguments.length > 0) return false;
  return node.callee.type === 'Identifier' && node.callee.name === 'Date';
}

/** `replace`, `replaceAll` and `test` with a regular expression or a text. */
function ofPatterns(
  { object }: MemberExpression,
  { name, given, frame }: { name: string; given: Given; frame: Frame },
): Piece | undefined {
  if (name === 'test' && object.type === 'Literal' && object.regex)
    return boolean(`$contains(${argument(given, 0, frame)}, ${pattern(object)})`);
  if (name !== 'replace' && name !== 'replaceAll') return undefined;
  return replacing(value(object, frame), { isAll: name === 'replaceAll', given, frame });
}

function replacing(
  self: string,
  { isAll, given, frame }: { isAll: boolean; given: Given; frame: Frame },
): Piece {
  const [what, by] = given;
  if (!what || !by || by.type === 'ArrowFunctionExpression')
    throw new NotCarriedError('replace() with a function has no counterpart');
  const flags = what.type === 'Literal' ? what.regex?.flags : undefined;
  const limit = isAll || flags?.includes('g') ? '' : ', 1';
  const searched = flags === undefined ? value(what, frame) : pattern(what);
  return text(`$replace($string(${self}), ${searched}, $string(${value(by, frame)})${limit})`);
}

function pattern(node: Node): string {
  const { regex } = node as unknown as { regex: { pattern: string; flags: string } };
  return `/${regex.pattern}/${regex.flags.replaceAll(/[^im]/g, '')}`;
}

function argument(given: Given, index: number, frame: Frame): string {
  const one = given[index];
  return one ? value(one, frame) : 'null';
}

function slice(self: string, given: Given, frame: Frame): Piece {
  const numbers = given.map((one) => Number(value(one, frame).replace(/^-\((.*)\)$/, '-$1')));
  const [from = 0, to] = numbers;
  if (
    numbers.some((one) => !Number.isInteger(one)) ||
    (to !== undefined && to < 0) ||
    (from < 0 && to !== undefined)
  )
    throw new NotCarriedError('slice() with such places has no counterpart');
  const part = to === undefined ? `${from}` : `${from}, ${to - from}`;
  const last = to === undefined ? `$count(${self}) - 1` : `${to - 1}`;
  const first = from < 0 ? `$count(${self}) - ${-from}` : `${from}`;
  return any(
    `($type(${self}) = "string" ? $substring(${self}, ${part}) : ${atom(self)}[[${first}..${last}]])`,
  );
}

function arrow(node: Expression | SpreadElement | undefined, frame: Frame): string {
  if (node?.type !== 'ArrowFunctionExpression' || node.body.type === 'BlockStatement')
    throw new NotCarriedError('a function that is more than one expression has no counterpart');
  const parameters = node.params.map((one) => {
    if (one.type !== 'Identifier')
      throw new NotCarriedError('a parameter that takes an object apart has no counterpart');
    return one.name;
  });
  const names = new Map([...frame.names, ...parameters.map((name) => [name, `$${name}`] as const)]);
  const body = value(node.body, { ...frame, names });
  return `function(${parameters.map((name) => `$${name}`).join(', ') || '$one'}) { ${below(body, [])} }`;
}
