import { z } from 'zod';
import { isDuration, parseDuration } from '../deliveries/retry-schedule.ts';
import { expectedTime, parseIsoTime } from '../json/iso-time.ts';
import { maxWaitMs, orExpression, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

const time = orExpression(
  z.string().refine((text) => parseIsoTime(text) !== undefined, { error: expectedTime }),
  expectedTime,
);

const durationRule = `a whole number of milliseconds from 0 to ${maxWaitMs}, a duration such as "15m", or an expression`;
const duration = z.string().refine((text) => isDuration(text) && parseDuration(text) <= maxWaitMs);

/** Waits for a time. */
export const delayType = declareNodeType({
  type: 'delay',
  title: 'Delay',
  description: 'Waits for some milliseconds or until a time.',
  mode: 'delay',
  aliases: { duration: 'delayMs' },
  payload: z
    .strictObject({
      delayMs: z.union([wholeNumber(0, maxWaitMs), duration], { error: durationRule }).optional(),
      until: time.optional(),
    })
    .refine((given) => (given.delayMs === undefined) !== (given.until === undefined), {
      error: 'either `delayMs` or `until` (ISO 8601)',
    }),
  result: '{ status }',
});
