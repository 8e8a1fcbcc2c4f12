/** Converts one task by what it does. */
import type { Json } from '../../engine/json/json.ts';
import type { Leaf } from '../draft.ts';
import { template } from '../jsonata.ts';
import { isObject, list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { NotCarriedError } from '../report.ts';
import type { Converted, Out } from '../scope.ts';
import { either, lost, resultOf } from '../value.ts';
import type { Value } from '../value.ts';
import { httpCall, listenCall, raised, runCall } from './calls.ts';
import type { Call } from './calls.ts';
import { millisecondsOf } from './durations.ts';
import { doTask, forTask, forkTask, tryTask } from './nested.ts';
import { expressionText, jsonOfField, valueOfField } from './state.ts';
import type { OwsContext, OwsState } from './state.ts';

/** What a task comes to before its `output` and `export`: its ways on, and what it gives. */
type TaskConverter = (task: Loose, context: OwsContext) => Converted<OwsState>;

/** By the member that says what a task does; the first that is there counts. */
const converters: Record<string, TaskConverter> = {
  call: (task, context) => called(task, context),
  set: (task, context) => {
    const values = jsonOfField(valueOfField(task['set'], context.state), 'set', context, {});
    return withNode(task, context, {
      added: { type: 'set', payload: { values } },
      result: (id) => resultOf(id),
    });
  },
  switch: switchTask,
  for: forTask,
  fork: forkTask,
  try: tryTask,
  do: doTask,
  wait: (task, context) => {
    const given = task['wait'];
    const ms = millisecondsOf(given);
    const delayMs = ms ?? jsonOfField(valueOfField(given, context.state), 'wait', context, 0);
    if (ms === undefined && typeof delayMs !== 'string')
      context.draft.tell('lost', context.place, `the duration ${JSON.stringify(given)} is not read`);
    const added = {
      type: 'delay',
      payload: { delayMs: typeof delayMs === 'number' || typeof delayMs === 'string' ? delayMs : 0 },
    };
    return withNode(task, context, { added, result: () => context.state.input });
  },
  emit: (task, context) => {
    const event = loose(loose(loose(task['emit'])['event'])['with']);
    return unknownTask(task, context, `the event ${text(event['type'])} that it emits`);
  },
  listen: (task, context) => {
    const id = context.draft.add(context.place.part, { type: 'wait' }, context.place);
    const { result } = listenCall(loose(task['listen']), context);
    return {
      entry: [id],
      outs: {
        next: {
          leaves: [{ node: id, kind: { branch: 'resumed' } }],
          state: { ...context.state, input: result(id) },
        },
      },
    };
  },
  raise: (task, context) => {
    const payload = raised(loose(task['raise']), context);
    return {
      entry: [context.draft.add(context.place.part, { type: 'fail', payload }, context.place)],
      outs: {},
    };
  },
  run: (task, context) => {
    const call = runCall(loose(task['run']), context);
    const kind =
      Object.keys(loose(task['run'])).find((name) => ['container', 'shell', 'script'].includes(name)) ?? '';
    return call ? withNode(task, context, call) : unknownTask(task, context, `the ${kind} that it runs`);
  },
};

const order = ['for', 'try', 'fork', 'switch', 'call', 'set', 'wait', 'emit', 'listen', 'raise', 'run', 'do'];

/** What a task does; empty when it does nothing that is known. */
export function kindOf(task: Loose): string {
  return order.find((name) => task[name] !== undefined) ?? '';
}

/** Converts a task, with its condition, input, output and export. */
export function convertTask(task: Loose, context: OwsContext): Converted<OwsState> {
  const { state } = context;
  const from = loose(task['input'])['from'];
  const input = from === undefined ? state.input : valueOfField(from, state);
  const inner: OwsContext = { ...context, state: { ...state, input } };
  const convert = converters[kindOf(task)];
  const converted = convert ? convert(task, inner) : unknownTask(task, inner, 'what it does');
  const shaped = Object.fromEntries(
    Object.entries(converted.outs).map(([slot, out]) => [
      slot,
      { ...out, state: shape(task, inner, out.state) },
    ]),
  );
  return task['if'] === undefined
    ? { ...converted, outs: shaped }
    : onlyIf(task, context, { ...converted, outs: shaped });
}

function shape(task: Loose, { state: before }: OwsContext, after: OwsState): OwsState {
  const as = loose(task['output'])['as'];
  const output =
    as === undefined
      ? after.input
      : valueOfField(as, { ...after, context: before.context }, { input: before.input });
  const exported = loose(task['export'])['as'];
  const shaped = { ...after, input: output, names: before.names };
  return exported === undefined
    ? shaped
    : { ...shaped, context: valueOfField(exported, shaped, { output, input: before.input }) };
}

function onlyIf(task: Loose, context: OwsContext, converted: Converted<OwsState>): Converted<OwsState> {
  const { draft, place, state } = context;
  if (!converted.entry) return converted;
  const condition = judged(text(task['if']), context);
  const id = draft.add(`${place.part} if`, { type: 'if', payload: { condition } }, place);
  for (const entry of converted.entry) draft.connect({ node: id, kind: { branch: 'then' } }, entry);
  const next = converted.outs['next'];
  const past: Leaf = { node: id, kind: { branch: 'else' } };
  const leaves = [...(next?.leaves ?? []), past];
  const merged = next
    ? {
        ...state,
        input: either([next.state.input, state.input]),
        context: either([next.state.context, state.context]),
      }
    : state;
  return { entry: [id], outs: { ...converted.outs, next: { leaves, state: merged } } };
}

/** Returns a condition; one that does not carry over is named, and never holds. */
export function judged(text: string, { draft, place, state }: OwsContext): Json {
  try {
    return template(expressionText(text, state));
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    draft.tell('lost', place, `a condition does not carry over and never holds: ${error.message}`);
    return false;
  }
}

function withNode(
  task: Loose,
  { draft, place, state }: OwsContext,
  { added, result }: Call,
): Converted<OwsState> {
  const after = loose(task['timeout'])['after'] ?? task['timeout'];
  const timeoutMs = millisecondsOf(after);
  const id = draft.add(place.part, { ...added, ...(timeoutMs === undefined ? {} : { timeoutMs }) }, place);
  return {
    entry: [id],
    outs: { next: { leaves: [{ node: id, kind: 'children' }], state: { ...state, input: result(id) } } },
  };
}

function unknownTask(_task: Loose, { draft, place, state }: OwsContext, what: string): Converted<OwsState> {
  const id = draft.stub(place.part, what, place);
  if (id === undefined) {
    const missing: Value = lost(`it reads what ${JSON.stringify(place.part)} gives, which is left out`);
    return { outs: { next: { state: { ...state, input: missing } } } };
  }
  return {
    entry: [id],
    outs: { next: { leaves: [{ node: id, kind: 'children' }], state: { ...state, input: resultOf(id) } } },
  };
}

function called(task: Loose, context: OwsContext): Converted<OwsState> {
  const name = text(task['call']);
  const given = loose(task['with']);
  if (name === 'http') return withNode(task, context, httpCall(given, context));
  const reusable = loose(context.use['functions'])[name];
  if (isObject(reusable) && !Object.is(reusable['call'], name)) {
    const input = valueOfField(given, context.state);
    return convertTask(reusable, { ...context, state: { ...context.state, input } });
  }
  return unknownTask(task, context, `the call of ${name}`);
}

function switchTask(task: Loose, context: OwsContext): Converted<OwsState> {
  const { draft, place, state } = context;
  const all = casesOf(task);
  const cases = all.filter(({ when }) => when !== undefined);
  const otherwise = all.find(({ when }) => when === undefined);
  if (cases.length === 0) return { outs: { [otherwise?.slot ?? 'next']: { state } } };
  const payload = {
    cases: cases.map(({ name, when }) => ({ name, condition: judged(text(when), context) })),
  };
  const id = draft.add(place.part, { type: 'switch', payload }, place);
  const out = (branch: string): Out<OwsState> => ({ leaves: [{ node: id, kind: { branch } }], state });
  const outs = Object.fromEntries(cases.map(({ name, slot }) => [slot, out(name)]));
  return { entry: [id], outs: { ...outs, [otherwise?.slot ?? 'next']: out('default') } };
}

/** The cases of a switch, named as the node names them. */
export function casesOf(task: Loose): { name: string; slot: string; when: unknown; then: string }[] {
  return list(task['switch']).flatMap((one, index) =>
    Object.entries(loose(one)).map(([name, given]) => ({
      name: name === 'default' ? `case_${index}` : name.slice(0, 60),
      slot: `case:${index}`,
      when: loose(given)['when'],
      then: text(loose(given)['then']) || 'continue',
    })),
  );
}
