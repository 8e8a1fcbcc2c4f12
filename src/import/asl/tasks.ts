/** Task states: what they call, as far as it can be called from here. */
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { NewNode } from '../draft.ts';
import { template } from '../jsonata.ts';
import { text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { NotCarriedError } from '../report.ts';
import { child, constant, jsonOf, read, resultOf } from '../value.ts';
import type { Value } from '../value.ts';
import type { AslContext } from './state.ts';

/** A call that can be made here: a node, and what its result is to the state. */
export interface Call {
  added: NewNode;
  result: (id: string) => Value;
}

/** Returns the node of a call; `undefined` when there is none. */
export function callOf(resource: string, given: Value, context: AslContext): Call | undefined {
  const [, service = ''] = /^arn:[\w-]+:states:[^:]*:[^:]*:(.+)$/.exec(resource) ?? [];
  if (service === 'http:invoke') return request(given, context, field(given, ['ApiEndpoint'], context));
  if (service === 'apigateway:invoke') {
    const [host, stage, path] = ['ApiEndpoint', 'Stage', 'Path'].map((name) => part(given, name));
    return request(given, context, `https://${host}${stage === '' ? '' : `/${stage}`}${path}`);
  }
  if (/^states:startExecution/.test(service)) return execution(service, given, context);
  if (service.endsWith('.waitForTaskToken')) return token(service, context);
  return undefined;
}

function part(given: Value, name: string): string {
  const value = child(given, [name]);
  if (value.is !== 'constant') return template(read(value));
  return value.json === null ? '' : String(value.json);
}

/** A field of the arguments; one that does not carry over is named, and empty. */
function field(given: Value, path: string[], { draft, place }: AslContext): Json {
  try {
    return jsonOf(child(given, path));
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    draft.tell('lost', place, `${path.join('.')} does not carry over: ${error.message}`);
    return null;
  }
}

function request(given: Value, context: AslContext, url: Json): Call {
  const { draft, place } = context;
  const isSigned = ['Authentication', 'InvocationConfig', 'AuthType'].some(
    (name) => field(given, [name], context) !== null,
  );
  if (isSigned)
    draft.tell(
      'lost',
      place,
      'its connection’s authentication is not carried over: store a credential here and name it in a header, as {{ $secrets.name }}',
    );
  const members = [
    ['headers', 'Headers'],
    ['query', 'QueryParameters'],
    ['body', 'RequestBody'],
  ] as const;
  const optional = members.flatMap(([name, theirs]) => {
    const value = field(given, [theirs], context);
    return value === null ? [] : [[name, value] as const];
  });
  const payload: JsonObject = {
    method: field(given, ['Method'], context) ?? 'GET',
    url: url ?? '',
    ...Object.fromEntries(optional),
  };
  return {
    added: { type: 'http-request', payload },
    result: (id) => ({
      is: 'object',
      fields: {
        ResponseBody: resultOf(id, 'body'),
        StatusCode: resultOf(id, 'status'),
        Headers: resultOf(id, 'headers'),
      },
    }),
  };
}

function execution(service: string, given: Value, context: AslContext): Call {
  const { draft, place } = context;
  const machine = text(field(given, ['StateMachineArn'], context));
  draft.tell(
    'lost',
    place,
    `it starts the state machine ${machine}: put the id of that workflow here into workflowId`,
  );
  const isWaited = service.includes('.sync');
  const payload: JsonObject = {
    workflowId: `asl:${machine.replaceAll(/\\?\{\{/g, '')}`,
    payload: field(given, ['Input'], context),
    ...(isWaited ? {} : { mode: 'detach' }),
  };
  const output = (id: string) => resultOf(id, 'output');
  return {
    added: { type: 'trigger-workflow', payload },
    result: (id) => ({
      is: 'object',
      fields: { ExecutionArn: resultOf(id, 'runId'), Output: output(id), Status: constant('SUCCEEDED') },
    }),
  };
}

/** The call that hands out a token is lost; the wait for its return is not. */
function token(service: string, { draft, place }: AslContext): Call {
  draft.tell(
    'lost',
    place,
    `its call of ${service.replace('.waitForTaskToken', '')} is left out; the run waits to be resumed, by the link of $resumeUrl or the API`,
  );
  return { added: { type: 'wait', payload: {} }, result: (id) => resultOf(id, 'data') };
}

/** What a left out call is called in the report. */
export function callName(resource: string, state: Loose): string {
  const name = resource.replace(/^arn:[\w-]+:states:[^:]*:[^:]*:/, '');
  return `the call of ${name || text(state['Type'])}`;
}
