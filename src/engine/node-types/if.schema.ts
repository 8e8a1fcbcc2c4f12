import { z } from 'zod';
import { condition } from './condition.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Selects one of two branches. */
export const ifType = declareNodeType({
  type: 'if',
  title: 'If',
  description: 'Goes on with `then` when the condition holds, else with `else`.',
  mode: 'local',
  branchesOf: () => ['then', 'else'],
  alwaysBranches: true,
  conditionFields: ['condition'],
  payload: z.strictObject({ condition }),
  result: '{ branch }',
});
