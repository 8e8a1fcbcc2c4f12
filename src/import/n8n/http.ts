/** n8n's HTTP Request node, in all the forms that it has had. */
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { resultOf, textValue } from '../value.ts';
import type { Value } from '../value.ts';
import type { Context } from './context.ts';
import { single } from './convert.ts';
import type { Converter } from './convert.ts';
import { jsonValue } from './json-parameter.ts';
import { textOf, valueOf } from './read-expression.ts';
import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import type { N8nNode } from './workflow.ts';

/** Converts a request. */
export function httpNode(node: N8nNode, context: Context): ReturnType<Converter> {
  const { parameters } = node;
  const options = loose(parameters['options']);
  tellOfCredentials(node, context);
  tellOfOptions(options, context);
  const answer = loose(loose(options['response'])['response']);
  const timeoutMs = Number(options['timeout']);
  const added = {
    type: 'http-request',
    payload: payloadOf(parameters, context, answer['neverError'] === true),
    ...(Number.isInteger(timeoutMs) && timeoutMs > 0 ? { timeoutMs } : {}),
  };
  const isFull = answer['fullResponse'] === true || options['fullResponse'] === true;
  const isText = ['text', 'string'].includes(text(answer['responseFormat'] ?? parameters['responseFormat']));
  return single(node, context, {
    added,
    give: (id) => ({ item: answerItem(id, isFull, isText), list: resultOf(id, 'body') }),
  });
}

function payloadOf(parameters: Loose, context: Context, takesAll: boolean): JsonObject {
  const sent = bodyOf(parameters, context);
  const headers = { ...sent.headers, ...named(parameters, headerFields, context) };
  const query = named(parameters, queryFields, context);
  const method = valueOf(parameters['method'] ?? parameters['requestMethod'] ?? 'GET', context, 'method');
  return {
    method: text(method) || 'GET',
    url: urlOf(parameters['url'], context),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(Object.keys(query).length > 0 ? { query } : {}),
    ...(sent.body === undefined ? {} : { body: sent.body }),
    ...(takesAll ? { expectStatus: ['2xx', '3xx', '4xx', '5xx'] } : {}),
  };
}

/** The item that a request gives. */
function answerItem(id: string, isFull: boolean, isText: boolean): Value {
  const body = resultOf(id, 'body');
  if (isFull)
    return {
      is: 'object',
      fields: { statusCode: resultOf(id, 'status'), headers: resultOf(id, 'headers'), body, data: body },
    };
  return isText
    ? { is: 'object', base: body, fields: { data: textValue(`$nodes.${id}.result.body`) } }
    : body;
}

/** An address is never meant to hold braces: they are taken for an expression also where n8n would not. */
function urlOf(given: unknown, context: Context): Json {
  const url = text(given);
  const address = url.startsWith('=') || !url.includes('{{') ? url : `=${url}`;
  return textOf(address, context, 'url') ?? '';
}

function tellOfCredentials({ raw, parameters, place }: N8nNode, { draft }: Context): void {
  const named = Object.values(loose(raw['credentials'])).map((one) => text(loose(one)['name']) || text(one));
  const kind = text(parameters['authentication']);
  if (named.length === 0 && (kind === '' || kind === 'none')) return;
  const which = named.filter(Boolean).join(', ') || kind;
  draft.tell(
    'lost',
    place,
    `its credential (${which}) is not in the file: store one here and name it in a header, as {{ $secrets.name }}`,
  );
}

const known = new Set(['response', 'timeout', 'fullResponse', 'splitIntoItems']);

function tellOfOptions(options: Loose, { draft, place }: Context): void {
  for (const name of Object.keys(options))
    if (!known.has(name)) draft.tell('lost', place, `its option ${name} has no counterpart`);
}

/** Names of the parameters that headers or the query have had. */
interface PairFields {
  name: string;
  isOn: string;
  pairs: [string, string];
  json: [string, string];
  specify: string;
}

const headerFields: PairFields = {
  name: 'headers',
  isOn: 'sendHeaders',
  pairs: ['headerParameters', 'headerParametersUi'],
  json: ['jsonHeaders', 'headerParametersJson'],
  specify: 'specifyHeaders',
};
const queryFields: PairFields = {
  name: 'query',
  isOn: 'sendQuery',
  pairs: ['queryParameters', 'queryParametersUi'],
  json: ['jsonQuery', 'queryParametersJson'],
  specify: 'specifyQuery',
};

/** Headers or the query, as pairs or as JSON. */
function named(parameters: Loose, fields: PairFields, context: Context): JsonObject {
  if (parameters[fields.isOn] === false) return {};
  const found = pairsOf(pairsIn(parameters, fields.pairs), context, fields.name);
  const json = parameters[fields.json[0]] ?? parameters[fields.json[1]];
  const isJson = parameters[fields.specify] === 'json' || parameters['jsonParameters'] === true;
  if (json === undefined || !isJson) return found;
  return { ...found, ...(loose(jsonValue(json, context, fields.name)) as JsonObject) };
}

function pairsIn(parameters: Loose, [now, before]: [string, string]): readonly unknown[] {
  return [...list(loose(parameters[now])['parameters']), ...list(loose(parameters[before])['parameter'])];
}

function pairsOf(pairs: readonly unknown[], context: Context, field: string): JsonObject {
  const entries = pairs.map(loose).map((pair) => {
    const name = text(pair['name']).replace(/^=/, '');
    return [name, valueOf(pair['value'] ?? '', context, `${field}.${name}`)] as [string, Json];
  });
  return Object.fromEntries(entries.filter(([name]) => name !== '' && name !== '__proto__'));
}

interface Sent {
  body?: Json;
  headers: JsonObject;
}

const contentTypes: Record<string, string> = {
  'form-urlencoded': 'application/x-www-form-urlencoded',
  'multipart-form-data': 'multipart/form-data',
};

function bodyOf(parameters: Loose, context: Context): Sent {
  if (parameters['sendBody'] === false) return { headers: {} };
  const type = text(parameters['contentType'] ?? parameters['bodyContentType']) || 'json';
  const known = type === 'raw' ? text(parameters['rawContentType']) || 'text/plain' : contentTypes[type];
  const headers: JsonObject = known === undefined ? {} : { 'content-type': known };
  if (type === 'binaryData' || parameters['sendBinaryData'] === true) {
    context.draft.tell('lost', context.place, 'it sends binary data, which has no counterpart');
    return { headers };
  }
  return jsonBody(parameters, context) ?? { headers, ...plainBody(parameters, context) };
}

function jsonBody(parameters: Loose, context: Context): Sent | undefined {
  const raw = parameters['jsonBody'] ?? parameters['bodyParametersJson'];
  const isJson = parameters['specifyBody'] === 'json' || parameters['jsonParameters'] === true;
  if (raw === undefined || !isJson) return undefined;
  const body = jsonValue(raw, context, 'body');
  return { body, headers: typeof body === 'string' ? { 'content-type': 'application/json' } : {} };
}

function plainBody(parameters: Loose, context: Context): { body?: Json } {
  if (typeof parameters['body'] === 'string') return { body: valueOf(parameters['body'], context, 'body') };
  const pairs = pairsIn(parameters, ['bodyParameters', 'bodyParametersUi']);
  return pairs.length === 0 ? {} : { body: pairsOf(pairs, context, 'body') };
}
