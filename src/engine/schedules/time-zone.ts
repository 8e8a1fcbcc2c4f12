/** Local time of a zone, by the runtime's own zone data. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** The name of a zone of the IANA database as the runtime writes it; `undefined` when there is none of that name. */
export function zoneName(name: string): string | undefined {
  // An offset such as +02:00 is none of the database's names.
  if (!/^[A-Za-z]/.test(name) || name.length > 64) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Seconds by which the zone's local time is ahead of UTC at a time in epoch seconds. */
export function offsetAt(zone: string, atSeconds: number): number {
  if (zone === 'UTC') return 0;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(atSeconds * 1_000)) parts[type] = Number(value);
  const { year = 0, month = 1, day, hour, minute, second } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1_000 - atSeconds;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const two = '2-digit';
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric' },
    ...{ month: two, day: two, hour: two, minute: two, second: two },
  });
  formats.set(zone, format);
  return format;
}
