/** Reads the part of jq that workflows use, and writes it as JSONata. What has no counterpart is refused by name. */
import { atom, below, literal } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import { read } from '../value.ts';
import type { Value } from '../value.ts';
import { jqFunctions } from './jq-functions.ts';

/** What names stand for. */
export interface JqNames {
  /** `.` */
  input: Value;
  /** `$name` */
  variables: Readonly<Record<string, Value>>;
}

interface Token {
  kind: 'name' | 'variable' | 'number' | 'string' | 'sign' | 'field';
  text: string;
}

const tokenPattern =
  /\s+|#[^\n]*|(?<field>\.(?:[A-Za-z_]\w*))|(?<variable>\$[A-Za-z_]\w*)|(?<name>[A-Za-z_]\w*)|(?<number>\d+(?:\.\d+)?)|(?<string>"(?:[^"\\]|\\\((?:[^()]|\([^()]*\))*\)|\\.)*")|(?<sign>\/\/|==|!=|<=|>=|\.\.|[.|,+\-*/%<>()[\]{}:?;=])/gy;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  let end = 0;
  for (let match = tokenPattern.exec(text); match; match = tokenPattern.exec(text)) {
    end = tokenPattern.lastIndex;
    const [kind, found] = Object.entries(match.groups ?? {}).find(([, one]) => one !== undefined) ?? [];
    if (kind !== undefined && found !== undefined) tokens.push({ kind: kind as Token['kind'], text: found });
  }
  if (end !== text.length)
    throw new NotCarriedError(`jq: ${JSON.stringify(text.slice(end, end + 20))} cannot be read`);
  return tokens;
}

/** Translates a jq expression. @throws NotCarriedError */
export function jsonataOfJq(text: string, names: JqNames): string {
  const parser = new Parser(tokenize(text), names, undefined);
  const written = parser.pipe();
  parser.finish();
  return written;
}

