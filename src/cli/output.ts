/** Results go to stdout, everything else to stderr; colours only to a terminal. */
import { stripVTControlCharacters } from 'node:util';
import { environment } from './environment.ts';

const isColored = Boolean(process.stdout.isTTY) && !environment.noColor;
const codes = { red: 31, green: 32, yellow: 33, blue: 34, gray: 90, bold: 1 } as const;

/** Returns a text in a colour, on a terminal. */
export function paint(color: keyof typeof codes, text: string): string {
  return isColored ? `\u001b[${codes[color]}m${text}\u001b[0m` : text;
}

/** Returns a status in the colour that it has everywhere. */
export function paintStatus(status: string): string {
  const colors: Record<string, keyof typeof codes> = {
    success: 'green',
    active: 'green',
    accepted: 'green',
    failure: 'red',
    rejected: 'red',
    cancelled: 'yellow',
    partial: 'yellow',
    waiting: 'blue',
    running: 'blue',
  };
  return paint(colors[status] ?? 'gray', status);
}

/** Prints a line of the result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a result as JSON, one value a line. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** Tells people something that is no result. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints rows under their headings, in columns. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  if (rows.length === 0) return note('nothing');
  const widths = headings.map((heading, index) =>
    Math.max(heading.length, ...rows.map((row) => stripVTControlCharacters(row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - stripVTControlCharacters(cell).length))
      .join('  ');
  print(paint('bold', line(headings).trimEnd()));
  for (const row of rows) print(line(row).trimEnd());
}

/** Returns a duration for people. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '';
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}
