import { z } from 'zod';
import { expectedTime, parseIsoTime } from '../json/iso-time.ts';
import { maxWaitMs, orExpression, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

const time = orExpression(
  z.string().refine((text) => parseIsoTime(text) !== undefined, { error: expectedTime }),
  expectedTime,
);

/** Waits for a time. */
export const delayType = declareNodeType({
  type: 'delay',
  title: 'Delay',
  description: 'Waits for some milliseconds or until a time.',
  mode: 'delay',
  aliases: { duration: 'delayMs' },
  payload: z
    .strictObject({ delayMs: wholeNumber(0, maxWaitMs).optional(), until: time.optional() })
    .refine((given) => (given.delayMs === undefined) !== (given.until === undefined), {
      error: 'either `delayMs` or `until` (ISO 8601)',
    }),
  result: '{ status }',
});
