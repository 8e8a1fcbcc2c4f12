/** What is said of a text that is no time. */
export const expectedTime = 'a time in ISO 8601 with its zone, such as 2027-02-28T09:00:00Z';

const form =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Reads a time in ISO 8601: a date that exists, a time of day to the second and a zone. `undefined` for anything else, such
 * as the thirtieth of February or a time without a zone.
 */
export function parseIsoTime(text: unknown): Date | undefined {
  const [, ...parts] = (typeof text === 'string' && form.exec(text)) || [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  // Years below 100 are taken for those of the last century.
  date.setUTCFullYear(year);
  const isDate = parts.length > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDate && hour < 24 && minute < 60 && second < 60 ? new Date(String(text)) : undefined;
}
