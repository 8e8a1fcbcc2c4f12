import { isKnownStart } from '../../store/starts/webhook-acceptor.ts';
import type { WebhookStart } from '../../store/starts/accept-webhook.ts';
import { giveBackRates, rateRefusal, takeRate } from '../flow/take-rate.ts';
import type { RatedStart } from '../flow/take-rate.ts';
import type { WantedLane } from '../../store/flow/lanes.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** What a request starts, and the rate that may refuse it. */
export interface JudgedStart extends WebhookStart {
  rate?: WantedLane | undefined;
}

/**
 * Counts the starts of a request against their rates, and does the work. What starts nothing, such as a duplicate, is not
 * counted.
 * @throws AppError rate-limited when one of them comes too early; none is counted then
 */
export async function withinRates<
  Result extends { startedRunIds: readonly string[]; runIds: readonly string[] },
>(deps: ApiDeps, starts: readonly JudgedStart[], work: () => Promise<Result>): Promise<Result> {
  const taken: RatedStart[] = [];
  try {
    for (const start of starts) await count(deps, start, taken);
    const result = await work();
    await giveBackRates(
      deps,
      taken.filter(({ runId }) => ![...result.startedRunIds, ...result.runIds].includes(runId)),
    );
    return result;
  } catch (error) {
    await giveBackRates(deps, taken);
    throw error;
  }
}

async function count(deps: ApiDeps, start: JudgedStart, taken: RatedStart[]): Promise<void> {
  const { rate: lane, run } = start;
  if (!lane || (await isKnownStart(deps.db, start))) return;
  const rated = { runId: run.runId, lane };
  const full = await takeRate(deps, rated);
  if (full) throw rateRefusal(full, lane);
  taken.push(rated);
}
