import type { z } from 'zod';
import { currentMs } from '../../clock.ts';
import type { LaneState } from '../../store/flow/list-lanes.ts';
import { slotsTaken } from '../../store/flow/lanes.ts';
import type * as answers from './answers.ts';

/** A lane as the API answers it. */
export function presentLane(lane: LaneState, paused: ReadonlySet<string>): z.output<typeof answers.lane> {
  const { owner, kind, index, key, limit, override = null, perMs = null, waiting, oldestAt } = lane;
  return {
    ...{ id: lane._id, owner, kind, index, key, limit, override, perMs },
    running: kind === 'rate' ? startedWithin(lane) : slotsTaken(lane),
    runIds: lane.holders.map(({ runId }) => runId),
    ...{ waiting, oldestAt, isPaused: paused.has(owner) },
  };
}

function startedWithin({ starts, perMs = 0 }: LaneState): number {
  const since = currentMs() - perMs;
  return starts.filter(({ at }) => at.getTime() > since).length;
}
