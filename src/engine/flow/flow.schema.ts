/** The accepted form of `settings.flow`. What its expressions read is checked with the other expressions. */
import { z } from 'zod';
import { maxWaitMs } from '../node-types/fields.schema.ts';
import { flowLimits, onFullRules, onRateRules } from './flow-settings.ts';

const whole = (min: number, max: number, unit = '') => {
  const rule = `a whole number${unit} from ${min} to ${max}`;
  return z.number({ error: rule }).int(rule).min(min, rule).max(max, rule);
};
const milliseconds = whole(1, maxWaitMs, ' of milliseconds');

const numberOrExpression = (min: number, max: number, rule: string) =>
  z.union([z.number().int(rule).min(min, rule).max(max, rule), z.string().min(1, rule).max(2_000, rule)], {
    error: rule,
  });

const keyRule = 'an expression over $trigger';
const key = z.string({ error: keyRule }).min(1, keyRule).max(2_000, 'at most 2,000 characters').optional();

const limitRule = `a whole number from 0 to ${flowLimits.concurrency}, or an expression that gives one`;
const limit = numberOrExpression(0, flowLimits.concurrency, limitRule);

const scopeRule =
  'a name of at most 64 letters, digits, ".", "-" and "_" that begins with a letter, and not with "wf_"';
/** Name of a count that workflows share. */
export const flowScope = z
  .string({ error: scopeRule })
  .regex(/^(?!wf_)[A-Za-z][A-Za-z0-9._-]{0,63}$/, scopeRule);

const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, { error: names.map((name) => `"${name}"`).join(', ') });

const concurrency = z.strictObject(
  { limit, key, scope: flowScope.optional(), onFull: oneOf(onFullRules).optional() },
  { error: 'an object with a limit' },
);
const lanesRule = `a list of 1 to ${flowLimits.lanes} such objects`;
const lanes = z.array(concurrency, { error: lanesRule }).min(1, lanesRule).max(flowLimits.lanes, lanesRule);

const rate = z.strictObject({
  limit: whole(1, flowLimits.rate),
  perMs: milliseconds,
  key,
  onFull: oneOf(onRateRules).optional(),
});

const debounce = z
  .strictObject({ waitMs: milliseconds, key, maxWaitMs: milliseconds.optional() })
  .refine(({ waitMs, maxWaitMs }) => maxWaitMs === undefined || maxWaitMs >= waitMs, {
    error: 'at least waitMs',
    path: ['maxWaitMs'],
  });

const batch = z.strictObject({ maxItems: whole(1, flowLimits.batchItems), waitMs: milliseconds, key });

const priorityRule = 'a whole number from 1 (first) to 5, or an expression that gives one';
const priority = numberOrExpression(1, 5, priorityRule);

/** `settings.flow`. */
export const flowSettings = z
  .strictObject({
    concurrency: z.union([concurrency, lanes]).optional(),
    rate: rate.optional(),
    debounce: debounce.optional(),
    batch: batch.optional(),
    priority: priority.optional(),
  })
  .refine(({ debounce, batch }) => debounce === undefined || batch === undefined, {
    error: 'either debounce or batch',
    path: ['batch'],
  });
