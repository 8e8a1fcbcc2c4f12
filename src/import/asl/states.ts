/** Converts the states of a state machine, each by its type. */
import type { Json } from '../../engine/json/json.ts';
import type { Leaf } from '../draft.ts';
import { literal, template } from '../jsonata.ts';
import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { NotCarriedError } from '../report.ts';
import type { Converted, Exit, Out } from '../scope.ts';
import { constant, lost, read, resultOf } from '../value.ts';
import type { Value } from '../value.ts';
import { conditionOf } from './choice.ts';
import { retryOf } from './errors.ts';
import { afterChoice, afterState, argumentsOf, scalarOf } from './fields.ts';
import { mapState, parallelState } from './nested.ts';
import { carriedJson, theEnd, withCatchers } from './shared.ts';
import type { AslContext, AslState } from './state.ts';
import { callName, callOf } from './tasks.ts';

/** Converts one state. */
export type StateConverter = (state: Loose, context: AslContext) => Converted<AslState>;

/** By type. */
export const stateTypes: Record<string, StateConverter> = {
  Pass: (state, context) => goOn(afterState(state, context, passed(state, context))),
  Succeed: (state, context) => goOn(afterState(state, context, context.state.input)),
  Fail: failState,
  Wait: waitState,
  Choice: choiceState,
  Task: taskState,
  Map: mapState,
  Parallel: parallelState,
};

/** Ways out of a state: to the next, to each choice, to each catcher. */
export function exitsOf(state: Loose): Exit[] {
  const choices = list(state['Choices']).map((one, index) => ({
    slot: `choice:${index}`,
    to: text(loose(one)['Next']),
  }));
  const catchers = list(state['Catch']).map((one, index) => ({
    slot: `catch:${index}`,
    to: text(loose(one)['Next']),
  }));
  if (state['Type'] === 'Choice') {
    const otherwise = text(state['Default']);
    return [...choices, ...(otherwise === '' ? [] : [{ slot: 'default', to: otherwise }])];
  }
  if (state['Type'] === 'Fail') return [];
  const next = text(state['Next']);
  return [{ slot: 'next', to: next === '' ? theEnd : next }, ...catchers];
}

const goOn = (state: AslState): Converted<AslState> => ({ outs: { next: { state } } });

function passed(state: Loose, context: AslContext): Value {
  if (context.language === 'JSONata') return context.state.input;
  if (state['Result'] !== undefined) return constant(state['Result'] as Json);
  return argumentsOf(state, context);
}

function failState(state: Loose, context: AslContext): Converted<AslState> {
  const { draft, place } = context;
  const type = carriedJson(scalarOf(state, 'Error', context), 'Error', context, 'States.Failed');
  const message = carriedJson(scalarOf(state, 'Cause', context), 'Cause', context, '');
  const payload = {
    type: text(type) || 'States.Failed',
    ...(message === '' ? {} : { message: asText(message) }),
  };
  return { entry: [draft.add(place.part, { type: 'fail', payload }, place)], outs: {} };
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function waitState(state: Loose, context: AslContext): Converted<AslState> {
  const { draft, place } = context;
  const seconds = scalarOf(state, 'Seconds', context);
  const until = scalarOf(state, 'Timestamp', context);
  const payload: Record<string, Json> = seconds
    ? { delayMs: milliseconds(seconds, context) }
    : { until: carriedJson(until, 'Timestamp', context, null) };
  const id = draft.add(place.part, { type: 'delay', payload }, place);
  return withCatchers(state, context, { id, result: context.state.input });
}

function milliseconds(seconds: Value, context: AslContext): Json {
  if (seconds.is === 'constant') return Math.round(Number(seconds.json) * 1_000) || 0;
  const value = carriedJson(seconds, 'Seconds', context, null);
  return value === null ? 0 : template(`$number(${read(seconds)}) * 1000`);
}

function choiceState(state: Loose, context: AslContext): Converted<AslState> {
  const { draft, place } = context;
  const choices = list(state['Choices']).map(loose);
  const cases = choices.map((choice, index) => ({
    name: `choice_${index}`,
    condition: condition(choice, context),
  }));
  if (cases.length === 0) return { outs: { default: { state: context.state } } };
  const id = draft.add(place.part, { type: 'switch', payload: { cases } }, place);
  const outs: Record<string, Out<AslState>> = {
    default: { leaves: [{ node: id, kind: { branch: 'default' } }], state: afterChoice(state, context) },
  };
  for (const [index, choice] of choices.entries())
    outs[`choice:${index}`] = {
      leaves: [{ node: id, kind: { branch: `choice_${index}` } }],
      state: afterChoice(choice, context),
    };
  if (text(state['Default']) === '') {
    const payload = { type: 'States.NoChoiceMatched', message: 'no choice matches' };
    const failing = draft.add(`${place.part} no choice`, { type: 'fail', payload }, place);
    draft.connect({ node: id, kind: { branch: 'default' } }, failing);
  }
  return { entry: [id], outs };
}

function condition(choice: Loose, context: AslContext): Json {
  try {
    return template(conditionOf(choice, context));
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    context.draft.tell(
      'lost',
      context.place,
      `a choice does not carry over and never holds: ${error.message}`,
    );
    return false;
  }
}

function taskState(state: Loose, context: AslContext): Converted<AslState> {
  const { draft, place } = context;
  const resource = text(state['Resource']);
  const given = argumentsOf(state, context);
  const call = calling(resource, given, context);
  if (!call) return unknownTask(state, context, callName(resource, state));
  const retry = retryOf(state, context);
  const timeoutMs = Number(state['TimeoutSeconds'] ?? state['HeartbeatSeconds'] ?? 0) * 1_000;
  if (call.added.type === 'wait') return tokenState(state, context, { call, timeoutMs });
  const bounds = { ...(retry ? { retry } : {}), ...(timeoutMs > 0 ? { timeoutMs } : {}) };
  const id = draft.add(place.part, { ...call.added, ...bounds }, place);
  return withCatchers(state, context, { id, result: call.result(id) });
}

function calling(resource: string, given: Value, context: AslContext): ReturnType<typeof callOf> {
  try {
    return callOf(resource, given, context);
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    context.draft.tell('lost', context.place, `its arguments do not carry over: ${error.message}`);
    return undefined;
  }
}

function unknownTask(state: Loose, context: AslContext, what: string): Converted<AslState> {
  const { draft, place } = context;
  const id = draft.stub(place.part, what, place);
  if (id === undefined)
    return goOn(
      afterState(state, context, lost(`it reads the result of ${literal(place.part)}, which is left out`)),
    );
  return withCatchers(state, context, { id, result: resultOf(id) });
}

function tokenState(
  state: Loose,
  context: AslContext,
  { call, timeoutMs }: { call: NonNullable<ReturnType<typeof callOf>>; timeoutMs: number },
): Converted<AslState> {
  const { draft, place } = context;
  const payload: Record<string, Json> = timeoutMs > 0 ? { timeoutMs } : {};
  const id = draft.add(place.part, { type: 'wait', payload }, place);
  const leaves: Leaf[] = [{ node: id, kind: { branch: 'resumed' } }];
  const converted = withCatchers(state, context, { id, leaves, result: call.result(id) });
  if (timeoutMs === 0) return converted;
  const fail = {
    type: 'fail',
    payload: { type: 'timeout', message: `${place.part} was not resumed in time` },
  };
  const failing = draft.add(`${place.part} timed out`, fail, place);
  draft.connect({ node: id, kind: { branch: 'timed_out' } }, failing);
  return converted;
}
