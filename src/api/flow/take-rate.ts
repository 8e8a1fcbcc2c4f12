/** Rates that refuse: a start that comes too early is told so at once, and when to come again. */
import { currentMs } from '../../clock.ts';
import type { FlowSettings } from '../../engine/flow/flow-settings.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Bindings } from '../../expressions/evaluate/bindings.ts';
import { keyTextOf, lanePlace } from '../../store/flow/lanes.ts';
import type { LaneDocument, WantedLane } from '../../store/flow/lanes.ts';
import { giveBackStart, takeSlots } from '../../store/flow/take-slots.ts';
import { evaluateText } from '../incoming/evaluate.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** Whose start it is, and what its key may read. */
export interface RateRequest {
  organizationId: string;
  workflowId: string;
  bindings: Bindings;
  now: Date;
}

/** Returns the lane of a rate that refuses what comes too early; `undefined` when the settings have none. */
export async function refusingRate(
  { rate }: FlowSettings = {},
  { organizationId, workflowId, bindings, now }: RateRequest,
): Promise<WantedLane | undefined> {
  if (rate?.onFull !== 'reject') return undefined;
  const { limit, perMs, key, onFull } = rate;
  const expression = { text: key ?? '', name: 'settings.flow.rate.key', workflowId };
  const keyText = key === undefined ? null : keyTextOf(await evaluateText(expression, bindings, now));
  const place = { organizationId, owner: workflowId, kind: 'rate', index: null } as const;
  return { ...lanePlace(place, keyText), limit, perMs, onFull };
}

/** A start that counts against a rate. */
export interface RatedStart {
  runId: string;
  lane: WantedLane;
}

/** Counts a start. Returns the lane when it has no room. */
export async function takeRate(
  deps: ApiDeps,
  { runId, lane }: RatedStart,
): Promise<LaneDocument | undefined> {
  const taken = await takeSlots(deps, { runId, ancestors: [], wants: [lane] }, { isNext: false });
  return taken.isTaken ? undefined : taken.lane;
}

/** Counts starts no more that came to nothing. */
export async function giveBackRates({ db }: ApiDeps, starts: readonly RatedStart[]): Promise<void> {
  for (const { runId, lane } of starts) await giveBackStart(db, lane.id, runId);
}

/** The refusal of a start for which a lane has no room. */
export function rateRefusal({ starts }: LaneDocument, { limit, perMs = 0 }: WantedLane): AppError {
  const first = starts.at(-limit)?.at.getTime() ?? currentMs();
  const retryAfterSeconds = Math.max(1, Math.ceil((first + perMs - currentMs()) / 1_000));
  const detail = `The workflow starts at most ${limit} runs in ${perMs} ms; try again in ${retryAfterSeconds} s.`;
  return new AppError('rate-limited', detail, { retryAfterSeconds });
}
