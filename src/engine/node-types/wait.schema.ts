import { z } from 'zod';
import { choicesOf, maxChoices } from '../definition/choices.ts';
import { formOf } from '../definition/form.schema.ts';
import type { Json, JsonObject } from '../json/json.ts';
import { maxWaitMs, orExpression, someText, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** A form as saved. One with expressions is known only when the wait begins. */
const form = z.unknown().superRefine((given, context) => {
  const fault = faultOf(given as Json);
  const rule = 'a JSON Schema whose patterns run in linear time, or an expression';
  if (fault !== undefined) context.addIssue({ code: 'custom', message: `${rule} (${fault})` });
});

function faultOf(given: Json): string | undefined {
  if (JSON.stringify(given).includes('{{')) return undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'not an object';
  try {
    formOf(given);
    return undefined;
  } catch (cause) {
    return (cause as Error).message;
  }
}

const choiceValue = z.string().min(1).max(100);
const choices = orExpression(
  z
    .array(z.union([choiceValue, z.strictObject({ value: choiceValue, label: choiceValue.optional() })]))
    .min(1)
    .max(maxChoices)
    .refine((given) => isDistinct(given as Json)),
  `a list of 1 to ${maxChoices} different texts, or of { "value", "label" }`,
);

function isDistinct(given: Json): boolean {
  const values = choicesOf(given).map(({ value }) => value);
  return new Set(values).size === values.length;
}

const triggerRule = '"manual" or "webhook": a wait is resumed by the API, a link or a webhook';

const payload = z
  .strictObject({
    title: someText.optional(),
    description: someText.optional(),
    timeoutMs: wholeNumber(1, maxWaitMs).optional(),
    remindAfterMs: wholeNumber(1, maxWaitMs).optional(),
    formSchema: form.optional(),
    choices: choices.optional(),
    key: someText.optional(),
    triggerType: z.enum(['manual', 'webhook'], { error: triggerRule }).optional(),
    triggerConfig: z.strictObject({ key: someText.optional() }).optional(),
  })
  .refine(({ formSchema, choices: given }) => given === undefined || !hasChoiceField(formSchema as Json), {
    path: ['formSchema'],
    error: 'no property of the name choice beside choices: the button gives it',
  });

function hasChoiceField(formSchema: Json | undefined): boolean {
  const properties = (formSchema as JsonObject | undefined)?.['properties'];
  return typeof properties === 'object' && properties !== null && Object.hasOwn(properties, 'choice');
}

/** Waits until somebody resumes it. */
export const waitType = declareNodeType({
  type: 'wait',
  title: 'Wait',
  description: 'Waits until it is resumed by the API, a link or a webhook, or until its time is over.',
  mode: 'wait',
  branchesOf: () => ['resumed', 'timed_out'],
  payload,
  result: '{ status: resumed | timed_out, data }',
});
