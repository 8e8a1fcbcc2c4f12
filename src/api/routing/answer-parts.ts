/** Parts of what routes answer. Presenters return the types of these schemas, so that a rule of an answer exists once. */
import { z } from 'zod';

/** A time that the store holds as a date; ISO 8601 in the answer. */
export const instant = z.date();
/** A time that the log holds as a text: ISO 8601. */
export const timeText = z.iso.datetime();
export const count = z.int().min(0);
/** Any JSON value. */
export const anyJson = z.unknown();
/** A recorded value. */
export const recorded = z
  .unknown()
  .describe(
    'Any JSON value; one of more than 64 KiB is `{"$ref": "pl_…", "bytes": n}`, read at `/v1/payloads/{ref}`.',
  );

/** One page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('The `cursor` of the next page; `null` on the last.'),
  });
}
