/** Imports workflows that n8n exported. */
import type { JsonObject } from '../../engine/json/json.ts';
import { foldCycles } from '../cycles.ts';
import { Draft } from '../draft.ts';
import { finish } from '../finish.ts';
import type { Imported, ImportOptions } from '../imported.ts';
import { convertScope } from '../scope.ts';
import type { Converted, End, Exit, Scope, Step } from '../scope.ts';
import { mergeItems } from './context.ts';
import type { Context, ItemState, Surroundings } from './context.ts';
import { unknown } from './convert.ts';
import type { Converter } from './convert.ts';
import { dataNodes } from './data-nodes.ts';
import { flowNodes } from './flow-nodes.ts';
import { foldRegions, isSplit } from './regions.ts';
import { convertTrigger, isTrigger, rankOf } from './triggers.ts';
import type { Trigger } from './triggers.ts';
import { leftOut } from './convert.ts';
import { loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { readWorkflow } from './workflow.ts';
import type { N8nNode, N8nWorkflow } from './workflow.ts';

const converters: Record<string, Converter> = { ...flowNodes, ...dataNodes };

/** Imports an export of n8n; `undefined` when the source is none. */
export function importN8n(source: unknown, options: ImportOptions): Imported | undefined {
  const workflow = readWorkflow(source);
  if (!workflow) return undefined;
  const draft = new Draft(options);
  const around: Surroundings = { draft, workflowName: workflow.name, given: new Map() };
  const { trigger: node, starts } = beginning(workflow, draft);
  const trigger = node ? convertTrigger(node, draft, loose(workflow.raw['settings'])) : noTrigger;
  const place = node?.place ?? { part: 'workflow', pointer: '' };
  const root = draft.add(node?.name ?? 'start', { type: trigger.type, payload: trigger.payload }, place);
  const state: ItemState = { item: trigger.item };
  if (node) around.given.set(node.name, state.item);
  const steps = stepsOf(workflow, around, node);
  const scope: Scope<ItemState> = { draft, steps, start: starts, merge: mergeItems };
  converterOf(workflow, around)(scope, state, [{ node: root, kind: 'children' }]);
  tellOfRest(workflow, draft);
  const definition = finish(draft, settingsOf(workflow, draft));
  const webhook = definitionType(definition) === 'webhook' ? trigger.webhook : undefined;
  return { name: workflow.name, definition, ...(webhook ? { webhook } : {}), report: draft.report };
}

const noTrigger: Trigger = { type: 'manual', payload: {}, item: { is: 'text', text: '$trigger.body' } };

function definitionType(definition: JsonObject): string {
  const [root] = Object.values(loose(definition['nodes']));
  return text(loose(root)['type']);
}

type Convert = (
  scope: Scope<ItemState>,
  state: ItemState,
  leaves?: End<ItemState>['leaves'],
) => End<ItemState>[];

function converterOf({ nodes }: N8nWorkflow, around: Surroundings): Convert {
  const convert: Convert = (scope, state, leaves = []) => {
    const folded = foldRegions(scope, nodes, {
      around,
      convertBody: (inner, begin) => convert(inner, begin),
    });
    return convertScope(foldCycles(folded), { leaves, state });
  };
  return convert;
}

/** The trigger that is taken, and what it leads to. */
function beginning(workflow: N8nWorkflow, draft: Draft): { trigger?: N8nNode; starts: string[] } {
  const { nodes, connections } = workflow;
  const triggers = [...nodes.values()].filter(isTrigger);
  const leadsOn = ({ name }: N8nNode) => ((connections.get(name)?.length ?? 0) > 0 ? 0 : 4);
  const ranked = triggers.toSorted((a, b) => rankOf(a) + leadsOn(a) - rankOf(b) - leadsOn(b));
  const [trigger, ...others] = ranked;
  for (const other of others)
    draft.tell(
      'lost',
      other.place,
      `a workflow has one trigger; ${JSON.stringify(trigger?.name)} is taken, this one is left out`,
    );
  if (trigger) {
    const starts = (connections.get(trigger.name) ?? []).map(({ to }) => to);
    return {
      trigger,
      starts: [...new Set(starts)].filter((name) => !others.some((one) => one.name === name)),
    };
  }
  draft.tell('changed', { part: 'workflow', pointer: '' }, 'it has no trigger; it is started by hand');
  const targets = new Set([...connections.values()].flat().map(({ to }) => to));
  const starts = [...nodes.values()].filter((node) => !targets.has(node.name) && isStep(node, workflow));
  return { starts: starts.map(({ name }) => name) };
}

function isStep({ name, type }: N8nNode, { attached }: N8nWorkflow): boolean {
  return type !== 'stickyNote' && !attached.has(name);
}

function stepsOf(
  workflow: N8nWorkflow,
  around: Surroundings,
  trigger: N8nNode | undefined,
): Map<string, Step<ItemState>> {
  const steps = new Map<string, Step<ItemState>>();
  for (const node of workflow.nodes.values()) {
    if (node === trigger || isTrigger(node) || !isStep(node, workflow)) continue;
    const connections = workflow.connections.get(node.name) ?? [];
    const exits: Exit[] = connections
      .filter(({ to }) => isStep(workflow.nodes.get(to) ?? node, workflow) && to !== trigger?.name)
      .map(({ output, to }) => ({ slot: slotOf(node, output), to }));
    // What leads nowhere ends the way; a loop collects it there.
    const own = exits.length === 0 ? [{ slot: '0', to: '\u0000end' }] : exits;
    steps.set(node.name, {
      place: node.place,
      exits: own,
      convert: (state) => convertNode(node, { ...around, state, place: node.place }),
    });
  }
  return steps;
}

function slotOf({ type, raw }: N8nNode, output: number): string {
  const outputs = ['if', 'splitInBatches'].includes(type) ? 2 : type === 'switch' ? Infinity : 1;
  return raw['onError'] === 'continueErrorOutput' && output >= outputs ? 'error' : String(output);
}

function convertNode(node: N8nNode, context: Context): Converted<ItemState> {
  const { draft, state, given } = context;
  if (node.raw['disabled'] === true) {
    draft.tell('ignored', node.place, 'it is disabled and left out');
    given.set(node.name, state.item);
    return leftOut(state);
  }
  const converter = Object.hasOwn(converters, node.type) ? converters[node.type] : undefined;
  const converted = converter ? converter(node, context) : splitAlone(node, context);
  withErrors(node, context, converted);
  const out = converted.outs['0'];
  if (out && converted.entry) given.set(node.name, out.state.item);
  else if (out && converter) given.set(node.name, state.item);
  return converted;
}

/** A list that is split without anything that is done for each item. */
function splitAlone(node: N8nNode, context: Context): Converted<ItemState> {
  if (!isSplit(node) && node.type !== 'splitInBatches') return unknown(node, context);
  context.draft.tell(
    'lost',
    node.place,
    'what it does for each item is not told apart from the rest; it is left out',
  );
  return leftOut(context.state, 2);
}

/** Retries and what happens after a failure. */
function withErrors({ raw }: N8nNode, { draft }: Context, { entry = [] }: Converted<ItemState>): void {
  const made = draft.nodes.get(entry[0] ?? '');
  if (!made || made.type === 'fail') return;
  if (raw['continueOnFail'] === true || raw['onError'] === 'continueRegularOutput')
    made.continueOnError = true;
  if (raw['retryOnFail'] !== true) return;
  made.retry = { ...retriesOf(raw), backoff: 1 };
}

function retriesOf(raw: Loose): { maxAttempts: number; initialIntervalMs: number } {
  const [tries, pause] = [Number(raw['maxTries']), Number(raw['waitBetweenTries'])];
  return {
    maxAttempts: tries >= 1 ? Math.min(tries, 100) : 3,
    initialIntervalMs: pause >= 1 ? pause : 1_000,
  };
}

function tellOfRest({ nodes, attached, unknown: names, raw }: N8nWorkflow, draft: Draft): void {
  for (const name of names)
    draft.tell(
      'lost',
      { part: 'workflow', pointer: '/connections' },
      `a connection names ${JSON.stringify(name)}, which is no node`,
    );
  for (const node of nodes.values()) {
    const kind = attached.get(node.name);
    if (kind !== undefined)
      draft.tell('lost', node.place, `it is attached to another node as ${kind}, which has no counterpart`);
    else if (node.type === 'stickyNote') draft.tell('ignored', node.place, 'it is a note');
  }
  if (Object.keys(loose(raw['pinData'])).length > 0)
    draft.tell('ignored', { part: 'workflow', pointer: '/pinData' }, 'pinned data is not carried over');
}

function settingsOf({ raw }: N8nWorkflow, draft: Draft): JsonObject {
  const settings = loose(raw['settings']);
  const seconds = Number(settings['executionTimeout']);
  if (text(settings['errorWorkflow']) !== '')
    draft.tell(
      'lost',
      { part: 'workflow', pointer: '/settings/errorWorkflow' },
      'its error workflow is not carried over: set `settings.onFailure`',
    );
  return Number.isFinite(seconds) && seconds > 0 ? { settings: { timeoutMs: seconds * 1_000 } } : {};
}
