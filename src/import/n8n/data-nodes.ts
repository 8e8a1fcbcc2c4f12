/** Nodes of n8n that make values: Set, Code, Aggregate, Limit, Execute Workflow, Respond to Webhook. */
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { atom, template } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import { read, resultOf, withField } from '../value.ts';
import type { Value } from '../value.ts';
import { codePayload } from './code.ts';
import type { Context } from './context.ts';
import { leftOut, orUnknown, single } from './convert.ts';
import type { Converter } from './convert.ts';
import { httpNode } from './http.ts';
import { jsonValue, parsed } from './json-parameter.ts';
import { valueOf } from './read-expression.ts';
import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import type { N8nNode } from './workflow.ts';

/** By type. */
export const dataNodes: Record<string, Converter> = {
  set: (node, context) => orUnknown(node, context, () => setting(node, context)),
  code: (node, context) => code(node, context, 'jsCode'),
  function: (node, context) => code(node, context, 'functionCode'),
  functionItem: (node, context) => code(node, context, 'functionCode'),
  httpRequest: (node, context) => orUnknown(node, context, () => httpNode(node, context)),
  aggregate: (node, context) => orUnknown(node, context, () => aggregating(node, context)),
  limit: (node, context) => orUnknown(node, context, () => limiting(node, context)),
  executeWorkflow: (node, context) => orUnknown(node, context, () => executing(node, context)),
  respondToWebhook: (node, context) => orUnknown(node, context, () => responding(node, context)),
};

function setting(node: N8nNode, context: Context): ReturnType<Converter> {
  const { parameters, version } = node;
  const { state } = context;
  const keepsOthers =
    version >= 3
      ? parameters['includeOtherFields'] === true || parameters['include'] === 'all'
      : parameters['keepOnlySet'] !== true;
  if (parameters['mode'] === 'raw') {
    const values = jsonValue(parameters['jsonOutput'], context, 'jsonOutput');
    return single(node, context, {
      added: { type: 'set', payload: { values } },
      give: (id) => ({ item: resultOf(id) }),
    });
  }
  const fields = fieldsOf(parameters, context);
  const values: JsonObject = {};
  for (const [name, value] of fields) values[name] = value;
  const added = { type: 'set', payload: { values } };
  const give = (id: string): { item: Value } => {
    if (!keepsOthers) return { item: resultOf(id) };
    const laid = fields.reduce<Value>(
      (item, [name]) => withField(item, [name], resultOf(id, name)),
      state.item,
    );
    return { item: laid };
  };
  return single(node, context, { added, give });
}

function fieldsOf(parameters: Loose, context: Context): [string, Json][] {
  const assignments = list(loose(parameters['assignments'])['assignments']).map(loose);
  const fields = list(loose(parameters['fields'])['values']).map(loose);
  const old = Object.entries(loose(parameters['values'])).flatMap(([type, all]) =>
    list(all).map((one) => ({ type, ...loose(one) }) as Loose),
  );
  return [...assignments, ...fields, ...old].map((one) => {
    const name = text(one['name']) || 'field';
    const type = text(one['type']).replace(/Value$/, '') || 'string';
    const given =
      one['value'] ?? one[`${type}Value`] ?? one['stringValue'] ?? (type === 'boolean' ? true : '');
    return [name.replace(/^=/, ''), typed(given, type, context, name)] as [string, Json];
  });
}

const readers: Record<string, (text: string) => Json | undefined> = {
  number: (text) => (text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text)),
  boolean: (text) => (/^(true|false)$/.test(text) ? text === 'true' : undefined),
  array: parsed,
  object: parsed,
};

function typed(given: unknown, type: string, context: Context, name: string): Json {
  const value = valueOf(given, context, name);
  if (typeof value !== 'string' || value.includes('{{')) return value;
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  return reader?.(value) ?? value;
}

function code(node: N8nNode, context: Context, field: string): ReturnType<Converter> {
  const { parameters, type } = node;
  const language = text(parameters['language']) || 'javaScript';
  return orUnknown(node, context, () => {
    const source = text(parameters[field]);
    if (language !== 'javaScript' || source === '')
      throw new NotCarriedError(`its code is ${source === '' ? `no JavaScript (${language})` : language}`);
    const isPerItem = type === 'functionItem';
    const payload = codePayload(source, context, { isPerItem });
    const added = { type: 'code-transform', payload };
    return single(node, context, {
      added,
      give: (id) => ({ item: resultOf(id, 'output', 'items', 0), list: resultOf(id, 'output', 'items') }),
    });
  });
}

