/** What streams answer. */
import { z } from 'zod';

/** One frame of a stream of Server-Sent Events. */
export const frame = z
  .object({
    id: z.string().optional().describe('The cursor, for `Last-Event-ID`.'),
    event: z.string().describe('The type of the event, or what became of the stream, such as `end`.'),
    data: z.string().describe('JSON: the event as it stands in the log.'),
  })
  .meta({ id: 'StreamFrame', description: 'One frame of `text/event-stream`; a stream has any number.' });
