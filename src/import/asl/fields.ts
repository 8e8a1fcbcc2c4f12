/** How input and output of a state go through its fields, in both languages. */
import { isObject } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { child, constant, lost, withField } from '../value.ts';
import type { Value } from '../value.ts';
import { carried, stepsOf, valueOfPath, valueOfTemplate } from './json-path.ts';
import { isExpression, valueOfField } from './jsonata-mode.ts';
import type { AslContext, AslState } from './state.ts';

/** Returns what a state works on: its input, as its fields shape it. */
export function argumentsOf(state: Loose, context: AslContext): Value {
  if (context.language === 'JSONata')
    return state['Arguments'] === undefined ? context.state.input : valueOfField(state['Arguments'], context);
  const input = pathField(state, 'InputPath', context);
  if (state['Parameters'] === undefined) return input;
  return valueOfTemplate(state['Parameters'], { ...context, state: { ...context.state, input } });
}

function pathField(state: Loose, name: string, context: AslContext): Value {
  const path = state[name];
  if (path === null) return constant({});
  return typeof path === 'string' ? carried(() => valueOfPath(path, context)) : context.state.input;
}

/** Returns what the states after one know, once its result is there. */
export function afterState(state: Loose, context: AslContext, result: Value): AslState {
  const known = { ...context, result };
  const variables = { ...context.state.variables, ...assigned(state, known) };
  if (context.language === 'JSONata') {
    const output = state['Output'];
    return { input: output === undefined ? result : valueOfField(output, known), variables };
  }
  const selected =
    state['ResultSelector'] === undefined
      ? result
      : valueOfTemplate(state['ResultSelector'], { ...context, state: { ...context.state, input: result } });
  const placed = placeResult(state['ResultPath'], context.state.input, selected);
  const output = pathField(state, 'OutputPath', { ...context, state: { ...context.state, input: placed } });
  return { input: output, variables };
}

/** Returns what a catcher or a choice goes on with. */
export function afterChoice(choice: Loose, context: AslContext, error?: Value): AslState {
  const known = { ...context, ...(error ? { error, result: error } : {}) };
  const variables = { ...context.state.variables, ...assigned(choice, known) };
  if (context.language === 'JSONata') {
    const output = choice['Output'];
    return {
      input: output === undefined ? (error ?? context.state.input) : valueOfField(output, known),
      variables,
    };
  }
  return {
    input: error ? placeResult(choice['ResultPath'], context.state.input, error) : context.state.input,
    variables,
  };
}

function placeResult(path: unknown, input: Value, result: Value): Value {
  if (path === null) return input;
  if (typeof path !== 'string' || path === '$') return result;
  return carried(() => {
    const steps = stepsOf(path.slice(1));
    return steps.includes('*')
      ? lost(`the place ${path} has no counterpart`)
      : withField(input, steps, result);
  });
}

function assigned({ Assign }: Loose, context: AslContext): Record<string, Value> {
  if (!isObject(Assign)) return {};
  const input = context.result ?? context.state.input;
  const value =
    context.language === 'JSONata'
      ? valueOfField(Assign, context)
      : valueOfTemplate(Assign, { ...context, state: { ...context.state, input } });
  return Object.fromEntries(
    Object.keys(Assign).map((name) => [name.replace(/\.\$$/, ''), child(value, [name.replace(/\.\$$/, '')])]),
  );
}

/** Returns a field that is a number or text, or read: `Seconds`, `SecondsPath`, `{% … %}`. */
export function scalarOf(state: Loose, name: string, context: AslContext): Value | undefined {
  const path = state[`${name}Path`];
  if (typeof path === 'string') return carried(() => valueOfPath(path, context));
  const value = state[name];
  if (value === undefined) return undefined;
  return isExpression(value) ? valueOfField(value, context) : constant(value as never);
}
