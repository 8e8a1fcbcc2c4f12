/** States that hold state machines: Map and Parallel. */
import type { Json, JsonObject } from '../../engine/json/json.ts';

import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { NotCarriedError } from '../report.ts';
import type { Converted, End } from '../scope.ts';
import { constant, either, jsonOf, lost, read, resultOf, textValue } from '../value.ts';
import type { Value } from '../value.ts';
import { retryOf } from './errors.ts';
import { afterState, argumentsOf, scalarOf } from './fields.ts';
import { valueOfPath, valueOfTemplate } from './json-path.ts';
import { valueOfField } from './jsonata-mode.ts';
import type { AslContext, AslState } from './state.ts';
import { carriedJson, withCatchers } from './shared.ts';

/** Converts a Map: a `for-each` whose body is its state machine. */
export function mapState(state: Loose, context: AslContext): Converted<AslState> {
  const { draft, place } = context;
  const machine = loose(state['ItemProcessor'] ?? state['Iterator']);
  tellOfDistributed(state, context);
  const payload: JsonObject = { array: arrayOf(state, context), ...boundsOf(state, context) };
  const retry = retryOf(state, context);
  const id = draft.add(place.part, { type: 'for-each', payload, ...(retry ? { retry } : {}) }, place);
  let ends: End<AslState>[] = [];
  const body = draft.inLoop(() => {
    const input = itemOf(state, context);
    ends = context.convertMachine(
      machine,
      {
        ...context,
        pointer: [place.pointer, 'ItemProcessor' in state ? 'ItemProcessor' : 'Iterator'],
        state: { ...context.state, input },
      },
      [],
    );
    // A body that only passes its item on still gives it.
    if (ends.length > 0 && ends.every(({ leaves }) => leaves.length === 0))
      draft.add(
        `${place.part} item`,
        {
          type: 'set',
          payload: {
            values: carriedJson(either(ends.map((end) => end.state.input)), 'the item', context, null),
          },
        },
        place,
      );
  });
  const loop = draft.nodes.get(id);
  if (!loop || body.length === 0) return nothingCarried(state, context, id);
  loop.loopBody = body;
  const output = ends.length > 0 ? either(ends.map((end) => end.state.input)) : constant(null);
  const collect = carriedJson(output, 'what each item comes to', context, null);
  if (collect !== null) loop.payload['collect'] = collect;
  const result = textValue(`[${read(resultOf(id, 'iterations', 'result'))}]`);
  return withCatchers(state, context, { id, result });
}

function nothingCarried(state: Loose, context: AslContext, id: string): Converted<AslState> {
  const { draft, place } = context;
  draft.discard(id);
  draft.tell('lost', place, 'nothing of what it does for each item carries over; it is left out');
  const result = lost(`it reads the result of ${place.part}, which is left out`);
  return { outs: { next: { state: afterState(state, context, result) } } };
}

function itemOf(state: Loose, context: AslContext): Value {
  const item = textValue('$item');
  const selector = state['ItemSelector'] ?? state['Parameters'];
  if (selector === undefined) return item;
  return context.language === 'JSONata'
    ? valueOfField(selector, context)
    : valueOfTemplate(selector, context);
}

function arrayOf(state: Loose, context: AslContext): Json {
  if (state['ItemReader'] !== undefined) return [];
  if (context.language === 'JSONata') {
    const items = state['Items'] === undefined ? context.state.input : valueOfField(state['Items'], context);
    return carriedJson(items, 'Items', context, []);
  }
  const path = text(state['ItemsPath']);
  const input = argumentsOf({ InputPath: state['InputPath'] }, context);
  try {
    return jsonOf(
      path === '' ? input : valueOfPath(path, { ...context, state: { ...context.state, input } }),
    );
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    context.draft.tell('lost', context.place, `ItemsPath does not carry over: ${error.message}`);
    return [];
  }
}

function boundsOf(state: Loose, context: AslContext): JsonObject {
  const { draft, place } = context;
  const most = scalarOf(state, 'MaxConcurrency', context);
  const given = most?.is === 'constant' ? Number(most.json) : 0;
  if (given > 100) draft.tell('changed', place, `at most 100 of its ${given} iterations run at a time`);
  const percent = scalarOf(state, 'ToleratedFailurePercentage', context);
  const count = scalarOf(state, 'ToleratedFailureCount', context);
  return {
    maxConcurrency:
      most && most.is !== 'constant'
        ? carriedJson(most, 'MaxConcurrency', context, 1)
        : given > 0
          ? Math.min(given, 100)
          : 100,
    ...(percent
      ? { toleratedFailurePercent: carriedJson(percent, 'ToleratedFailurePercentage', context, 0) }
      : {}),
    ...(count && !percent
      ? { toleratedFailures: carriedJson(count, 'ToleratedFailureCount', context, 0) }
      : {}),
  };
}

function tellOfDistributed(state: Loose, { draft, place }: AslContext): void {
  for (const name of ['ItemReader', 'ItemBatcher', 'ResultWriter'])
    if (state[name] !== undefined) draft.tell('lost', place, `its ${name} has no counterpart`);
}

/** Converts a Parallel: its branches begin after one node and end before another, which lists what they gave. */
export function parallelState(state: Loose, context: AslContext): Converted<AslState> {
  const { draft, place } = context;
  const input = argumentsOf(state, context);
  for (const name of ['Retry', 'Catch'])
    if (list(state[name]).length > 0)
      draft.tell(
        'lost',
        place,
        `its ${name} holds for all branches together, which has no counterpart: set it on their nodes`,
      );
  const fork = draft.add(
    place.part,
    { type: 'set', payload: { values: { branches: list(state['Branches']).length } } },
    place,
  );
  const begin = [{ node: fork, kind: 'children' as const }];
  const branches = list(state['Branches']).map((branch, index) =>
    context.convertMachine(
      loose(branch),
      { ...context, pointer: [place.pointer, 'Branches', index], state: { ...context.state, input } },
      begin,
    ),
  );
  const ends = branches.flat();
  if (ends.length === 0) return { entry: [fork], outs: {} };
  const outputs = branches.map((all): Value =>
    all.length === 0 ? constant(null) : either(all.map((end) => end.state.input)),
  );
  const values = {
    branches: outputs.map((value, index) =>
      carriedJson(value, `the result of branch ${index}`, context, null),
    ),
  };
  const join = draft.add(`${place.part} done`, { type: 'set', payload: { values } }, place);
  for (const { leaves } of ends) for (const leaf of leaves) draft.connect(leaf, join);
  const out = {
    leaves: [{ node: join, kind: 'children' as const }],
    state: afterState(state, context, resultOf(join, 'branches')),
  };
  return { entry: [fork], outs: { next: out } };
}
