import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';

/** Query of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(500).optional(),
};

/** One of the values, or several: in a query the name is repeated. Read as a list. */
export function severalOf<Value extends string>(values: readonly Value[]) {
  const one = z.enum(values as [Value, ...Value[]]);
  return z
    .union([one, z.array(one).min(1).max(values.length)])
    .transform((given): Value[] => [given].flat() as Value[])
    .describe('One of them, or several: `status=a&status=b`.');
}

/** Text that a list is searched by. MongoDB's patterns cannot hold U+0000. */
export const searchText = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0'), 'expected text without U+0000');

/** A time in a query or a body: RFC 3339, read as a `Date`. */
export const time = z.iso
  .datetime({ offset: true, error: 'expected a time such as 2026-11-24T10:15:30Z' })
  .transform((text) => new Date(text));

/** The sort key of the last row, made opaque. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Reads a cursor back. @throws AppError invalid-request when it is none of ours */
export function decodeCursor(cursor: string | undefined): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.every((part) => ['string', 'number'].includes(typeof part)))
      return key.map(String);
  } catch {
    // Falls through: not JSON is as wrong as any other text.
  }
  const detail = 'cursor: expected the nextCursor of the page before';
  throw new AppError('invalid-request', detail, { errors: [{ pointer: '/cursor', detail }] });
}

/** The cursor of a list that is sorted by a date and an id. */
export function decodeDateCursor(cursor: string | undefined): { createdAt: Date; id: string } | undefined {
  const key = decodeCursor(cursor);
  return key ? { createdAt: new Date(key[0] ?? ''), id: key[1] ?? '' } : undefined;
}

/** Returns a page from `limit + 1` rows that were read. */
export function presentPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  as: { present: (row: Row) => Item; key: (row: Row) => (string | number)[] },
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(as.key(last)) : null;
  return { items: shown.map(as.present), nextCursor };
}
