import { z } from 'zod';
import { webhookEventStatuses } from '../../../store/inbox/webhook-events.ts';
import { pageQuery, time } from '../../routing/paging.ts';

/** Parameters and queries of the inbox. */
export const eventParams = z.object({ id: z.string().max(64) });
export const listQuery = z.strictObject({
  ...pageQuery,
  workflowId: z.string().max(64).optional(),
  status: z.enum(webhookEventStatuses).optional(),
  since: time.optional(),
  until: time.optional(),
});
export const replayBody = z.strictObject({});
