/** What the routes of flow control answer. */
import { z } from 'zod';
import { count, pageOf, timeText } from '../routing/answer-parts.ts';

/** A lane: what runs with the same key of the same limit share. */
export const lane = z
  .object({
    id: z.string(),
    owner: z.string().describe('A workflow id, or a scope.'),
    kind: z.enum(['concurrency', 'rate']),
    index: z.int().nullable().describe('Which of the workflow’s limits; `null` of a scope and a rate.'),
    key: z.string().nullable().describe('`null`: the lane of runs without a key. A long one is cut.'),
    limit: count.describe('Of the run that was judged last.'),
    override: count.nullable().describe('Holds in the place of every limit.'),
    perMs: z.int().nullable().describe('The window of a rate.'),
    running: count.describe('Slots that are taken; of a rate, starts in the window that ends now.'),
    runIds: z.array(z.string()).describe('Runs that have a slot; one whose parent waits for it shares that.'),
    waiting: count,
    oldestAt: timeText.nullable().describe('When the run was accepted that has waited longest.'),
    isPaused: z.boolean(),
  })
  .meta({ id: 'FlowLane' });

export const lanePage = pageOf(lane).extend({
  paused: z.array(z.string()).describe('Workflows and scopes that are paused, also those without a lane.'),
});

/** A workflow or a scope. */
export const owner = z.object({ owner: z.string(), isPaused: z.boolean() }).meta({ id: 'FlowOwner' });
