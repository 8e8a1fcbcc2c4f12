/** What n8n runs once for every item of a list: the ways behind Split Out, and the circle of Loop Over Items. */
import type { Draft } from '../draft.ts';
import { template } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import type { Converted, End, Scope, Step } from '../scope.ts';
import { lost, read, resultOf, textValue } from '../value.ts';
import type { Value } from '../value.ts';
import type { ItemState, Surroundings } from './context.ts';
import { loose, text } from '../loose.ts';
import type { N8nNode } from './workflow.ts';

type Steps = ReadonlyMap<string, Step<ItemState>>;
/** Converts the steps of a body, loops in it included. */
export type ConvertBody = (scope: Scope<ItemState>, state: ItemState) => End<ItemState>[];

interface Region {
  head: string;
  starts: string[];
  body: Set<string>;
  /** Steps that follow once everything is done. */
  after: string[];
}

const back = '\u0000back';

/** Returns the scope with every such part as one step. */
export function foldRegions(
  scope: Scope<ItemState>,
  nodes: ReadonlyMap<string, N8nNode>,
  given: { around: Surroundings; convertBody: ConvertBody },
): Scope<ItemState> {
  const steps = new Map(scope.steps);
  for (const key of scope.steps.keys()) {
    const node = nodes.get(key);
    if (!node || !steps.has(key) || !isHead(node)) continue;
    const region = regionOf(steps, node, nodes);
    if (region.body.size === 0) continue;
    const bodySteps = innerSteps(steps, region);
    for (const inner of region.body) steps.delete(inner);
    const inner = { ...scope, steps: bodySteps, start: region.starts };
    steps.set(key, {
      place: node.place,
      inner: [...bodySteps.values()],
      exits: region.after.map((to) => ({ slot: 'done', to })),
      convert: (state) => convertRegion({ node, region, inner, state, ...given }),
    });
  }
  return { ...scope, steps };
}

function isHead(node: N8nNode): boolean {
  return node.raw['disabled'] !== true && (node.type === 'splitInBatches' || isSplit(node));
}

/** Whether a node gives each element of a list as an item. */
export function isSplit({ type, parameters }: N8nNode): boolean {
  const operation = text(parameters['operation']) || 'splitOutItems';
  return type === 'splitOut' || (type === 'itemLists' && operation === 'splitOutItems');
}

function reach(steps: Steps, from: readonly string[], stop: (key: string) => boolean): Set<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (found.has(key) || !steps.has(key) || stop(key)) continue;
    found.add(key);
    for (const { to } of steps.get(key)?.exits ?? []) open.push(to);
  }
  return found;
}

function regionOf(steps: Steps, node: N8nNode, nodes: ReadonlyMap<string, N8nNode>): Region {
  return node.type === 'splitInBatches' ? circleOf(steps, node, nodes) : fanOf(steps, node, nodes);
}

function circleOf(
  steps: Steps,
  { name: head, version }: N8nNode,
  nodes: ReadonlyMap<string, N8nNode>,
): Region {
  const exits = steps.get(head)?.exits ?? [];
  const loopSlot = version >= 3 ? '1' : '0';
  const starts = exits.filter(({ slot }) => slot === loopSlot).map(({ to }) => to);
  const done = exits.filter(({ slot }) => slot !== loopSlot).map(({ to }) => to);
  // The first form had one output: an IF asked whether items are left.
  const asking = [...steps].filter(
    ([key, step]) =>
      /noItemsLeft/.test(JSON.stringify(nodes.get(key)?.parameters ?? {})) &&
      step.exits.some(({ to }) => to === head),
  );
  const after = [...done, ...asking.flatMap(([, step]) => step.exits.map(({ to }) => to))].filter(
    (to) => to !== head,
  );
  const behind = reach(steps, after, (key) => key === head);
  const body = reach(steps, starts, (key) => key === head || behind.has(key));
  return {
    head,
    starts: starts.filter((to) => body.has(to)),
    body,
    after: [...new Set(after)].filter((to) => steps.has(to)),
  };
}

const collectors = new Set(['aggregate', 'summarize', 'respondToWebhook']);

function fanOf(steps: Steps, { name: head }: N8nNode, nodes: ReadonlyMap<string, N8nNode>): Region {
  const starts = (steps.get(head)?.exits ?? []).map(({ to }) => to);
  const isCollector = (key: string) => collectors.has(nodes.get(key)?.type ?? '');
  const body = reach(steps, starts, (key) => key === head || isCollector(key));
  const edges = [...steps].flatMap(([from, { exits }]) => exits.map(({ to }) => [from, to] as const));
  const enters = ([from, to]: readonly [string, string]) => body.has(to) && !body.has(from) && from !== head;
  for (let edge = edges.find(enters); edge; edge = edges.find(enters)) body.delete(edge[1]);
  const left = [head, ...body].flatMap((key) => (steps.get(key)?.exits ?? []).map(({ to }) => to));
  const after = [...new Set(left)].filter((to) => steps.has(to) && !body.has(to) && to !== head);
  return { head, starts: starts.filter((to) => body.has(to)), body, after };
}

