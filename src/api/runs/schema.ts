import { z } from 'zod';
import { nodeStatuses, runStatuses } from '../../engine/log/event-catalog.ts';
import { pageQuery, time } from '../routing/paging.ts';

const id = z.string().max(64);
const isoTime = time.transform((date) => date.toISOString());

export const runParams = z.object({ id });
export const listQuery = z.strictObject({
  ...pageQuery,
  workflowId: id.optional(),
  status: z.enum(runStatuses).optional(),
  since: isoTime.optional(),
  until: isoTime.optional(),
  trigger: z.string().max(32).optional(),
});
const sequence = z.coerce.number().int().min(0);
export const eventsQuery = z.strictObject({
  after: sequence.default(0),
  cursor: sequence.optional().describe('The `nextCursor` of the page before; the same as `after`.'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export const executionsQuery = z.strictObject({
  ...pageQuery,
  parent: z.string().max(2_000).optional(),
  status: z.enum(nodeStatuses).optional(),
});
export const streamQuery = z.strictObject({ after: sequence.optional() });
export const nodeParams = z.object({ id, path: z.string().max(2_000) });
export const resumeBody = z.strictObject({ data: z.json().default(null) });
const path = z.string().min(1).max(2_000);
export const retryBody = z.strictObject({
  from: z
    .union([path, z.array(path).max(100)])
    .default([])
    .describe('Paths of nodes to run again, with what followed from them; default: what failed.'),
  version: z.union([z.enum(['same', 'live']), z.int().positive()]).default('same'),
  input: z.json().optional().describe('In the place of the input of the run.'),
});
export const cancelBody = z.strictObject({
  reason: z.string().min(1).max(500).default('cancelled by the API'),
});
