/** Filters of bulk jobs: stored as JSON, with the times as texts. */
import type { JsonObject } from '../../engine/json/json.ts';
import type { WebhookEventFilter } from '../../store/inbox/list-webhook-events.ts';
import type { RunFilter } from '../../store/log/list-runs.ts';

/** Returns a filter as it is stored. It ends at `now` at the latest, so that a job never takes what it makes itself. */
export function storedFilter(filter: { until?: Date | string | undefined }, now: Date): JsonObject {
  const until = new Date(Math.min(Number(new Date(filter.until ?? now)), Number(now)));
  return JSON.parse(JSON.stringify({ ...filter, until })) as JsonObject;
}

/** Reads the filter of a job over runs. */
export function runFilterOf({ trigger, ...filter }: JsonObject): RunFilter {
  return { ...filter, triggerSource: trigger } as RunFilter;
}

/** Reads the filter of a job over requests. */
export function requestFilterOf({ since, until, ...filter }: JsonObject): WebhookEventFilter {
  const time = (text: unknown) => (text === undefined ? undefined : new Date(String(text)));
  return { ...filter, since: time(since), until: time(until) };
}