/** All items as one list: of a loop that came before, or of the one item there is. */
function aggregating(node: N8nNode, context: Context): ReturnType<Converter> {
  const { parameters } = node;
  const { state } = context;
  const items = state.list ? `[${read(state.list)}]` : `[${read(state.item)}]`;
  const fields = list(loose(parameters['fieldsToAggregate'])['fieldToAggregate']).map(loose);
  const isWhole = parameters['aggregate'] === 'aggregateAllItemData';
  const values: JsonObject = isWhole
    ? { [text(parameters['destinationFieldName']) || 'data']: template(items) }
    : Object.fromEntries(fields.map((one) => aggregated(one, items)));
  return single(node, context, {
    added: { type: 'set', payload: { values } },
    give: (id) => ({ item: resultOf(id) }),
  });
}

function aggregated(field: Loose, items: string): [string, Json] {
  const path = text(field['fieldToAggregate']).replace(/^=/, '');
  const name =
    (field['renameField'] === true && text(field['outputFieldName'])) || (path.split('.').at(-1) ?? 'data');
  const steps = path
    .split('.')
    .map((step) => (/^[A-Za-z_]\w*$/.test(step) ? step : `\`${step.replaceAll('`', '')}\``));
  return [name || 'data', template(path === '' ? '[]' : `[${atom(items)}.${steps.join('.')}]`)];
}

function limiting(node: N8nNode, context: Context): ReturnType<Converter> {
  const { state, draft } = context;
  if (!state.list) {
    draft.tell('ignored', node.place, 'there is one item here');
    return leftOut(state);
  }
  const most = Number(node.parameters['maxItems'] ?? 1) || 1;
  const values = template(`[${read(state.list)}][[0..${most - 1}]]`);
  return single(node, context, {
    added: { type: 'set', payload: { values: { items: values } } },
    give: (id) => ({ item: resultOf(id, 'items', 0), list: resultOf(id, 'items') }),
  });
}

function executing(node: N8nNode, context: Context): ReturnType<Converter> {
  const { parameters } = node;
  const { draft, state } = context;
  const given = parameters['workflowId'];
  const source = text(given) || text(loose(given)['value']) || 'unknown';
  const inputs = loose(loose(parameters['workflowInputs'])['value']);
  const isOwn = /^=\{\{\s*\$workflow\.id\s*\}\}$/.test(source);
  const workflowId = isOwn ? template('$workflow.id') : `n8n:${source.replaceAll('{{', '')}`;
  if (!isOwn)
    draft.tell(
      'lost',
      node.place,
      `it runs the workflow ${source} of n8n: put the id of that workflow here into workflowId`,
    );
  if (parameters['mode'] === 'each')
    draft.tell('changed', node.place, 'it runs once for each item in n8n; here once');
  const isDetached = loose(parameters['options'])['waitForSubWorkflow'] === false;
  const payload: JsonObject = {
    workflowId,
    payload:
      Object.keys(inputs).length > 0
        ? valueOf(inputs, context, 'workflowInputs')
        : template(read(state.item)),
    ...(isDetached ? { mode: 'detach' } : {}),
  };
  const added = { type: 'trigger-workflow', payload };
  return single(node, context, {
    added,
    give: (id) => (isDetached ? state : { item: resultOf(id, 'output') }),
  });
}

function responding(node: N8nNode, context: Context): ReturnType<Converter> {
  const { parameters } = node;
  const { draft, state } = context;
  if (draft.isInLoop)
    throw new NotCarriedError('it answers from inside a loop, which only the run as a whole can');
  const options = loose(parameters['options']);
  const headers = list(loose(options['responseHeaders'])['entries']).map(loose);
  const status = Number(options['responseCode'] ?? 200);
  const payload: JsonObject = {
    value: answerOf(parameters, context),
    ...(Number.isInteger(status) && status !== 200 ? { status } : {}),
    ...(headers.length > 0
      ? {
          headers: Object.fromEntries(
            headers.map((one) => [text(one['name']), valueOf(one['value'], context, 'headers')]),
          ),
        }
      : {}),
  };
  return single(node, context, { added: { type: 'output', payload }, give: () => state });
}

/** What is answered, by `respondWith`. */
const answers: Record<string, (parameters: Loose, context: Context) => Json> = {
  json: ({ responseBody }, context) => jsonValue(responseBody, context, 'responseBody'),
  text: ({ responseBody = '' }, context) => valueOf(responseBody, context, 'responseBody'),
  noData: () => null,
  allIncomingItems: (_, { state }) => template(`[${read(state.list ?? state.item)}]`),
  firstIncomingItem: (_, { state }) => template(read(state.item)),
};

function answerOf(parameters: Loose, context: Context): Json {
  const respondWith = text(parameters['respondWith']) || 'firstIncomingItem';
  const answer = Object.hasOwn(answers, respondWith) ? answers[respondWith] : undefined;
  if (answer) return answer(parameters, context);
  context.draft.tell('lost', context.place, `it answers with ${respondWith}, which has no counterpart`);
  return valueOf(parameters['redirectURL'] ?? null, context, 'redirectURL');
}
