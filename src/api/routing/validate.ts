import type { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import type { ErrorDetail } from '../../errors/app-error.ts';

/**
 * Parses input by its schema.
 * @param where what is parsed, for people: `body`, `query`, `path`
 * @throws AppError invalid-request that names each field, what was expected and what came
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, where: string): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(describeIssue);
  throw new AppError('invalid-request', `The ${where} is not valid: ${errors[0]?.detail ?? ''}`, { errors });
}

function describeIssue(issue: z.core.$ZodIssue): ErrorDetail[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      detail: `${key}: unknown field`,
    }));
  }
  const deeper = issue.code === 'invalid_union' ? issue.errors.find(isDeeper) : undefined;
  if (deeper) return deeper.flatMap((one) => describeIssue({ ...one, path: [...issue.path, ...one.path] }));
  const name = issue.path.at(-1);
  const came = issue.input === undefined ? 'nothing' : previewOf(issue);
  const detail = `${name === undefined ? 'it' : String(name)}: ${messageOf(issue)}; came ${came}`;
  return [{ pointer: pointerOf(issue.path), detail }];
}

/** Whether a form was meant and something inside it is wrong. */
function isDeeper(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.some(({ path }) => path.length > 0);
}

/** Of a member that may have several forms, what each expects. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  return issue.errors.flatMap(([first]) => first?.message ?? []).join('; or ');
}

/** Members whose text may be a secret: only its kind is shown. */
const secretNames = /^(value|.*(secret|token|password))$/i;

function previewOf({ input, path }: z.core.$ZodIssue): string {
  const isSecret = secretNames.test(String(path.at(-1) ?? '')) && typeof input === 'string';
  return isSecret ? `a text of ${input.length} characters` : preview(input);
}

function preview(input: unknown): string {
  const text = JSON.stringify(input) ?? typeof input;
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
