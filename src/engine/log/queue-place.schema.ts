import { z } from 'zod';

/** Where a run stands that waits for its turn: as `run.blocked` tells it, and as the answers of the run show it. */
export const queuePlace = z.strictObject({
  reason: z.enum(['concurrency', 'rate', 'paused']),
  lane: z.string().nullable().describe('Id of the lane without room, as /v1/flow lists it.'),
  key: z.string().nullable().describe('Of the lane; null: the lane of runs without one.'),
  position: z.int().min(1).describe('Its place among those that wait, by priority, then by time.'),
  ahead: z.int().min(0).describe('Runs before it, those that are under way in the lane among them.'),
});

export type QueuePlace = z.output<typeof queuePlace>;
/** Why a run waits. */
export type WaitReason = QueuePlace['reason'];
