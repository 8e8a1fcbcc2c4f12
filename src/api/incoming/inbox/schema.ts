import { z } from 'zod';
import { webhookEventStatuses } from '../../../store/inbox/webhook-events.ts';
import { pageQuery, searchText, severalOf, time } from '../../routing/paging.ts';

/** Parameters and queries of the inbox. */
export const eventParams = z.object({ id: z.string().max(64) });
/** What requests are narrowed to, in a list as in a bulk job. */
export const requestFilter = {
  workflowId: z.string().max(64).optional(),
  status: severalOf(webhookEventStatuses).optional(),
  reason: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('Why it was refused, skipped or answered, such as `bad-signature`.'),
  since: time.optional(),
  until: time.optional(),
  search: searchText
    .optional()
    .describe(
      'A dedupe key, a correlation key, the beginning of the id of a run that it started, or part of the name of the workflow.',
    ),
};
export const listQuery = z.strictObject({ ...pageQuery, ...requestFilter });
export const replayBody = z.strictObject({});
