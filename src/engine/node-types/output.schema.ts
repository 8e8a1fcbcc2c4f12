import { z } from 'zod';
import { answerHeaderRule, isAnswerHeader } from './answer-headers.ts';
import { anyValue, namedValues, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

const payload = z
  .strictObject({
    value: anyValue,
    status: wholeNumber(200, 599).optional(),
    headers: namedValues.optional(),
  })
  .superRefine(({ status, headers }, context) => {
    if (typeof headers !== 'object' || headers === null) return;
    for (const name of Object.keys(headers)) {
      const path = ['headers', name];
      if (!isAnswerHeader(name)) context.addIssue({ code: 'custom', path, message: answerHeaderRule });
      else if (name.toLowerCase() === 'location' && !mayRedirect(status))
        context.addIssue({ code: 'custom', path, message: 'no location but with a status from 300 to 399' });
    }
  });

function mayRedirect(status: unknown): boolean {
  return typeof status === 'string' || (typeof status === 'number' && status >= 300 && status < 400);
}

/** Gives the run's output. */
export const outputType = declareNodeType({
  type: 'output',
  title: 'Output',
  description: "Gives the run's output and the answer of a waiting webhook.",
  mode: 'local',
  payload,
  result: '{ value, status, headers }',
});
