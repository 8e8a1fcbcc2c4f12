/** JavaScript of Code and Function nodes, with what n8n puts around it. */
import { template } from '../jsonata.ts';
import type { Json } from '../../engine/json/json.ts';
import { NotCarriedError } from '../report.ts';
import { read } from '../value.ts';
import { givenBy } from './context.ts';
import type { Context } from './context.ts';

/** What code may name that is not there. */
const absent: readonly [RegExp, string][] = [
  [/\brequire\s*\(|\bimport\s*\(/, 'packages'],
  [/\bthis\.helpers\b|\$helpers\b/, 'this.helpers'],
  [/\bgetWorkflowStaticData\b/, 'static data of the workflow'],
  [/\bDateTime\b|\bDuration\b|\bInterval\b/, 'Luxon (DateTime)'],
  [/\bbinary\b/, 'binary data'],
  [/\$env\b|\bprocess\.env\b/, '$env'],
  [/\$execution\b|\$workflow\b|\$prevNode\b/, '$execution, $workflow and $prevNode'],
  [/\$jmespath\b/, '$jmespath'],
  [/\bfetch\s*\(|\baxios\b|\bXMLHttpRequest\b/, 'requests'],
  [/\bsetTimeout\b/, 'timers'],
  [/\$now\b|\$today\b/, '$now and $today'],
  [/\bBuffer\b/, 'Buffer'],
];

/** Returns the payload of a `code-transform`: the code as it is, within n8n's names. */
export function codePayload(
  code: string,
  context: Context,
  { isPerItem = false } = {},
): { [key: string]: Json } {
  for (const [pattern, what] of absent)
    if (pattern.test(code))
      context.draft.tell('lost', context.place, `its code uses ${what}, which the sandbox does not have`);
  const names = new Set([...code.matchAll(namesOther)].map(([, a, b, c]) => a ?? b ?? c ?? ''));
  const nodes: Record<string, Json> = {};
  for (const name of names) if (name !== '') nodes[name] = readOther(name, context);
  return { code: wrap(code, isPerItem), input: { items: itemsOf(context), nodes } };
}

const namesOther = /\$(?:items|node)?[([]\s*(?:'([^']+)'|"([^"]+)"|`([^`]+)`)\s*[)\]]/g;

function readOther(name: string, context: Context): Json {
  try {
    return template(read(givenBy(context, name)));
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    context.draft.tell('lost', context.place, `its code does not get all it reads: ${error.message}`);
    return null;
  }
}

function itemsOf(context: Context): Json {
  const { item, list } = context.state;
  try {
    return template(list ? `$append([], ${read(list)})` : `[${read(item)}]`);
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    context.draft.tell('lost', context.place, `its code gets no item: ${error.message}`);
    return [];
  }
}

function wrap(code: string, isPerItem: boolean): string {
  const prefix = /\bawait\b/.test(code) ? 'async ' : '';
  const wait = prefix === '' ? '' : 'await ';
  return `${prefix}function transform(input) {
  const items = (input.items || []).map((json) => ({ json: json === null ? {} : json }));
  const view = (list) => ({ all: () => list, first: () => list[0], last: () => list[list.length - 1], item: list[0], itemMatching: () => list[0] });
  const $input = view(items);
  const $json = items[0] ? items[0].json : {};
  const $items = (name) => (name === undefined ? items : [{ json: input.nodes[name] }]);
  const $ = (name) => view($items(name));
  const $node = Object.fromEntries(Object.entries(input.nodes).map(([name, json]) => [name, { json }]));
  const item = ${isPerItem ? '$json' : 'items[0]'};
  const given = ${wait}(${prefix}() => {
${code}
  })();
  const list = Array.isArray(given) ? given : given === undefined || given === null ? [] : [given];
  return { items: list.map((one) => (one && one.json !== undefined ? one.json : one)) };
}`;
}
