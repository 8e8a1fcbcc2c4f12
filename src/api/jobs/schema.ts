import { z } from 'zod';
import { isFinalRunStatus, runStatuses } from '../../engine/log/event-catalog.ts';
import { webhookEventStatuses } from '../../store/inbox/webhook-events.ts';
import { jobKinds, jobStatuses } from '../../store/jobs/jobs.ts';
import { requestFilter } from '../incoming/inbox/schema.ts';
import { pageQuery, severalOf } from '../routing/paging.ts';
import { runFilter } from '../runs/schema.ts';

export const jobParams = z.object({ id: z.string().max(64) });
export const listQuery = z.strictObject({
  ...pageQuery,
  kind: z.enum(jobKinds).optional(),
  status: severalOf(jobStatuses).optional(),
});
export const emptyBody = z.strictObject({});

const dryRun = z.boolean().default(false).describe('Counts what the filter takes, and changes nothing.');
const retriedStatuses = runStatuses.filter(isFinalRunStatus);

export const retryRunsBody = z.strictObject({
  filter: z.strictObject({
    ...runFilter,
    status: severalOf(retriedStatuses)
      .default(['failure', 'partial'])
      .describe('Runs that are over; default: `failure` and `partial`.'),
  }),
  version: z
    .enum(['same', 'live'])
    .default('same')
    .describe('`live`: by the version that is published when a run’s turn comes.'),
  dryRun,
});

/** A handshake starts nothing, and what is held is released by `resume` of its workflow. */
const replayedStatuses = webhookEventStatuses.filter((status) => !['handshake', 'held'].includes(status));

export const replayEventsBody = z.strictObject({
  filter: z.strictObject({ ...requestFilter, status: severalOf(replayedStatuses) }),
  dryRun,
});
