/** Imports workflows of the Open Workflow Specification: CNCF Serverless Workflow, DSL 1.0. */
import type { JsonObject } from '../../engine/json/json.ts';
import { foldCycles } from '../cycles.ts';
import { Draft } from '../draft.ts';
import { finish } from '../finish.ts';
import type { Imported, ImportOptions } from '../imported.ts';
import { isObject, list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { convertScope } from '../scope.ts';
import type { End, Exit, Part, Step } from '../scope.ts';
import { constant, textValue } from '../value.ts';
import { millisecondsOf } from './durations.ts';
import { theEnd } from './nested.ts';
import { jsonOfField, mergeOws, valueOfField } from './state.ts';
import type { ConvertTasks, OwsContext, OwsState } from './state.ts';
import { casesOf, convertTask, kindOf } from './tasks.ts';

const leave = '\u0000exit';
const whole = { part: 'workflow', pointer: '' };

/** Imports a document; `undefined` when the source is none. */
export function importOws(source: unknown, options: ImportOptions): Imported | undefined {
  if (!isObject(source) || !Array.isArray(source['do'])) return undefined;
  const draft = new Draft(options);
  const root = draft.add('start', triggerOf(source, draft), whole);
  const use = loose(source['use']);
  const convertTasks: ConvertTasks = (tasks, given) => convert(tasks, given, { draft, use, convertTasks });
  const begin: OwsState = { input: textValue('$trigger.body'), context: constant({}), names: {} };
  const from = loose(source['input'])['from'];
  const state = from === undefined ? begin : { ...begin, input: valueOfField(from, begin) };
  const leaves = [{ node: root, kind: 'children' as const }];
  const ends = convertTasks(source['do'], { state, leaves, pointer: '/do' });
  addOutputs(source, ends, { draft, place: whole, state, use, convertTasks });
  tellOfRest(source, draft);
  const { title, summary, name } = loose(source['document']);
  const description = [title, summary].map(text).filter(Boolean).join(': ');
  return {
    name: text(name) || 'imported',
    ...(description === '' ? {} : { description }),
    definition: finish(draft, restOf(source, draft)),
    report: draft.report,
  };
}

function convert(
  tasks: unknown,
  { state, leaves, pointer }: Parameters<ConvertTasks>[1],
  around: Pick<OwsContext, 'draft' | 'use' | 'convertTasks'>,
): End<OwsState>[] {
  const named = list(tasks).flatMap((one, index) =>
    Object.entries(loose(one)).map(([name, task]) => ({
      name,
      task: loose(task),
      pointer: `${pointer}/${index}/${name}`,
    })),
  );
  const keys = named.map(({ name }, index) =>
    named.findIndex((one) => one.name === name) === index ? name : `${name}#${index}`,
  );
  const steps = new Map<string, Step<OwsState>>();
  for (const [index, { name, task, pointer: at }] of named.entries()) {
    const place = { part: name, pointer: at };
    const next = keys[index + 1] ?? leave;
    steps.set(keys[index] ?? name, {
      place,
      inner: tasksInside(task, at),
      exits: exitsOf(task, { next, keys }),
      ...(kindOf(task) === 'raise' ? { isFailure: true } : {}),
      convert: (known) => convertTask(task, { ...around, place, state: known }),
    });
  }
  const [start] = keys;
  if (start === undefined) return [{ to: leave, leaves, state }];
  return convertScope(foldCycles({ draft: around.draft, steps, start: [start], merge: mergeOws }), {
    leaves,
    state,
  });
}

/** The tasks inside a task. */
function tasksInside(task: Loose, pointer: string): Part[] {
  const lists: [unknown, string][] = [
    [task['do'], '/do'],
    [task['try'], '/try'],
    [loose(task['catch'])['do'], '/catch/do'],
    [loose(task['fork'])['branches'], '/fork/branches'],
  ];
  return lists.flatMap(([tasks, path]) =>
    list(tasks).flatMap((one, index) =>
      Object.entries(loose(one)).map(([part, inner]): Part => {
        const place = { part, pointer: `${pointer}${path}/${index}/${part}` };
        return { place, inner: tasksInside(loose(inner), place.pointer) };
      }),
    ),
  );
}

function exitsOf(task: Loose, given: { next: string; keys: readonly string[] }): Exit[] {
  const target = (then: string): string => {
    if (then === 'end') return theEnd;
    if (then === 'exit') return leave;
    return given.keys.includes(then) ? then : given.next;
  };
  const cases =
    kindOf(task) === 'switch' ? casesOf(task).map(({ slot, then }) => ({ slot, to: target(then) })) : [];
  return [...cases, { slot: 'next', to: target(text(task['then'])) }, { slot: 'end', to: theEnd }];
}

function triggerOf(source: Loose, draft: Draft): { type: string; payload: JsonObject } {
  const schedule = loose(source['schedule']);
  if (schedule['cron'] !== undefined) return { type: 'schedule', payload: { cron: text(schedule['cron']) } };
  const every = millisecondsOf(schedule['every']);
  if (every !== undefined) return { type: 'schedule', payload: { intervalMs: Math.max(every, 1_000) } };
  if (schedule['on'] !== undefined) {
    draft.tell(
      'changed',
      { part: 'schedule', pointer: '/schedule' },
      'it is started by events: send them to the webhook of this workflow',
    );
    return { type: 'webhook', payload: {} };
  }
  for (const name of Object.keys(schedule))
    draft.tell('lost', { part: 'schedule', pointer: `/schedule/${name}` }, `its ${name} has no counterpart`);
  return { type: 'manual', payload: {} };
}

function addOutputs(source: Loose, ends: readonly End<OwsState>[], context: OwsContext): void {
  const as = loose(source['output'])['as'];
  const outputs = new Map<string, string>();
  for (const { leaves, state } of ends) {
    if (leaves.length === 0) continue;
    const output = as === undefined ? state.input : valueOfField(as, state);
    const value = jsonOfField(output, 'the output', context);
    const key = JSON.stringify(value);
    const id = outputs.get(key) ?? context.draft.add('output', { type: 'output', payload: { value } }, whole);
    outputs.set(key, id);
    for (const leaf of leaves) context.draft.connect(leaf, id);
  }
}

function tellOfRest(source: Loose, draft: Draft): void {
  const use = loose(source['use']);
  for (const name of ['extensions', 'catalogs'])
    if (use[name] !== undefined)
      draft.tell('lost', { part: name, pointer: `/use/${name}` }, `its ${name} have no counterpart`);
  const language = text(loose(source['evaluate'])['language']);
  if (language !== '' && language !== 'jq')
    draft.tell('lost', whole, `its expressions are written in ${language}, not in jq`);
}

function restOf(source: Loose, draft: Draft): JsonObject {
  const timeoutMs = millisecondsOf(loose(source['timeout'])['after']);
  const schema = loose(loose(source['input'])['schema']);
  if (source['timeout'] !== undefined && timeoutMs === undefined)
    draft.tell(
      'lost',
      { part: 'timeout', pointer: '/timeout' },
      'its timeout is no duration that is given there',
    );
  return {
    ...(timeoutMs === undefined ? {} : { settings: { timeoutMs } }),
    ...(isObject(schema['document']) ? { inputSchema: schema['document'] as JsonObject } : {}),
  };
}
