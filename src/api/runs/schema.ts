import { z } from 'zod';
import { nodeStatuses, runStatuses } from '../../engine/log/event-catalog.ts';
import { pageQuery, searchText, severalOf, time } from '../routing/paging.ts';

const id = z.string().max(64);
const isoTime = time.transform((date) => date.toISOString());

export const runParams = z.object({ id });
/** What runs are narrowed to, in a list as in a bulk job. */
export const runFilter = {
  workflowId: id.optional(),
  status: severalOf(runStatuses).optional(),
  since: isoTime.optional(),
  until: isoTime.optional(),
  trigger: z.string().max(32).optional(),
  search: searchText
    .optional()
    .describe(
      'A dedupe key, a correlation key, the beginning of a run id, or part of the name of the workflow.',
    ),
};
export const listQuery = z.strictObject({ ...pageQuery, ...runFilter });
const sequence = z.coerce.number().int().min(0);
export const eventsQuery = z.strictObject({
  after: sequence.default(0),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'expected the nextCursor of the page before')
    .optional()
    .describe('The `nextCursor` of the page before; it wins over `after`.'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export const executionsQuery = z.strictObject({
  ...pageQuery,
  parent: z.string().max(2_000).optional(),
  status: severalOf(nodeStatuses).optional(),
});
export const streamQuery = z.strictObject({ after: sequence.optional() });
export const nodeParams = z.object({ id, path: z.string().max(2_000) });
export const resumeBody = z.strictObject({
  data: z
    .json()
    .default(null)
    .describe('What the wait goes on with; of a wait with choices, with the member `choice`.'),
  name: z.string().trim().min(1).max(200).optional().describe('Who answers, for the log.'),
});
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
