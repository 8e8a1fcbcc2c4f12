/**
 * Cron expressions: five fields, or six with seconds first. Source: crontab(5), and the contract's page on schedules:
 * when both day fields are restricted, either matches.
 */

/** The values at which a cron expression fires, each list rising. */
export interface CronFields {
  second: number[];
  minute: number[];
  hour: number[];
  /** 1–31. */
  dayOfMonth: number[];
  /** 1–12. */
  month: number[];
  /** 0–6, Sunday first. */
  dayOfWeek: number[];
}

/** The fields, or what was expected, to complete "expected …". */
export type ParsedCron = { fields: CronFields } | { expected: string };

interface FieldRule {
  name: keyof CronFields;
  /** How messages call it. */
  label: string;
  min: number;
  max: number;
  names?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The six fields in their order. `max` of the day of the week is 7: Sunday stands at both ends. */
const rules: readonly FieldRule[] = [
  { name: 'second', label: 'second', min: 0, max: 59 },
  { name: 'minute', label: 'minute', min: 0, max: 59 },
  { name: 'hour', label: 'hour', min: 0, max: 23 },
  { name: 'dayOfMonth', label: 'day of the month', min: 1, max: 31 },
  { name: 'month', label: 'month', min: 1, max: 12, names: months },
  { name: 'dayOfWeek', label: 'day of the week', min: 0, max: 7, names: weekdays },
];

const nicknames: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const maxLength = 256;
/** Longest months; 29 February comes every few years. */
const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Parses a cron expression. */
export function parseCron(text: string): ParsedCron {
  const texts = splitFields(text.trim());
  if (!Array.isArray(texts)) return texts;
  const fields: Partial<CronFields> = {};
  for (const [index, rule] of rules.entries()) {
    const values = parseField(rule, texts[index] ?? '');
    if (!values) return { expected: `a cron expression whose ${rule.label} is ${describeField(rule)}` };
    fields[rule.name] = values;
  }
  const whole = fields as CronFields;
  return comes(whole) ? { fields: whole } : { expected: 'a cron expression of a date that comes' };
}

/** The six fields of an expression as texts. */
function splitFields(expression: string): string[] | { expected: string } {
  const known = nicknames[expression.toLowerCase()];
  if (expression.startsWith('@') && known === undefined)
    return { expected: `${Object.keys(nicknames).join(', ')}, or five or six cron fields` };
  const parts = (known ?? expression).split(/\s+/);
  if (expression.length > maxLength || ![5, 6].includes(parts.length))
    return { expected: 'a cron expression of five fields, or of six with seconds first' };
  return parts.length === 5 ? ['0', ...parts] : parts;
}

/** Whether every day of the month, or of the week, is meant. */
export function isAnyDay(fields: CronFields, name: 'dayOfMonth' | 'dayOfWeek'): boolean {
  return fields[name].length === (name === 'dayOfMonth' ? 31 : 7);
}

function describeField({ min, max, names }: FieldRule): string {
  const or = names ? `, or names such as ${names[1]?.toUpperCase()}` : '';
  return `*, or ${min} to ${max}${or}, as a list (1,2), range (1-5) or step (*/10)`;
}

function parseField(rule: FieldRule, text: string): number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const range = parseRange(rule, part);
    if (!range) return undefined;
    for (let value = range.from; value <= range.to; value += range.step)
      values.add(rule.name === 'dayOfWeek' ? value % 7 : value);
  }
  return [...values].sort((a, b) => a - b);
}

function parseRange(rule: FieldRule, part: string): { from: number; to: number; step: number } | undefined {
  const match = /^(?:\*|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/([1-9]\d{0,2}))?$/i.exec(part);
  if (!match) return undefined;
  const [, first, last, step] = match;
  const [from, to] = boundsOf(rule, { first, last, isOpen: step !== undefined });
  if (from === undefined || to === undefined || to < from) return undefined;
  return { from, to, step: Number(step ?? 1) };
}

/** From where to where a part reaches: all, one value, from one on (`5/15`), or a range. */
function boundsOf(
  rule: FieldRule,
  { first, last, isOpen }: { first: string | undefined; last: string | undefined; isOpen: boolean },
): [number | undefined, number | undefined] {
  // Every day of the week is Sunday to Saturday, once.
  const highest = rule.name === 'dayOfWeek' ? 6 : rule.max;
  if (first === undefined) return [rule.min, highest];
  const from = parseValue(rule, first);
  if (last !== undefined) return [from, parseValue(rule, last)];
  return [from, isOpen && from !== undefined ? Math.max(highest, from) : from];
}

function parseValue({ min, max, names = [] }: FieldRule, text: string): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + min;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : undefined;
}

/** Whether there is a day that fits: 30 February never comes. */
function comes(fields: CronFields): boolean {
  if (!isAnyDay(fields, 'dayOfWeek')) return true;
  const first = fields.dayOfMonth[0] ?? 32;
  return fields.month.some((month) => first <= (daysOfMonth[month - 1] ?? 0));
}
