import { describe } from '../../engine/definition/definition-problems.ts';
import type { Json } from '../../engine/json/json.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';

/** Fails with the type and message of its payload; never retried. */
export const runFail: NodeCode = ({ payload }) => {
  const type = textOf('type', payload['type']);
  const message = payload['message'] === undefined ? '' : textOf('message', payload['message']);
  throw new NodeFailure({ type, message, retryable: false });
};

/** A number or a boolean is its text; what has no one text is refused. */
function textOf(field: 'type' | 'message', value: Json | undefined): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && (value !== '' || field === 'message')) return value;
  if (field === 'message' && value === null) return '';
  const came = value === '' ? 'an empty text' : describe(value);
  throw new NodeFailure({
    type: 'invalid_input',
    message: `${field}: expected a text; came ${came}`,
    retryable: false,
  });
}
