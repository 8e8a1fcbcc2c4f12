import { correlationKey } from '../../engine/log/correlation-key.ts';
import { formOf } from '../../engine/definition/form.schema.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { maxWaitMs } from '../../engine/node-types/fields.schema.ts';
import type { NodeCode } from '../node-code.ts';
import { NodeFailure } from '../node-code.ts';
import { numberOf } from './numbers.ts';

/** Begins a wait: until somebody resumes it, by its `key` or its place, or its `timeoutMs` are over. */
export const runWait: NodeCode = ({ payload, attempt }) => {
  const { timeoutMs, formSchema, triggerConfig } = payload;
  const key = 'key' in payload ? payload['key'] : (triggerConfig as JsonObject | undefined)?.['key'];
  assertForm(formSchema);
  return {
    wait: {
      ...(timeoutMs === undefined || timeoutMs === null
        ? {}
        : { until: endOf(timeoutMs, attempt.startedAt) }),
      ...(key === undefined ? {} : { key: keyOf(key) }),
    },
  };
};

function endOf(timeoutMs: Json, startedAt: Date): Date {
  const bounds = { min: 1, max: maxWaitMs, isWhole: false };
  return new Date(startedAt.getTime() + numberOf('timeoutMs', timeoutMs, bounds));
}

/** A wait that nobody could ever name must not begin. */
function keyOf(value: Json): string {
  const key = correlationKey(value);
  if (key !== undefined) return key;
  throw refusal('key: expected a value of 1 to 1,024 characters; came null, an empty text or a longer one');
}

function assertForm(formSchema: Json | undefined): void {
  try {
    formOf(formSchema);
  } catch (cause) {
    throw refusal(`formSchema: expected a JSON Schema; ${(cause as Error).message}`);
  }
}

function refusal(message: string): NodeFailure {
  return new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