function innerSteps(steps: Steps, { head, body }: Region): Map<string, Step<ItemState>> {
  const inner = new Map<string, Step<ItemState>>();
  for (const key of body) {
    const step = steps.get(key);
    if (!step) continue;
    inner.set(key, {
      ...step,
      exits: step.exits.map((exit) => (exit.to === head ? { ...exit, to: back } : exit)),
    });
  }
  return inner;
}

interface Work {
  node: N8nNode;
  region: Region;
  inner: Scope<ItemState>;
  state: ItemState;
  around: Surroundings;
  convertBody: ConvertBody;
}

function convertRegion({ node, region, inner, state, around, convertBody }: Work): Converted<ItemState> {
  const { draft } = around;
  const { array, item } = itemsOf(node, state, around);
  const id = draft.add(node.name, { type: 'for-each', payload: { array } }, node.place);
  let ends: End<ItemState>[] = [];
  const body = draft.inLoop(() => {
    around.given.set(node.name, item);
    ends = convertBody(inner, { item });
  });
  const loop = draft.nodes.get(id);
  if (!loop || body.length === 0) {
    draft.discard(id);
    draft.tell('lost', node.place, 'nothing of what it does for each item carries over; it is left out');
    return { outs: { done: { state } } };
  }
  loop.loopBody = body;
  const collect = collected(inner, ends);
  if (collect !== undefined) loop.payload['collect'] = collect;
  const results =
    collect === undefined
      ? lost('a loop that ends in several ways gives no item')
      : resultOf(id, 'iterations', 'result');
  const first: Value = collect === undefined ? results : resultOf(id, 'iterations', 0, 'result');
  around.given.set(node.name, first);
  for (const name of region.body)
    around.given.set(
      name,
      lost(`the node ${JSON.stringify(name)} runs inside the loop ${JSON.stringify(node.name)}`),
    );
  if (region.after.length > 0)
    draft.tell('changed', node.place, 'what follows the loop runs once, when it is done', id);
  const after = { item: first, ...(collect === undefined ? {} : { list: results }) };
  return { entry: [id], outs: { done: { leaves: [{ node: id, kind: 'children' }], state: after } } };
}

function collected({ merge }: Scope<ItemState>, ends: readonly End<ItemState>[]): string | undefined {
  if (ends.length === 0) return undefined;
  try {
    return template(read(merge(ends.map(({ state }) => state)).item));
  } catch (error) {
    if (error instanceof NotCarriedError) return undefined;
    throw error;
  }
}

/** The list that is gone through, and what each of its items is. */
interface Items {
  array: string | [];
  item: Value;
}

const own = textValue('$item');

function itemsOf(node: N8nNode, state: ItemState, { draft }: Surroundings): Items {
  try {
    return node.type === 'splitInBatches' ? batchesOf(node, state, draft) : elementsOf(node, state, draft);
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    draft.tell('lost', node.place, `the list that it goes over does not carry over: ${error.message}`);
    return { array: [], item: own };
  }
}

function batchesOf(
  { parameters, version, place }: N8nNode,
  { list: items, item }: ItemState,
  draft: Draft,
): Items {
  const size = Number(parameters['batchSize'] ?? (version >= 3 ? 1 : 10));
  if (size !== 1)
    draft.tell('changed', place, `it takes ${size} items at a time in n8n; here one after the other`);
  if (items) return { array: template(`$append([], ${read(items)})`), item: own };
  draft.tell('changed', place, 'it goes over the one item that reaches it: put the list into its `array`');
  return { array: template(`[${read(item)}]`), item: own };
}

function elementsOf({ parameters, place }: N8nNode, state: ItemState, draft: Draft): Items {
  const written = text(parameters['fieldToSplitOut']).replace(/^=/, '');
  if (written.includes('{{')) throw new NotCarriedError('the name of the list is made by an expression');
  const [field = '', ...others] = written.split(',').map((one) => one.trim());
  if (others.length > 0) draft.tell('lost', place, `it splits ${others.join(', ')} along with ${field}`);
  if (text(parameters['include']) !== '')
    draft.tell('changed', place, 'other fields of the item are read from before the loop');
  const path = field.split('.').map((part) => part.replaceAll(/[[\]"']/g, ''));
  const name = text(loose(parameters['options'])['destinationFieldName']) || (path.at(-1) ?? field);
  const array = read(state.item, path.filter(Boolean));
  return { array: template(array), item: { is: 'object', base: own, fields: { [name]: own } } };
}