const comparisons: Record<string, string> = {
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** Functions whose argument is asked for each element. */
const perElement = new Set(['map', 'select', 'any', 'all']);

class Parser {
  #at = 0;
  readonly #tokens: readonly Token[];
  readonly #names: JqNames;
  /** The text that `.` stands for behind a pipe; the input before. */
  #dot: string | undefined;

  constructor(tokens: readonly Token[], names: JqNames, dot: string | undefined) {
    this.#tokens = tokens;
    this.#names = names;
    this.#dot = dot;
  }

  finish(): void {
    const token = this.#tokens[this.#at];
    if (token) throw new NotCarriedError(`jq: ${token.text} has no counterpart there`);
  }

  pipe(): string {
    let left = this.#alternative();
    while (this.#take('|')) left = this.#within(left, () => this.#alternative());
    if (this.#is(',')) throw new NotCarriedError('jq: several results (,) have no counterpart');
    return left;
  }

  #within(dot: string, parse: () => string): string {
    const outer = this.#dot;
    this.#dot = dot;
    const written = parse();
    this.#dot = outer;
    return written;
  }

  #alternative(): string {
    const left = this.#or();
    return this.#take('//') ? `(${left} || ${this.#alternative()})` : left;
  }

  #or(): string {
    let left = this.#and();
    while (this.#takeName('or')) left = `(${left} or ${this.#and()})`;
    return left;
  }

  #and(): string {
    let left = this.#comparison();
    while (this.#takeName('and')) left = `(${left} and ${this.#comparison()})`;
    return left;
  }

  #comparison(): string {
    const left = this.#sum();
    const sign = comparisons[this.#peek()?.kind === 'sign' ? (this.#peek()?.text ?? '') : ''];
    if (!sign) return left;
    this.#at += 1;
    return `(${left} ${sign} ${this.#sum()})`;
  }

  #sum(): string {
    let left = this.#product();
    for (;;) {
      if (this.#take('+')) left = add(left, this.#product());
      else if (this.#take('-')) left = `(${left} - ${this.#product()})`;
      else return left;
    }
  }

  #product(): string {
    let left = this.#postfix();
    for (let sign = this.#takeOne('*', '/', '%'); sign; sign = this.#takeOne('*', '/', '%'))
      left = `(${left} ${sign} ${this.#postfix()})`;
    return left;
  }

  #postfix(): string {
    let written = this.#primary();
    for (;;) {
      const token = this.#peek();
      if (token?.kind === 'field') written = below(written, [this.#next().text.slice(1)]);
      else if (token?.text === '.' && this.#tokens[this.#at + 1]?.kind === 'string') {
        this.#at += 1;
        written = below(written, [JSON.parse(this.#next().text) as string]);
      } else if (this.#take('[')) written = this.#index(written);
      else if (!this.#take('?')) return written;
    }
  }

  #index(holder: string): string {
    if (this.#take(']')) return holder;
    if (this.#is(':')) throw new NotCarriedError('jq: slices have no counterpart');
    const key = this.pipe();
    if (this.#is(':')) throw new NotCarriedError('jq: slices have no counterpart');
    this.#expect(']');
    if (/^-?\d+$/.test(key)) return below(holder, [Number(key)]);
    return key.startsWith('"') ? below(holder, [JSON.parse(key) as string]) : `$lookup(${holder}, ${key})`;
  }

  #primary(): string {
    const token = this.#next();
    switch (token.kind) {
      case 'field':
        return this.#read([token.text.slice(1)]);
      case 'variable':
        return this.#variable(token.text.slice(1));
      case 'number':
        return token.text;
      case 'string':
        return this.#string(token.text);
      case 'name':
        return this.#call(token.text);
      case 'sign':
        return this.#bracket(token.text);
    }
  }

  #bracket(sign: string): string {
    if (sign === '.') {
      const next = this.#peek();
      return next?.kind === 'string' ? this.#read([JSON.parse(this.#next().text) as string]) : this.#read([]);
    }
    if (sign === '-') return `-${atom(this.#postfix())}`;
    if (sign === '(') return this.#closed(')');
    if (sign === '[') return this.#take(']') ? '[]' : `[${this.#elements()}]`;
    if (sign === '{') return this.#object();
    throw new NotCarriedError(`jq: ${sign} has no counterpart there`);
  }

  #closed(end: string): string {
    const written = this.pipe();
    this.#expect(end);
    return `(${written})`;
  }

  #elements(): string {
    const elements = [this.#alternativeOrPipe()];
    while (this.#take(',')) elements.push(this.#alternativeOrPipe());
    this.#expect(']');
    return elements.join(', ');
  }

  #alternativeOrPipe(): string {
    let left = this.#alternative();
    while (this.#take('|')) left = this.#within(left, () => this.#alternative());
    return left;
  }

  #object(): string {
    const fields: string[] = [];
    while (!this.#take('}')) {
      if (fields.length > 0) this.#expect(',');
      fields.push(this.#field());
    }
    return `{${fields.join(', ')}}`;
  }

  #field(): string {
    const token = this.#next();
    const name = token.kind === 'variable' ? token.text.slice(1) : token.text;
    if (token.text === '(') {
      const key = this.#closed(')');
      this.#expect(':');
      return `$string(${key}): ${this.#alternative()}`;
    }
    const key = token.kind === 'string' ? this.#string(name) : literal(name);
    if (this.#take(':')) return `${key}: ${this.#alternative()}`;
    return `${key}: ${token.kind === 'variable' ? this.#variable(name) : this.#read([name])}`;
  }

  #string(text: string): string {
    const parts = text.slice(1, -1).split(/(\\\((?:[^()]|\([^()]*\))*\))/);
    const texts = parts.map((part) => {
      if (!part.startsWith('\\(')) return literal(JSON.parse(`"${part}"`) as string);
      const inner = new Parser(tokenize(part.slice(2, -1)), this.#names, this.#dot);
      const written = inner.pipe();
      inner.finish();
      return `$string(${written})`;
    });
    return texts.filter((one) => one !== '""').join(' & ') || '""';
  }

  #call(name: string): string {
    if (name === 'if') return this.#condition();
    if (['true', 'false', 'null'].includes(name)) return name;
    const args = this.#take('(') ? this.#arguments(perElement.has(name)) : [];
    const write = Object.hasOwn(jqFunctions, name) ? jqFunctions[name] : undefined;
    if (!write) throw new NotCarriedError(`jq: ${name} has no counterpart`);
    return write(this.#read([]), args);
  }

  #arguments(isPerElement: boolean): string[] {
    const args: string[] = [];
    do args.push(isPerElement ? this.#within('$', () => this.pipe()) : this.pipe());
    while (this.#take(';'));
    this.#expect(')');
    return args;
  }

  #condition(): string {
    const test = this.pipe();
    this.#expectName('then');
    const yes = this.pipe();
    if (this.#takeName('elif')) return `(${test} ? ${yes} : ${this.#condition()})`;
    const no = this.#takeName('else') ? this.pipe() : this.#read([]);
    this.#expectName('end');
    return `(${test} ? ${yes} : ${no})`;
  }

  #variable(name: string): string {
    const path: string[] = [];
    while (this.#peek()?.kind === 'field') path.push(this.#next().text.slice(1));
    const value = Object.hasOwn(this.#names.variables, name) ? this.#names.variables[name] : undefined;
    if (!value) throw new NotCarriedError(`$${[name, ...path].join('.')} has no counterpart`);
    return read(value, path);
  }

  /** Takes plain steps along, so that values are read where they come from. */
  #read(path: (string | number)[]): string {
    if (this.#dot !== undefined) return below(this.#dot, path);
    while (this.#peek()?.kind === 'field') path.push(this.#next().text.slice(1));
    return read(this.#names.input, path);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw new NotCarriedError('jq: the expression ends too early');
    this.#at += 1;
    return token;
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return token?.text === text && token.kind !== 'string';
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at += 1;
    return true;
  }

  #takeOne(...texts: string[]): string | undefined {
    return texts.find((text) => this.#take(text));
  }

  #takeName(name: string): boolean {
    return this.#peek()?.kind === 'name' && this.#take(name);
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw new NotCarriedError(`jq: ${text} is missing`);
  }

  #expectName(name: string): void {
    if (!this.#takeName(name)) throw new NotCarriedError(`jq: ${name} is missing`);
  }
}

/** `+` means what its operands are. */
function add(a: string, b: string): string {
  const first = [a, b].map((text) => text.replace(/^\(+/, '')[0] ?? '');
  if (first.includes('"') || /&/.test(a)) return `(${a} & ${b})`;
  if (first.includes('[')) return `$append(${a}, ${b})`;
  if (first.includes('{')) return `$merge([${a}, ${b}])`;
  if ([a, b].some((text) => /^-?\d/.test(text))) return `(${a} + ${b})`;
  return `($type(${a}) = "string" ? ${a} & ${b} : $type(${a}) = "array" ? $append(${a}, ${b}) : $type(${a}) = "object" ? $merge([${a}, ${b}]) : ${a} + ${b})`;
}
