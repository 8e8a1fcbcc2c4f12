import { z } from 'zod';
import { runStatuses } from '../../engine/log/event-catalog.ts';
import { heldFates } from '../../store/workflows/workflow-state.ts';
import { workflowStatuses } from '../../store/workflows/workflows.ts';
import { pageQuery, searchText, severalOf } from '../routing/paging.ts';
import { webhookSettings } from './webhook/schema.ts';

/** Parameters and bodies of the workflow routes. */
export const workflowParams = z.object({ id: z.string().max(64) });
const versionNumber = z.coerce.number().int().positive();
export const versionParams = z.object({ id: z.string().max(64), version: versionNumber });
export const diffParams = z.object({ id: z.string().max(64), from: versionNumber, to: versionNumber });
export const listQuery = z.strictObject(pageQuery);
export const workflowsQuery = z.strictObject({
  ...pageQuery,
  status: severalOf(workflowStatuses).optional().describe('Default: every one but `archived`.'),
  lastRunStatus: severalOf(runStatuses).optional().describe('Those whose last run is so.'),
  search: searchText.optional().describe('Part of the name, in any case.'),
});
const name = z.string().min(1).max(200);
const description = z.string().max(2_000);
const version = z.int().positive();

/** A definition is checked by the engine, which names every problem at once. */
const definition = z.unknown();

export const createBody = z.strictObject({
  name,
  description: description.default(''),
  definition,
  webhook: webhookSettings.optional(),
});
export const saveBody = z.strictObject({
  name: name.optional(),
  description: description.optional(),
  definition: definition.optional(),
  webhook: webhookSettings.optional(),
  expectedVersion: version.optional(),
});
export const validateBody = z.strictObject({ definition });
export const publishBody = z.strictObject({
  expectedVersion: version.optional(),
  unarchive: z.boolean().default(false).describe('Publishes a workflow out of the archive too.'),
});
export const resumeBody = z.strictObject({
  held: z.enum(heldFates).default('keep').describe('What becomes of requests that were held meanwhile.'),
});
export const rollbackBody = z.strictObject({
  targetVersion: version,
  expectedCurrentVersion: version.optional(),
});
export const emptyBody = z.strictObject({});
export const runBody = z
  .strictObject({
    payload: z.json().optional(),
    webhookEventId: z
      .string()
      .max(64)
      .optional()
      .describe(
        'A request of the inbox, such as a sample: the run gets what it was sent, as if it came now.',
      ),
    version: z.union([z.enum(['live', 'draft']), version]).default('live'),
  })
  .refine((given) => given.payload === undefined || given.webhookEventId === undefined, {
    error: 'payload: expected either `payload` or `webhookEventId`',
  });
