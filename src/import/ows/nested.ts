/** Tasks that hold tasks: `do`, `for`, `fork`, `try`. */
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { Leaf } from '../draft.ts';
import { template } from '../jsonata.ts';
import { isObject, list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import type { Converted, End, Out } from '../scope.ts';
import { constant, either, errorOf, lost, objectOf, resultOf, textValue } from '../value.ts';
import type { Value } from '../value.ts';
import { millisecondsOf } from './durations.ts';
import { jsonOfField, mergeOws, valueOfExpression } from './state.ts';
import type { OwsContext, OwsState } from './state.ts';

/** Ends the whole workflow. */
export const theEnd = '\u0000end';

/** A node at which the ways of what is nested begin: steps are joined to it, not to what comes before. */
function opening({ draft, place }: OwsContext, values: JsonObject): string {
  return draft.add(place.part, { type: 'set', payload: { values } }, place);
}

function outsOf(ends: readonly End<OwsState>[]): Record<string, Out<OwsState>> {
  const outs: Record<string, Out<OwsState>> = {};
  for (const [slot, all] of [
    ['next', ends.filter(({ to }) => to !== theEnd)],
    ['end', ends.filter(({ to }) => to === theEnd)],
  ] as const)
    if (all.length > 0)
      outs[slot] = {
        leaves: all.flatMap(({ leaves }) => leaves),
        state: mergeOws(all.map(({ state }) => state)),
      };
  return outs;
}

/** `do`: its tasks one after the other. */
export function doTask(task: Loose, context: OwsContext): Converted<OwsState> {
  const id = opening(context, { tasks: list(task['do']).length });
  const leaves: Leaf[] = [{ node: id, kind: 'children' }];
  const ends = context.convertTasks(task['do'], {
    state: context.state,
    leaves,
    pointer: `${context.place.pointer}/do`,
  });
  return { entry: [id], outs: outsOf(ends) };
}

/** `for`: its tasks for each item. */
export function forTask(task: Loose, context: OwsContext): Converted<OwsState> {
  const { draft, place, state } = context;
  const given = loose(task['for']);
  const array = jsonOfField(valueOfExpression(given['in'], state), 'for.in', context, []);
  if (task['while'] !== undefined)
    draft.tell('lost', place, 'its while does not end the loop: every item is gone through');
  draft.tell('changed', place, 'an iteration does not see what the one before came to');
  const id = draft.add(place.part, { type: 'for-each', payload: { array } }, place);
  const names = {
    ...state.names,
    [text(given['each']) || 'item']: textValue('$item'),
    [text(given['at']) || 'index']: textValue('$index'),
  };
  let ends: End<OwsState>[] = [];
  const body = draft.inLoop(() => {
    ends = context.convertTasks(task['do'], {
      state: { ...state, names },
      leaves: [],
      pointer: `${place.pointer}/do`,
    });
  });
  const loop = draft.nodes.get(id);
  if (!loop || body.length === 0) {
    draft.discard(id);
    draft.tell('lost', place, 'nothing of what it does for each item carries over; it is left out');
    return {
      outs: {
        next: { state: { ...state, input: lost(`it reads what ${place.part} gives, which is left out`) } },
      },
    };
  }
  loop.loopBody = body;
  if (ends.some(({ to }) => to === theEnd))
    draft.tell('lost', place, '`end` inside a loop ends the iteration, not the workflow');
  const collect =
    ends.length === 0
      ? null
      : jsonOfField(either(ends.map((end) => end.state.input)), 'what each item comes to', context);
  if (collect !== null) loop.payload['collect'] = collect;
  const input = resultOf(id, 'iterations', -1, 'result');
  return {
    entry: [id],
    outs: { next: { leaves: [{ node: id, kind: 'children' }], state: { ...state, input } } },
  };
}

/** `fork`: branches side by side; with `compete` the first that is done. */
export function forkTask(task: Loose, context: OwsContext): Converted<OwsState> {
  const { draft, place, state } = context;
  const fork = loose(task['fork']);
  const id = opening(context, { branches: list(fork['branches']).length });
  const leaves: Leaf[] = [{ node: id, kind: 'children' }];
  const branches = list(fork['branches']).map((branch, index) =>
    context.convertTasks([branch], { state, leaves, pointer: `${place.pointer}/fork/branches/${index}` }),
  );
  const outputs = branches.map((ends): Value =>
    ends.length === 0 ? constant(null) : either(ends.map((end) => end.state.input)),
  );
  const ends = branches.flat();
  if (ends.length === 0) return { entry: [id], outs: {} };
  const isRace = fork['compete'] === true;
  const values: Json = isRace
    ? { winner: jsonOfField(either(outputs), 'the result of the fork', context) }
    : {
        branches: outputs.map((value, index) => jsonOfField(value, `the result of branch ${index}`, context)),
      };
  const join = draft.add(
    `${place.part} done`,
    { type: 'set', payload: { values }, ...(isRace ? { join: 'first' } : {}) },
    place,
  );
  for (const end of ends) for (const leaf of end.leaves) draft.connect(leaf, join);
  const input = resultOf(join, isRace ? 'winner' : 'branches');
  return {
    entry: [id],
    outs: { next: { leaves: [{ node: join, kind: 'children' }], state: { ...state, input } } },
  };
}

/** `try`: whatever of its tasks fails leads to the tasks of `catch`. */
export function tryTask(task: Loose, context: OwsContext): Converted<OwsState> {
  const { draft, place, state } = context;
  const id = opening(context, { tasks: list(task['try']).length });
  let ends: End<OwsState>[] = [];
  const tried = draft.during(() => {
    ends = context.convertTasks(task['try'], {
      state,
      leaves: [{ node: id, kind: 'children' }],
      pointer: `${place.pointer}/try`,
    });
  });
  const caught = loose(task['catch']);
  tellOfCatch(caught, context);
  retryAll(caught, tried, context);
  const failing = tried.filter(
    (one) => draft.nodes.get(one)?.onError.length === 0 && draft.nodes.get(one)?.type !== 'set',
  );
  const leaves: Leaf[] = failing.map((node) => ({ node, kind: 'onError' }));
  const error = failing.length === 0 ? lost('nothing that may fail carries over') : errorValue(failing);
  const names = { ...state.names, [text(caught['as']) || 'error']: error };
  const handled = handle(caught, context, { leaves, names });
  return { entry: [id], outs: outsOf([...ends, ...handled]) };
}

function handle(
  caught: Loose,
  context: OwsContext,
  { leaves, names }: { leaves: Leaf[]; names: OwsState['names'] },
): End<OwsState>[] {
  const { draft, place, state } = context;
  if (leaves.length === 0) return [];
  const known = { ...state, names };
  // One node that begins the handling, whatever failed first.
  const id = draft.add(
    `${place.part} caught`,
    { type: 'set', payload: { values: { caught: template('true') } }, join: 'any' },
    place,
  );
  for (const leaf of leaves) draft.connect(leaf, id);
  const begin: Leaf[] = [{ node: id, kind: 'children' }];
  if (list(caught['do']).length === 0) return [{ to: '', leaves: begin, state }];
  return context.convertTasks(caught['do'], {
    state: known,
    leaves: begin,
    pointer: `${place.pointer}/catch/do`,
  });
}

function errorValue(nodes: readonly string[]): Value {
  return objectOf({
    type: either(nodes.map((node) => errorOf(node, 'type'))),
    title: either(nodes.map((node) => errorOf(node, 'message'))),
    detail: either(nodes.map((node) => errorOf(node, 'message'))),
    status: either(nodes.map((node) => textValue(`$nodes.${node}.error.details.status`))),
  });
}

function tellOfCatch(caught: Loose, { draft, place }: OwsContext): void {
  for (const name of ['errors', 'when', 'exceptWhen'])
    if (caught[name] !== undefined)
      draft.tell('lost', place, `its catch.${name} does not narrow what is caught: every error is`);
}

function retryAll(caught: Loose, tried: readonly string[], { draft, place, use }: OwsContext): void {
  if (caught['retry'] === undefined) return;
  const given = isObject(caught['retry'])
    ? caught['retry']
    : loose(loose(use['retries'])[text(caught['retry'])]);
  const count = Number(loose(loose(given['limit'])['attempt'])['count'] ?? 3);
  const initialIntervalMs = millisecondsOf(given['delay']) ?? 1_000;
  const backoff = 'exponential' in loose(given['backoff']) ? 2 : 1;
  for (const id of tried) {
    const node = draft.nodes.get(id);
    if (node && ['http-request', 'send-webhook', 'trigger-workflow', 'code-transform'].includes(node.type))
      node.retry = {
        maxAttempts: Math.min(count + 1, 100),
        initialIntervalMs: Math.max(initialIntervalMs, 1),
        backoff,
      };
  }
  draft.tell('changed', place, 'each of its tasks is retried by itself, not all of them together');
}
