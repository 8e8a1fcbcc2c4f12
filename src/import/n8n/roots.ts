/** What n8n's own names stand for: `$json`, `$('Node')`, `$node`, `$input`, `$env` … */
import type { CallExpression, MemberExpression, Node } from 'acorn';
import { literal } from '../jsonata.ts';
import type { PathPart } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import { child, constant, textValue } from '../value.ts';
import type { Value } from '../value.ts';
import { givenBy } from './context.ts';
import type { Context } from './context.ts';
import type { Frame } from './pieces.ts';

/** A place in a value. */
interface ValuePlace {
  value: Value;
  path: PathPart[];
}

/** Returns the place that a chain of members reads; `undefined` when it is something else. */
export function placeOf(node: Node, frame: Frame): ValuePlace | undefined {
  const chain = chainOf(node);
  if (!chain) return undefined;
  const { root, rest } = chain;
  const found = rootOf(root, rest, frame.context);
  if (!found) return undefined;
  // Lengths are counted, and methods are called, by what translates them.
  return found.path.includes('length') ? undefined : found;
}

interface Chain {
  /** The first name, or the call that begins the chain. */
  root: string;
  rest: PathPart[];
}

/** Calls stand in the chain as `first()`; `$('A')` as `$()` followed by the name. */
function chainOf(node: Node): Chain | undefined {
  if (node.type === 'ChainExpression') return chainOf((node as unknown as { expression: Node }).expression);
  if (node.type === 'Identifier') return { root: (node as unknown as { name: string }).name, rest: [] };
  if (node.type === 'MemberExpression') return chainOfMember(node as unknown as MemberExpression);
  if (node.type === 'CallExpression') return chainOfCall(node as unknown as CallExpression);
  return undefined;
}

function chainOfMember({ object, property, computed }: MemberExpression): Chain | undefined {
  const before = chainOf(object);
  const key = !computed
    ? (property as unknown as { name?: string }).name
    : (property as unknown as { value?: unknown }).value;
  if (!before || (typeof key !== 'string' && typeof key !== 'number')) return undefined;
  return { root: before.root, rest: [...before.rest, key] };
}

const calls = new Set(['first', 'last', 'all', 'itemMatching', 'pairedItem']);

function chainOfCall({ callee, arguments: given }: CallExpression): Chain | undefined {
  const before = chainOf(callee);
  if (!before) return undefined;
  const name = before.rest.at(-1);
  if (before.rest.length === 0 && ['$', '$items', '$item'].includes(before.root)) {
    const [first] = given as { type: string; value?: unknown }[];
    const key = first?.type === 'Literal' ? String(first.value) : '';
    return { root: `${before.root}()`, rest: [key] };
  }
  if (typeof name !== 'string' || !calls.has(name) || !before.root.startsWith('$')) return undefined;
  if (before.root === '$json') return undefined;
  return { root: before.root, rest: [...before.rest.slice(0, -1), `${name}()`] };
}

type Root = (rest: PathPart[], context: Context) => ValuePlace | undefined;

const whole = (value: Value, path: PathPart[] = []): ValuePlace => ({ value, path });

const roots: Record<string, Root> = {
  $json: (rest, { state }) => whole(state.item, rest),
  $data: (rest, { state }) => whole(state.item, rest),
  $input: (rest, { state }) => itemPlace(state.item, rest),
  '$()': ([name = '', ...rest], context) => itemPlace(givenBy(context, String(name)), rest),
  '$items()': ([name = '', index, ...rest], context) =>
    index === 0
      ? itemPlace(name === '' ? context.state.item : givenBy(context, String(name)), ['item', ...rest])
      : undefined,
  '$item()': ([, second, name = '', ...rest], context) =>
    second === '$node' ? nodePlace(context, name, rest) : undefined,
  $node: ([name = '', ...rest], context) => nodePlace(context, name, rest),
  $workflow: (rest, { workflowName }) => {
    if (rest[0] === 'name') return whole(constant(workflowName));
    return rest[0] === 'id' ? whole(textValue('$workflow.id')) : undefined;
  },
  $execution: (rest) => (rest[0] === 'id' ? whole(textValue('$run.id')) : refuse('$execution', rest)),
  $env: (rest, context) => variable('$env', rest, context),
  $vars: (rest, context) => variable('$vars', rest, context),
  $now: (rest) => (rest.length === 0 ? whole(textValue('$now()')) : undefined),
  $today: (rest) =>
    rest.length === 0 ? whole(textValue('$now("[Y0001]-[M01]-[D01]T00:00:00Z")')) : undefined,
  $runIndex: () => whole(constant(0)),
  $itemIndex: (_, { draft }) => whole(draft.isInLoop ? textValue('$index') : constant(0)),
};
for (const name of [
  '$binary',
  '$parameter',
  '$credentials',
  '$secrets',
  '$prevNode',
  '$position',
  '$pageCount',
  '$response',
  '$request',
  '$self',
  '$jmespath',
  '$evaluateExpression',
  '$getWorkflowStaticData',
])
  roots[name] = (rest) => refuse(name, rest);

function refuse(name: string, rest: PathPart[]): never {
  const path = rest.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  throw new NotCarriedError(`${name}${path} has no counterpart`);
}

function rootOf(root: string, rest: PathPart[], context: Context): ValuePlace | undefined {
  return Object.hasOwn(roots, root) ? roots[root]?.(rest, context) : undefined;
}

/** `item.json.…`, `first().json.…`: there is one item here. */
function itemPlace(value: Value, [which, part, ...rest]: PathPart[]): ValuePlace | undefined {
  if (which === 'params' || which === 'context') refuse('', [which]);
  if (which === 'all()') {
    if (part === undefined) throw new NotCarriedError('all() gives a list of items; here there is one item');
    return itemPlace(value, part === 0 ? ['item', ...rest] : ['all()']);
  }
  if (!['item', 'first()', 'last()', 'itemMatching()', 'pairedItem()'].includes(String(which)))
    return undefined;
  if (part === 'binary') refuse('', ['binary']);
  if (part === 'json') return whole(value, rest);
  return part === undefined ? whole(textValue(`{"json": ${literalOf(value)}}`)) : undefined;
}

function literalOf(value: Value): string {
  return value.is === 'constant' ? literal(value.json) : readWhole(value);
}

function readWhole(value: Value): string {
  const place = child(value, []);
  if (place.is !== 'text') throw new NotCarriedError('it takes a whole item, with what n8n keeps around it');
  return place.text;
}

/** `$node["Name"].json.…`, in the first versions `.data.…`. */
function nodePlace(context: Context, name: PathPart, [part, ...rest]: PathPart[]): ValuePlace | undefined {
  if (part === 'json' || part === 'data') return whole(givenBy(context, String(name)), rest);
  return refuse(`$node["${name}"]`, part === undefined ? [] : [part]);
}

function variable(root: string, [name = '', ...rest]: PathPart[], { draft, place }: Context): ValuePlace {
  const key = String(name);
  if (!/^[A-Za-z]\w{0,63}$/.test(key)) refuse(root, [key]);
  draft.tell('changed', place, `${root}.${key} is the variable ${key}: set it with PUT /v1/variables/${key}`);
  return whole(textValue(`$variables.${key}`), rest);
}
