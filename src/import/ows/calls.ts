/** Tasks that reach outside: `call`, `run`, `emit`, `listen`. */
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { NewNode } from '../draft.ts';
import { template } from '../jsonata.ts';
import { isObject, list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { read, resultOf, textValue } from '../value.ts';
import type { Value } from '../value.ts';
import { expressionText, isExpression, jsonOfField, valueOfField } from './state.ts';
import type { OwsContext } from './state.ts';

/** A node, and what its result is to the task. */
export interface Call {
  added: NewNode;
  result: (id: string) => Value;
}

/** `call: http`. */
export function httpCall(given: Loose, context: OwsContext): Call {
  const { draft, place, state } = context;
  const endpoint = given['endpoint'];
  const uri = isObject(endpoint) ? endpoint['uri'] : endpoint;
  const field = (name: string): Json =>
    given[name] === undefined ? null : jsonOfField(valueOfField(given[name], state), name, context);
  const headers = {
    ...authentication(isObject(endpoint) ? endpoint['authentication'] : undefined, context),
    ...loose(field('headers')),
  };
  const [query, body] = [field('query'), field('body')];
  if (given['redirect'] !== undefined)
    draft.tell('ignored', place, 'redirects are no failure there; set expectStatus to take them here');
  const payload: JsonObject = {
    method: text(given['method']).toUpperCase() || 'GET',
    url: urlOf(uri, context),
    ...(Object.keys(headers).length > 0 ? { headers: headers as JsonObject } : {}),
    ...(query === null ? {} : { query }),
    ...(body === null ? {} : { body }),
  };
  const isWhole = given['output'] === 'response' || given['output'] === 'raw';
  const result = (id: string): Value =>
    isWhole
      ? {
          is: 'object',
          fields: {
            statusCode: resultOf(id, 'status'),
            headers: resultOf(id, 'headers'),
            content: resultOf(id, 'body'),
          },
        }
      : resultOf(id, 'body');
  return { added: { type: 'http-request', payload }, result };
}

/** `{name}` in an address is a member of the input. */
function urlOf(uri: unknown, context: OwsContext): Json {
  if (isExpression(uri)) return jsonOfField(valueOfField(uri, context.state), 'endpoint', context, '');
  return text(uri).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = jsonOfField(valueOfField(`\${ .${name} }`, context.state), 'endpoint', context, '');
    return typeof value === 'string' ? value : '';
  });
}

function authentication(given: unknown, context: OwsContext): JsonObject {
  if (given === undefined) return {};
  const { draft, place, use, state } = context;
  const named = text(loose(given)['use']);
  const found = named === '' ? loose(given) : loose(loose(use['authentications'])[named]);
  const bearer = loose(found['bearer']);
  const basic = loose(found['basic']);
  const part = (value: unknown): string => {
    const json = jsonOfField(valueOfField(value, state), 'authentication', context, '');
    return typeof json === 'string' ? json : '';
  };
  if (bearer['token'] !== undefined) return { authorization: `Bearer ${part(bearer['token'])}` };
  if (isExpression(basic['username']) && isExpression(basic['password'])) {
    const [user, word] = [basic['username'], basic['password']].map((one) => expressionText(one, state));
    return { authorization: `Basic ${template(`$base64encode(${user} & ":" & ${word})`)}` };
  }
  const kind = Object.keys(found).join(', ') || named;
  draft.tell(
    'lost',
    place,
    `its authentication (${kind}) is not carried over: store a credential here and name it in a header, as {{ $secrets.name }}`,
  );
  return {};
}

/** `run`: another workflow or a script; what runs on a machine has no counterpart. */
export function runCall(given: Loose, context: OwsContext): Call | undefined {
  const { draft, place, state } = context;
  if (isObject(given['workflow'])) {
    const { namespace, name, version, input } = given['workflow'];
    const source = [namespace, name, version].map(text).filter(Boolean).join('/');
    draft.tell(
      'lost',
      place,
      `it runs the workflow ${source}: put the id of that workflow here into workflowId`,
    );
    const payload: JsonObject = {
      workflowId: `ows:${source}`,
      payload: jsonOfField(input === undefined ? state.input : valueOfField(input, state), 'input', context),
      ...(given['await'] === false ? { mode: 'detach' } : {}),
    };
    return {
      added: { type: 'trigger-workflow', payload },
      result: (id) => (given['await'] === false ? state.input : resultOf(id, 'output')),
    };
  }
  const script = loose(given['script']);
  if (!/^(js|javascript)$/i.test(text(script['language'])) || text(script['code']) === '') return undefined;
  draft.tell('changed', place, 'its result is what the script returns, not what it prints');
  const names = Object.keys(loose(script['arguments'])).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
  const code = `function transform(input) {\n  const { ${names.join(', ')} } = input;\n${text(script['code'])}\n}`;
  const input = jsonOfField(valueOfField(script['arguments'] ?? {}, state), 'arguments', context, {});
  return {
    added: { type: 'code-transform', payload: { code, input } },
    result: (id) => resultOf(id, 'output'),
  };
}

/** `listen`: the run waits until somebody brings the event. */
export function listenCall(given: Loose, { draft, place }: OwsContext): Call {
  const to = loose(given['to']);
  const filters = Object.entries(to).flatMap(([how, filter]) =>
    (Array.isArray(filter) ? filter : [filter]).map((one) => ({ how, one })),
  );
  const types = filters.map(({ one }) => text(loose(loose(one)['with'])['type'])).filter(Boolean);
  draft.tell(
    'changed',
    place,
    `it waits to be resumed by the API, its link or a webhook with a key, with the event ${types.join(', ') || 'as data'}`,
  );
  if ('all' in to && list(to['all']).length > 1)
    draft.tell('lost', place, 'it waits for several events; here one resumes it');
  for (const name of ['foreach', 'until'])
    if (given[name] !== undefined || to[name] !== undefined)
      draft.tell('lost', place, `its ${name} has no counterpart`);
  return { added: { type: 'wait' }, result: (id) => textValue(`[${read(resultOf(id, 'data'))}]`) };
}

/** `raise`: the error, given there or among the reusable ones. */
export function raised(given: Loose, context: OwsContext): JsonObject {
  const error = given['error'];
  const found = isObject(error) ? error : loose(loose(context.use['errors'])[text(error)]);
  const field = (name: string) => jsonOfField(valueOfField(found[name], context.state), name, context);
  const [type, title, detail] = [field('type'), field('title'), field('detail')];
  return {
    type: text(type).split('/').filter(Boolean).at(-1) || 'error',
    message: [title, detail].filter((one) => typeof one === 'string' && one !== '').join(': '),
  };
}
