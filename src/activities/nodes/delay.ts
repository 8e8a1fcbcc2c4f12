import { isDuration, parseDuration } from '../../engine/deliveries/retry-schedule.ts';
import { expectedTime, parseIsoTime } from '../../engine/json/iso-time.ts';
import type { Json } from '../../engine/json/json.ts';
import { maxWaitMs } from '../../engine/node-types/fields.schema.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';
import { numberOf } from './numbers.ts';

/** Begins a delay of `delayMs`, or until `until` (ISO 8601). */
export const runDelay: NodeCode = ({ payload, attempt }) => {
  const until =
    payload['until'] === undefined
      ? afterDelay(payload['delayMs'], attempt.startedAt)
      : parseTime(payload['until'], attempt.startedAt);
  return { wait: { until } };
};

function afterDelay(delayMs: Json | undefined, from: Date): Date {
  const ms = typeof delayMs === 'string' && isDuration(delayMs) ? parseDuration(delayMs) : delayMs;
  return new Date(from.getTime() + numberOf('delayMs', ms, { min: 0, max: maxWaitMs, isWhole: false }));
}

function parseTime(text: Json | undefined, from: Date): Date {
  const time = parseIsoTime(text);
  if (time && time.getTime() - from.getTime() <= maxWaitMs) return time;
  const came = (JSON.stringify(text) ?? 'nothing').slice(0, 100);
  const message = `until: expected ${expectedTime}, at most 366 days ahead; came ${came}`;
  throw new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
