/** Intrinsic functions of the JSONPath mode, as JSONata has them. */
import { atom, literal } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';

const functions: Record<string, (args: string[]) => string> = {
  Format: (args) => format(args),
  JsonToString: ([a = '']) => `$string(${a})`,
  StringToJson: ([a = '']) => `$parseJson(${a})`,
  Array: (args) => `[${args.join(', ')}]`,
  ArrayLength: ([a = '']) => `$count(${a})`,
  ArrayGetItem: ([a = '', b = '0']) => `${atom(a)}[${b}]`,
  ArrayContains: ([a = '', b = '']) => `(${b} in ${a})`,
  ArrayUnique: ([a = '']) => `$distinct(${a})`,
  ArrayRange: ([from = '0', to = '0', step = '1']) =>
    `[0..$floor((${to} - ${from}) / ${step})].(${from} + $ * ${step})`,
  Base64Encode: ([a = '']) => `$base64encode(${a})`,
  Base64Decode: ([a = '']) => `$base64decode(${a})`,
  Hash: ([a = '', algorithm = '']) => `$hash(${algorithm}, ${a})`,
  JsonMerge: ([a = '', b = '']) => `$merge([${a}, ${b}])`,
  MathAdd: ([a = '', b = '']) => `(${a} + ${b})`,
  MathRandom: ([from = '0', to = '1']) => `$floor(${from} + $random() * (${to} - ${from}))`,
  StringSplit: ([a = '', separator = '']) => `$split(${a}, ${separator})`,
};

/**
 * Returns the expression of a call such as `States.Format('a {}', $.b)`. `readPath` gives that of a path, or of a call inside.
 * @throws NotCarriedError
 */
export function intrinsic(written: string, readPath: (path: string) => string): string {
  const { name, args } = parseCall(written);
  const write = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!write) throw new NotCarriedError(`States.${name} has no counterpart`);
  return write(args.map((arg) => argument(arg, readPath)));
}

function argument(written: string, readPath: (path: string) => string): string {
  const quoted = /^'((?:[^'\\]|\\.)*)'$/s.exec(written);
  if (quoted) return literal((quoted[1] ?? '').replaceAll(/\\(['\\])/g, '$1'));
  if (/^(-?\d+(\.\d+)?|true|false|null)$/.test(written)) return written;
  return readPath(written);
}

/** Texts between the places that `{}` hold. */
function format([pattern = '""', ...args]: string[]): string {
  if (!pattern.startsWith('"'))
    throw new NotCarriedError('States.Format with a form that is read has no counterpart');
  const parts = (JSON.parse(pattern) as string).split(/(?<!\\)\{\}/);
  const texts = parts.flatMap((part, index) => {
    const plain = literal(part.replaceAll(/\\([{}\\])/g, '$1'));
    return index === 0 ? [plain] : [`$string(${args[index - 1] ?? '""'})`, plain];
  });
  return texts.filter((text) => text !== '""').join(' & ') || '""';
}

/** What a bracket does to the depth. */
const steps: Record<string, number> = { '(': 1, '[': 1, ')': -1, ']': -1 };

/** Splits a call at its commas, with quotes and brackets kept together. */
function parseCall(written: string): { name: string; args: string[] } {
  const [, name = '', inner = ''] = /^States\.(\w+)\s*\((.*)\)\s*$/s.exec(written) ?? [];
  if (name === '') throw new NotCarriedError(`${written} is no call`);
  const args = [''];
  let depth = 0;
  for (const [token] of inner.matchAll(/'(?:[^'\\]|\\.)*'|[\s\S]/g)) {
    depth += steps[token] ?? 0;
    if (token === ',' && depth === 0) args.push('');
    else args[args.length - 1] += token;
  }
  return { name, args: inner.trim() === '' ? [] : args.map((arg) => arg.trim()) };
}
