import { z } from 'zod';
import { flowLimits } from '../../engine/flow/flow-settings.ts';
import { pageQuery } from '../routing/paging.ts';

const owner = z.string().min(1).max(64);

/** Parameters and bodies of the flow routes. */
export const ownerParams = z.object({ owner: owner.describe('A workflow id, or a scope.') });
export const listQuery = z.strictObject({ ...pageQuery, owner: owner.optional() });
export const limitsBody = z.strictObject({
  key: z.json().optional().describe('Value of the key; without one: the lane of runs without a key.'),
  limit: z
    .int()
    .min(0)
    .max(flowLimits.concurrency)
    .nullable()
    .describe('In the place of every limit of the lane; `null` takes it away.'),
  index: z.int().min(0).optional().describe('Which of the workflow’s limits, where there are several.'),
});
