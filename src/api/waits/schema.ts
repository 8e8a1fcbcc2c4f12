import { z } from 'zod';
import { pageQuery, time } from '../routing/paging.ts';

const id = z.string().max(64);
const isoTime = time.transform((date) => date.toISOString());

export const listQuery = z.strictObject({
  ...pageQuery,
  workflowId: id.optional(),
  runId: id.optional(),
  since: isoTime.optional().describe('Waits that began then or later.'),
  until: isoTime.optional().describe('Waits that began before.'),
});
