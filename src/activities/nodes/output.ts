import type { Json } from '../../engine/json/json.ts';
import { answerHeaderRule, isAnswerHeader } from '../../engine/node-types/answer-headers.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';
import { numberOf } from './numbers.ts';

/** Gives `{ value, status?, headers? }`: the run's output and the answer of a waiting webhook. */
export const runOutput: NodeCode = ({ payload }) => {
  const { value, status, headers } = payload;
  return {
    value: {
      value: value ?? null,
      ...(status === undefined || status === null
        ? {}
        : { status: numberOf('status', status, { min: 200, max: 599 }) }),
      ...(headers === undefined || headers === null ? {} : { headers: headersOf(headers) }),
    },
  };
};

/** An expression may give anything; no answer could be written with it. */
function headersOf(headers: Json): Json {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers))
    throw refusal('headers: expected an object of names and values');
  const other = Object.keys(headers).find((name) => !isAnswerHeader(name));
  if (other !== undefined)
    throw refusal(`headers: expected ${answerHeaderRule}; came ${JSON.stringify(other)}`);
  return headers;
}

function refusal(message: string): NodeFailure {
  return new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
