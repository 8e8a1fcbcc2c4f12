import type { Json } from '../../engine/json/json.ts';
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
  if (typeof headers === 'object' && headers !== null && !Array.isArray(headers)) return headers;
  throw refusal('headers: expected an object of names and values');
}

function refusal(message: string): NodeFailure {
  return new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
