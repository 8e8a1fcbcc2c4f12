/** The accepted form of a definition: the superset that `normalize-definition.ts` reduces to one form. */
import { z } from 'zod';
import { jsonSchema } from './json-schema.schema.ts';
import { problem, describe, quote } from './definition-problems.ts';
import type { Problem } from './definition-problems.ts';
import { pointerTo } from './definition.ts';
import { retriableErrorTypes } from '../log/error-types.ts';
import { flowSettings } from '../flow/flow.schema.ts';

const ids = z.array(z.string({ error: 'a node id' }), { error: 'a list of node ids' });
const milliseconds = z
  .number({ error: 'milliseconds, a whole number from 1' })
  .int('milliseconds, a whole number from 1')
  .min(1, 'milliseconds, a whole number from 1')
  .max(366 * 24 * 60 * 60 * 1000, 'at most 366 days in milliseconds');
const count = (min: number, max: number) => {
  const rule = `a whole number from ${min} to ${max}`;
  return z.number({ error: rule }).int(rule).min(min, rule).max(max, rule);
};
const jitterRule = 'a number from 0 to 1';
const backoffRule = 'a number from 1 to 100';
const statusRule = 'a number from 100 to 599 or a class such as "5xx"';
const retriable: readonly string[] = retriableErrorTypes;
const retryNameRule = `an HTTP status (${statusRule}) or one of ${retriableErrorTypes.join(', ')}`;
const retryName = z.union(
  [
    z.number({ error: retryNameRule }).int(retryNameRule).min(100, retryNameRule).max(599, retryNameRule),
    z
      .string({ error: retryNameRule })
      .refine((name) => /^[1-5]xx$/.test(name) || retriable.includes(name), retryNameRule),
  ],
  { error: retryNameRule },
);
const retryNames = z.array(retryName, { error: 'a list of error types and HTTP statuses' });

const retry = z.strictObject({
  maxAttempts: count(1, 1_000).optional(),
  initialIntervalMs: count(0, 86_400_000).optional(),
  backoff: z.number({ error: backoffRule }).min(1, backoffRule).max(100, backoffRule).optional(),
  maxIntervalMs: count(0, 86_400_000).optional(),
  jitter: z.number({ error: jitterRule }).min(0, jitterRule).max(1, jitterRule).optional(),
  retryOn: retryNames.optional(),
  noRetryOn: retryNames.optional(),
});

const joinRule = '"settled", "all", "any", "first" or { "count": n, "cancelRest": true or false }';
const countJoin = z.strictObject({ count: z.number().int().min(1), cancelRest: z.boolean().optional() });

/** One node as it comes in. `branch` is B3OS's form: the parent's branch that leads here. */
export const rawNode = z.strictObject({
  type: z.string({ error: 'the name of a node type' }),
  payload: z.record(z.string(), z.unknown(), { error: 'an object' }).optional(),
  children: ids.optional(),
  branches: z
    .record(z.string(), ids, { error: 'an object of branch names and lists of node ids' })
    .optional(),
  branch: z.string({ error: 'a branch name' }).optional(),
  onError: ids.optional(),
  continueOnError: z.boolean({ error: 'true or false' }).optional(),
  join: z.union([z.enum(['settled', 'all', 'any', 'first']), countJoin], { error: joinRule }).optional(),
  loopBody: ids.optional(),
  retry: retry.optional(),
  timeoutMs: milliseconds.optional(),
  deadlineMs: milliseconds.optional(),
  credential: z.string({ error: 'the name of a credential' }).min(1, 'the name of a credential').optional(),
  title: z.string({ error: 'a text' }).max(200, 'at most 200 characters').optional(),
  description: z.string({ error: 'a text' }).max(10_000, 'at most 10,000 characters').optional(),
});

const whenRule = 'statuses of runs other than "success", or error types';
/** Which workflow a failure starts. */
export const onFailure = z.strictObject({
  workflowId: z.string({ error: 'the id of a workflow' }).regex(/^wf_\w{1,60}$/, 'the id of a workflow'),
  when: z
    .array(
      z
        .string({ error: whenRule })
        .min(1, whenRule)
        .max(64, whenRule)
        .refine((one) => one !== 'success', whenRule),
    )
    .min(1, whenRule)
    .max(50, whenRule)
    .optional(),
});

/** Everything beside the nodes. */
export const rawRest = z.strictObject({
  settings: z
    .strictObject({
      onNodeFailure: z.enum(['cancel', 'drain'], { error: '"cancel" or "drain"' }).optional(),
      strict: z.boolean({ error: 'true or false' }).optional(),
      timeoutMs: milliseconds.optional(),
      onFailure: onFailure.optional(),
      flow: flowSettings.optional(),
    })
    .optional(),
  triggerNodeIds: ids.optional(),
  inputSchema: jsonSchema.optional(),
  props: z.record(z.string(), z.unknown(), { error: 'an object' }).optional(),
  vars: z.record(z.string(), z.unknown(), { error: 'an object' }).optional(),
});

/** What a raw node parses to. */
export type RawNode = z.output<typeof rawNode>;
/** What everything beside the nodes parses to. */
export type RawRest = z.output<typeof rawRest>;

/**
 * Checks a value; answers every problem, with pointers below `base`. The schema's messages complete "expected …".
 * @param describeValue how a message shows what came; the default never shows a text itself, since it may be secret
 */
export function schemaProblems(
  schema: z.ZodType,
  value: unknown,
  base: string,
  describeValue: (value: unknown) => string = describe,
): Problem[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return distinct(parsed.error.issues.flatMap((issue) => problemsOf(issue, { value, base, describeValue })));
}

/** A value may break several checks of one rule, such as a number that is neither small enough nor exact. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.pointer} ${one.message}`, one])).values()];
}

interface Checked {
  value: unknown;
  base: string;
  describeValue: (value: unknown) => string;
}

function problemsOf(issue: z.core.$ZodIssue, { value, base, describeValue }: Checked): Problem[] {
  const path = issue.path.map(String);
  const pointer = base + pointerTo(...path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      problem(
        'unknown_field',
        pointer + pointerTo(key),
        `${quote(key)} is no field here; take it out or check its spelling`,
      ),
    );
  }
  const meant = issue.code === 'invalid_union' ? formMeant(issue) : undefined;
  if (meant)
    return meant.flatMap((one) =>
      problemsOf({ ...one, path: [...issue.path, ...one.path] }, { value, base, describeValue }),
    );
  const came = valueAt(value, path);
  const field = path.at(-1) ?? base.slice(base.lastIndexOf('/') + 1);
  const expected = expectedBy(issue);
  if (came === undefined)
    return [problem('missing_field', pointer, `${field}: expected ${expected}; it is missing`)];
  return [problem('invalid_value', pointer, `${field}: expected ${expected}; came ${describeValue(came)}`)];
}

function expectedBy(issue: z.core.$ZodIssue): string {
  if (!issue.message.startsWith('Invalid')) return issue.message;
  if (issue.code === 'invalid_type') return `a value of type ${issue.expected}`;
  if (issue.code !== 'invalid_union') return issue.message;
  return issue.errors.flatMap(([first]) => first?.message ?? []).join(', or ');
}

/** Of a member with several forms and no rule that names them all: what is wrong inside the one that was meant. */
function formMeant({ message, errors }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  if (message !== 'Invalid input') return undefined;
  return errors.find((issues) => issues.some(({ path, code }) => path.length > 0 || code !== 'invalid_type'));
}

function valueAt(value: unknown, path: string[]): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}
