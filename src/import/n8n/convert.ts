/** What every converter of a node gets and gives. */
import type { NewNode } from '../draft.ts';
import { NotCarriedError } from '../report.ts';
import type { Converted, Out } from '../scope.ts';
import type { Value } from '../value.ts';
import type { Context, ItemState } from './context.ts';
import type { N8nNode } from './workflow.ts';

/** Converts one node; its outputs are slots `0`, `1` …, its error output is `error`. */
export type Converter = (node: N8nNode, context: Context) => Converted<ItemState>;

/** A node that lets everything through and is no node here. */
export function leftOut(state: ItemState, outputs = 1): Converted<ItemState> {
  return {
    outs: Object.fromEntries(Array.from({ length: outputs }, (_, index) => [String(index), { state }])),
  };
}

/** Adds a node with one output that gives `item`. */
export function single(
  node: N8nNode,
  { draft, state }: Context,
  { added, give }: { added: NewNode; give: (id: string) => { item: Value; list?: Value } },
): Converted<ItemState> {
  const id = draft.add(node.name, added, node.place);
  const given = give(id);
  const out: Out<ItemState> = { leaves: [{ node: id, kind: 'children' }], state: given };
  const error: Out<ItemState> = {
    leaves: [{ node: id, kind: 'onError' }],
    state: { ...state, item: errorItem(id) },
  };
  return { entry: [id], outs: { '0': out, error } };
}

function errorItem(id: string): Value {
  return { is: 'object', fields: { error: { is: 'text', text: `$nodes.${id}.error.message` } } };
}

/** Runs what may find something that does not carry over; the part is then unknown as a whole. */
export function orUnknown(
  node: N8nNode,
  context: Context,
  convert: () => Converted<ItemState>,
): Converted<ItemState> {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    context.draft.tell('lost', node.place, error.message);
    return unknown(node, context);
  }
}

/** A node without a counterpart. */
export function unknown(node: N8nNode, { draft, state }: Context): Converted<ItemState> {
  const what = `the node ${JSON.stringify(node.name)} of n8n (${node.type || 'without a type'})`;
  const id = draft.stub(node.name, what, node.place);
  if (id === undefined) return leftOut(state, 4);
  const leaves = [{ node: id, kind: 'children' as const }];
  const out = { leaves, state: { item: { is: 'text' as const, text: `$nodes.${id}.result` } } };
  const error = { leaves: [{ node: id, kind: 'onError' as const }], state };
  return { entry: [id], outs: { '0': out, '1': out, '2': out, '3': out, error } };
}
