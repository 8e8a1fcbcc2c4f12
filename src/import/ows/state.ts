/** What a task knows when its turn comes, and how its fields are translated. */
import type { Json } from '../../engine/json/json.ts';
import type { Draft } from '../draft.ts';
import { isObject } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { NotCarriedError } from '../report.ts';
import type { Place } from '../report.ts';
import type { End } from '../scope.ts';
import type { Leaf } from '../draft.ts';
import { child, constant, either, jsonOf, listOf, lost, objectOf, textValue } from '../value.ts';
import type { Value } from '../value.ts';
import { jsonataOfJq } from './jq.ts';

/** The output of the task before, the context, and the names that loops and catches bring. */
export interface OwsState {
  input: Value;
  context: Value;
  names: Readonly<Record<string, Value>>;
}

/** What ways that meet know together. */
export function mergeOws(states: readonly OwsState[]): OwsState {
  const [first] = states;
  return {
    input: either(states.map(({ input }) => input)),
    context: either(states.map(({ context }) => context)),
    names: first?.names ?? {},
  };
}

/** A list of tasks that is converted within another. */
export type ConvertTasks = (
  tasks: unknown,
  given: { state: OwsState; leaves: readonly Leaf[]; pointer: string },
) => End<OwsState>[];

/** What the fields of one task are translated with. */
export interface OwsContext {
  draft: Draft;
  place: Place;
  state: OwsState;
  /** The document's reusable parts. */
  use: Loose;
  convertTasks: ConvertTasks;
}

/** What names read in expressions of a task. */
export function namesOf(
  { context, names, input }: OwsState,
  more: Record<string, Value> = {},
): Record<string, Value> {
  return {
    context,
    input,
    workflow: {
      is: 'object',
      fields: {
        id: textValue('$run.id'),
        startedAt: textValue('$run.startedAt'),
        input: textValue('$trigger.body'),
      },
    },
    secrets: textValue('$secrets'),
    ...names,
    ...more,
  };
}

/** Whether a text is an expression. */
export function isExpression(text: unknown): text is string {
  return typeof text === 'string' && /^\s*\$\{[\s\S]*\}\s*$/.test(text);
}

/** Returns the JSONata of an expression, with or without its `${}`. @throws NotCarriedError */
export function expressionText(text: string, state: OwsState, more?: Record<string, Value>): string {
  const source = isExpression(text) ? text.trim().slice(2, -1) : text;
  return jsonataOfJq(source.trim(), { input: state.input, variables: namesOf(state, more) });
}

/** Returns a field, with expressions anywhere in it. */
export function valueOfField(field: unknown, state: OwsState, more?: Record<string, Value>): Value {
  if (isExpression(field)) return carried(() => valueOfText(field, state, more));
  if (Array.isArray(field)) return carried(() => listOf(field.map((one) => valueOfField(one, state, more))));
  if (!isObject(field)) return constant((field ?? null) as Json);
  return objectOf(
    Object.fromEntries(Object.entries(field).map(([name, one]) => [name, valueOfField(one, state, more)])),
  );
}

/** A plain path is read where its value comes from. */
function valueOfText(text: string, state: OwsState, more?: Record<string, Value>): Value {
  const path = /^\s*\$\{\s*\.((?:\w+(?:\.\w+)*)?)\s*\}\s*$/.exec(text)?.[1];
  if (path === undefined) return textValue(expressionText(text, state, more));
  return child(state.input, path.split('.').filter(Boolean));
}

/** Returns a field that is an expression, with or without its `${}`. */
export function valueOfExpression(text: unknown, state: OwsState): Value {
  if (typeof text !== 'string') return valueOfField(text, state);
  return carried(() => textValue(expressionText(text, state)));
}

/** What cannot be translated is lost where it is read, and no sooner. */
function carried(translate: () => Value): Value {
  try {
    return translate();
  } catch (error) {
    if (error instanceof NotCarriedError) return lost(error.message);
    throw error;
  }
}

/** Returns a field as a payload holds it; one that does not carry over is named, and `otherwise`. */
export function jsonOfField(
  value: Value,
  field: string,
  { draft, place }: OwsContext,
  otherwise: Json = null,
): Json {
  if (value.is === 'object' && !value.base)
    return Object.fromEntries(
      Object.entries(value.fields).map(([name, one]) => [
        name,
        jsonOfField(one, `${field}.${name}`, { draft, place } as OwsContext),
      ]),
    );
  try {
    return jsonOf(value);
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    draft.tell('lost', place, `${field} does not carry over: ${error.message}`);
    return otherwise;
  }
}
