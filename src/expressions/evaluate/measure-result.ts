/** Whether a result may leave a thread: plain JSON within the bound, told without building its text first. */
import { expressionLimits } from './limits.ts';

/** A result that is no JSON value. */
export class NotJsonError extends Error {}
/** A result or a step over a bound. */
export class LimitError extends Error {}

/**
 * Returns the JSON text of a result; `null` for a missing value.
 * @throws NotJsonError for functions and numbers that are not finite, LimitError over 1 MiB or 100,000 items
 */
export function resultText(value: unknown): string | null {
  if (value === undefined) return null;
  measure(value, { bytes: 0 });
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) > expressionLimits.resultBytes) throw tooLarge();
  return text;
}

function tooLarge(): LimitError {
  return new LimitError(`the result is larger than ${expressionLimits.resultBytes} bytes`);
}

/** Counts at most what the text will have, so that shared parts cannot multiply into a huge text. */
function measure(value: unknown, sum: { bytes: number }): void {
  sum.bytes += 1;
  if (typeof value === 'string') sum.bytes += value.length;
  if (sum.bytes > expressionLimits.resultBytes) throw tooLarge();
  if (typeof value === 'function') throw new NotJsonError('the result holds a function');
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new NotJsonError('the result is no finite number');
  if (typeof value === 'object' && value !== null) measureInside(value, sum);
}

function measureInside(value: object, sum: { bytes: number }): void {
  if (Array.isArray(value)) {
    if (value.length > expressionLimits.sequence)
      throw new LimitError(`the result has more than ${expressionLimits.sequence} items`);
    for (const one of value) measure(one, sum);
    return;
  }
  if ('_jsonata_lambda' in value || '_jsonata_function' in value)
    throw new NotJsonError('the result holds a function');
  for (const [key, one] of Object.entries(value)) {
    sum.bytes += key.length;
    measure(one, sum);
  }
}
