import { choicesOf, maxChoices } from '../../engine/definition/choices.ts';
import { correlationKey } from '../../engine/log/correlation-key.ts';
import { formOf } from '../../engine/definition/form.schema.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { maxWaitMs } from '../../engine/node-types/fields.schema.ts';
import type { NodeCode } from '../node-code.ts';
import { NodeFailure } from '../node-code.ts';
import { numberOf } from './numbers.ts';

/** Begins a wait: until somebody resumes it, by its `key` or its place, or its `timeoutMs` are over. */
export const runWait: NodeCode = ({ payload, attempt }) => {
  const { formSchema, choices, triggerConfig } = payload;
  const timeOf = (field: string) => timeIn(field, payload[field], attempt.startedAt);
  const key = 'key' in payload ? payload['key'] : (triggerConfig as JsonObject | undefined)?.['key'];
  assertForm(formSchema);
  assertChoices(choices);
  const [until, remindAt] = [timeOf('timeoutMs'), timeOf('remindAfterMs')];
  return {
    wait: {
      ...(until ? { until } : {}),
      // What would come after the end is of no use.
      ...(remindAt && !(until && remindAt >= until) ? { remindAt } : {}),
      ...(key === undefined ? {} : { key: keyOf(key) }),
    },
  };
};

function timeIn(field: string, ms: Json | undefined, startedAt: Date): Date | undefined {
  if (ms === undefined || ms === null) return undefined;
  return new Date(startedAt.getTime() + numberOf(field, ms, { min: 1, max: maxWaitMs, isWhole: false }));
}

function assertChoices(given: Json | undefined): void {
  if (given === undefined || given === null) return;
  const count = Array.isArray(given) ? given.length : 0;
  if (count > 0 && count <= maxChoices && choicesOf(given).length === count) return;
  throw refusal(`choices: expected 1 to ${maxChoices} texts, or objects with value and label`);
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
