/** What is said of a text that is no time. */
export const expectedTime = 'a time in ISO 8601 with its zone, such as 2027-02-28T09:00:00Z';

const form =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Reads a time in ISO 8601: a date that exists, a time of day to the second and a zone. `undefined` for anything else, such
 * as the thirtieth of February or a time without a zone.
 */
export function parseIsoTime(text: unknown): Date | undefined {
  const found = typeof text === 'string' ? form.exec(text) : null;
  if (!found) return undefined;
  const [, year, month, day] = found.map(Number);
  return hasDay(Number(year), Number(month), Number(day)) ? new Date(found[0]) : undefined;
}

/** Whether a month has a day. */
function hasDay(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}
