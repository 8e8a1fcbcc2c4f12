/** What the routes of waits answer. */
import { z } from 'zod';
import { pageOf, timeText } from '../routing/answer-parts.ts';

/** What a wait asks for. */
export const askedFor = {
  title: z.string(),
  description: z.string().nullable(),
  formSchema: z.unknown().describe('JSON Schema of the data; `null` for any.'),
  choices: z
    .array(z.object({ value: z.string(), label: z.string() }))
    .describe('What the buttons say; the answer has the value of one as `choice`.'),
};

/** A wait that is open. */
export const openWait = z
  .object({
    id: z.string().describe('Of the execution.'),
    runId: z.string(),
    path: z.string(),
    workflowId: z.string(),
    workflowName: z.string(),
    ...askedFor,
    startedAt: timeText,
    expiresAt: timeText.nullable().describe('When its time is over.'),
    remindedAt: timeText.nullable().describe('When `node.reminder` told of it.'),
  })
  .meta({ id: 'OpenWait' });
export const waitPage = pageOf(openWait);
