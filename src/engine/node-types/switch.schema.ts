import { z } from 'zod';
import { forbiddenIds } from '../definition/definition.ts';
import type { JsonObject } from '../json/json.ts';
import { condition } from './condition.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

const nameRule = 'a name of 1 to 64 characters that is not "default"';
const name = z
  .string({ error: nameRule })
  .min(1, nameRule)
  .max(64, nameRule)
  .refine((text) => text !== 'default' && !forbiddenIds.includes(text), { error: nameRule });

const oneCase = z
  .strictObject({ name, equals: z.unknown().optional(), condition: condition.optional() })
  .refine((given) => Object.hasOwn(given, 'equals') !== Object.hasOwn(given, 'condition'), {
    error: 'either `equals` or `condition`',
  });

const cases = z
  .array(oneCase, { error: 'a list of cases' })
  .min(1, 'at least one case')
  .refine((list) => new Set(list.map((one) => one.name)).size === list.length, {
    error: 'cases with different names',
  });

/** Selects the branch of the first case that matches. */
export const switchType = declareNodeType({
  type: 'switch',
  title: 'Switch',
  description: 'Goes on with the branch of the first case that matches, else with `default`.',
  mode: 'local',
  branchesOf: (payload) => [...caseNames(payload), 'default'],
  alwaysBranches: true,
  conditionFields: ['cases/*/condition'],
  payload: z.strictObject({ value: z.unknown().optional(), cases }),
  result: '{ branch }',
});

function caseNames({ cases: list }: JsonObject): string[] {
  return Array.isArray(list) ? list.map((one) => String((one as JsonObject | null)?.['name'])) : [];
}
