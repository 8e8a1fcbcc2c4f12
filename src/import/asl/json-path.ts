/** Paths and intrinsic functions of the JSONPath mode. */
import type { PathPart } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import { child, constant, listOf, lost, objectOf, read, textValue } from '../value.ts';
import type { Value } from '../value.ts';
import type { AslContext } from './state.ts';
import { intrinsic } from './intrinsics.ts';

/** Returns what a path, a path of the context object or an intrinsic function gives. @throws NotCarriedError */
export function valueOfPath(written: string, context: AslContext): Value {
  const text = written.trim();
  if (text.startsWith('States.'))
    return textValue(intrinsic(text, (path) => read(valueOfPath(path, context))));
  if (text.startsWith('$$')) return contextValue(text.slice(2), context);
  const named = /^\$([A-Za-z_]\w*)(.*)$/s.exec(text);
  if (named)
    return below(
      context.state.variables[named[1] ?? ''] ?? lost(`the variable $${named[1]} is not assigned before`),
      named[2] ?? '',
    );
  if (!text.startsWith('$')) throw new NotCarriedError(`${text} is no path`);
  return below(context.state.input, text.slice(1));
}

/** Steps of a path, as far as they are names and places; `*` for all elements. */
export function stepsOf(path: string): (PathPart | '*')[] {
  const steps: (PathPart | '*')[] = [];
  const pattern = /\.(\*|[^.[\]()?@*\s]+)|\[\s*(?:'([^']*)'|"([^"]*)"|(-?\d+)|(\*))\s*\]/gy;
  let at = 0;
  for (let match = pattern.exec(path); match; match = pattern.exec(path)) {
    const [whole, name, single, double, index, all] = match;
    at += whole.length;
    if (all !== undefined || name === '*') steps.push('*');
    else steps.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
  }
  if (at !== path.length) throw new NotCarriedError(`the path $${path} has no counterpart`);
  return steps;
}

function below(value: Value, path: string): Value {
  const steps = stepsOf(path);
  const star = steps.indexOf('*');
  if (star < 0) return child(value, steps);
  const list = read(child(value, steps.slice(0, star)));
  const rest = steps.slice(star + 1).filter((step) => step !== '*');
  const mapped = read(textValue(list), rest);
  return textValue(`[${mapped}]`);
}

const known: Record<string, Value> = {
  'Execution.Id': textValue('$run.id'),
  'Execution.Name': textValue('$run.id'),
  'Execution.StartTime': textValue('$run.startedAt'),
  'State.EnteredTime': textValue('$now()'),
  'StateMachine.Id': textValue('$workflow.id'),
  'Map.Item.Index': textValue('$index'),
};

/** Values of the context object. */
export function contextValue(path: string, { place, draft }: AslContext): Value {
  const steps = stepsOf(path);
  const name = steps.join('.');
  if (known[name]) return known[name];
  if (name === 'State.Name') return constant(place.part);
  if (name === 'Map.Item.Value' || name.startsWith('Map.Item.Value.')) {
    if (!draft.isInLoop) throw new NotCarriedError('$$.Map.Item.Value stands outside a Map');
    return child(textValue('$item'), steps.slice(3));
  }
  if (name === 'Execution.Input' || name.startsWith('Execution.Input.'))
    return child(textValue('$trigger.body'), steps.slice(2));
  if (name === 'Task.Token')
    throw new NotCarriedError('a task token has no counterpart: send the link that $resumeUrl gives');
  throw new NotCarriedError(`$$.${name} has no counterpart`);
}

/** Returns a payload template: names that end in `.$` hold paths. @throws NotCarriedError */
export function valueOfTemplate(template: unknown, context: AslContext): Value {
  if (Array.isArray(template))
    return carried(() => listOf(template.map((one) => valueOfTemplate(one, context))));
  if (typeof template !== 'object' || template === null) return constant((template ?? null) as never);
  const fields = Object.entries(template).map(([name, value]): [string, Value] =>
    name.endsWith('.$') && typeof value === 'string'
      ? [name.slice(0, -2), carried(() => valueOfPath(value, context))]
      : [name, valueOfTemplate(value, context)],
  );
  return objectOf(Object.fromEntries(fields));
}

/** What cannot be translated is lost where it is read, and no sooner. */
export function carried(translate: () => Value): Value {
  try {
    return translate();
  } catch (error) {
    if (error instanceof NotCarriedError) return lost(error.message);
    throw error;
  }
}
