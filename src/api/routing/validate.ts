import type { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import type { ErrorDetail } from '../../errors/app-error.ts';
import { isCredentialName } from '../../outbound/egress/redact-headers.ts';

/**
 * Parses input by its schema.
 * @param where what is parsed, for people: `body`, `query`, `path`
 * @throws AppError invalid-request that names each field, what was expected and what came; it shows no text that may be
 * a secret
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, where: string): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true, error: wordingOf });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => describeIssue(issue, where));
  throw new AppError('invalid-request', `The ${where} is not valid: ${errors[0]?.detail ?? ''}`, { errors });
}

/** What is expected, for issues whose schema does not say it itself. */
function wordingOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `expected ${boundOf(issue, 'least', issue.minimum)}`;
    case 'too_big':
      return `expected ${boundOf(issue, 'most', issue.maximum)}`;
    case 'invalid_format':
      return `expected ${formats[issue.format] ?? issue.format}`;
    case 'invalid_union':
      return issue['discriminator'] === undefined ? undefined : 'expected a known type';
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  nonoptional: 'a value',
};
const formats: Readonly<Record<string, string>> = { url: 'a URL', regex: 'another form', base64: 'base64' };
const counted: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };

function boundOf({ origin }: { origin: string }, word: 'least' | 'most', bound: number | bigint): string {
  return `at ${word} ${bound}${counted[origin] ?? ''}`;
}

function describeIssue(issue: z.core.$ZodIssue, where: string): ErrorDetail[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      detail: `${short(key)}: unknown field`,
    }));
  }
  const deeper = issue.code === 'invalid_union' ? issue.errors.find(isDeeper) : undefined;
  if (deeper)
    return deeper.flatMap((one) => describeIssue({ ...one, path: [...issue.path, ...one.path] }, where));
  const name = issue.path.at(-1);
  const came = issue.input === undefined ? 'it is missing' : `came ${previewOf(issue)}`;
  const detail = `${name === undefined ? where : short(String(name))}: ${messageOf(issue)}; ${came}`;
  return [{ pointer: pointerOf(issue.path), detail }];
}

/** Whether a form was meant and something inside it is wrong. */
function isDeeper(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.some(({ path }) => path.length > 0);
}

/** Of a member that may have several forms, what each expects. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const forms = issue.errors.flatMap(([first]) => first?.message ?? []);
  return forms.length > 0 ? forms.join('; or ') : issue.message;
}

/** Members that hold secrets, or values of which anything may be one; all that is inside them counts too. */
const secretMembers = /^(value|verification|handshake|headers|signingSecret|props|payload|data|definition)$/;

/**
 * What came, as far as it may be shown: of a text or a number that stands where an object or a list is expected only its
 * kind, since it may be the secret that was to stand inside.
 */
function previewOf(issue: z.core.$ZodIssue): string {
  const { input, path } = issue;
  const isSecret = path.some((part) => secretMembers.test(String(part)) || isCredentialName(String(part)));
  if (isSecret || path.length === 0 || isExpectedWhole(issue)) return kindOf(input);
  if (typeof input === 'number') return String(input);
  return typeof input === 'string' && issue.code !== 'invalid_type' ? preview(input) : kindOf(input);
}

/** Whether something with members of its own is expected. */
function isExpectedWhole(issue: z.core.$ZodIssue): boolean {
  if (issue.code !== 'invalid_type') return issue.code === 'invalid_union';
  return ['object', 'record', 'array', 'map', 'set', 'tuple'].includes(issue.expected);
}

function kindOf(input: unknown): string {
  if (input === null || typeof input === 'boolean') return String(input);
  if (Array.isArray(input)) return `a list of ${input.length}`;
  if (typeof input === 'string') return `a text of ${input.length} characters`;
  return typeof input === 'object' ? 'an object' : `a ${typeof input}`;
}

function preview(input: string): string {
  return JSON.stringify(short(input));
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
