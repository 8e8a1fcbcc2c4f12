/** What came in and what went out: look, and send again. */
import { CliError } from '../exit.ts';
import { note, paintStatus, print, printJson, printTable } from '../output.ts';
import { openSession } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { findWorkflow } from './runs.ts';

/** Options of lists. */
export interface ListOptions extends CommonOptions {
  limit: string;
  status?: string;
  workflow?: string;
  endpoint?: string;
  run?: string;
}

/** Lists requests, or shows one. */
export async function inbox(id: string | undefined, options: ListOptions): Promise<void> {
  const { client, isJson } = await openSession(options);
  if (id !== undefined) {
    const whole = await client.get('/v1/webhook-events/{id}', { params: { path: { id } } });
    return isJson ? printJson(whole) : print(JSON.stringify(whole, null, 2));
  }
  const workflowId = options.workflow ? await findWorkflow(client, options.workflow) : undefined;
  const query = {
    limit: Number(options.limit),
    ...(workflowId ? { workflowId } : {}),
    ...(options.status ? { status: options.status as never } : {}),
  };
  const { items } = await client.get('/v1/webhook-events', { params: { query } });
  if (isJson) return items.forEach(printJson);
  printTable(
    ['REQUEST', 'STATUS', 'METHOD', 'BYTES', 'RECEIVED', 'RUNS', 'REASON'],
    items.map((one) => [
      one.id,
      paintStatus(one.status),
      one.method,
      String(one.sizeBytes),
      one.receivedAt,
      one.runIds.join(' '),
      one.reason ?? '',
    ]),
  );
}

/** Lists hook endpoints. */
export async function hooks(options: ListOptions): Promise<void> {
  const { client, isJson } = await openSession(options);
  const query = { limit: Number(options.limit) };
  const { items } = await client.get('/v1/execution-webhooks', { params: { query } });
  if (isJson) return items.forEach(printJson);
  printTable(
    ['ENDPOINT', 'STATUS', 'HEALTH', 'NAME', 'URL', 'TYPES'],
    items.map((one) => [
      one.id,
      paintStatus(one.status),
      one.health.status,
      one.name,
      one.url,
      one.subscribedEventTypes.join(' '),
    ]),
  );
}

/** Lists deliveries, or shows one. */
export async function deliveries(id: string | undefined, options: ListOptions): Promise<void> {
  const { client, isJson } = await openSession(options);
  if (id !== undefined) {
    const whole = await client.get('/v1/deliveries/{id}', { params: { path: { id } } });
    return isJson ? printJson(whole) : print(JSON.stringify(whole, null, 2));
  }
  const query = {
    limit: Number(options.limit),
    ...(options.endpoint ? { endpointId: options.endpoint } : {}),
    ...(options.run ? { runId: options.run } : {}),
    ...(options.status ? { status: options.status as never } : {}),
  };
  const { items } = await client.get('/v1/deliveries', { params: { query } });
  if (isJson) return items.forEach(printJson);
  printTable(
    ['DELIVERY', 'STATUS', 'EVENT', 'ENDPOINT', 'RUN', 'ATTEMPTS', 'CREATED'],
    items.map((one) => [
      one.id,
      paintStatus(one.status),
      one.eventType,
      one.endpointId,
      one.runId ?? '',
      String(one.attempts.length),
      one.createdAt,
    ]),
  );
}

/** Options of what sends many events again. */
export interface ReplayOptions extends CommonOptions {
  since?: string;
  until?: string;
  types?: string;
  status?: string[];
  dryRun?: boolean;
}

/** Sends again: a request of the inbox, a delivery, or an endpoint's events of a time. */
export async function replay(id: string, options: ReplayOptions): Promise<void> {
  const { client, isJson } = await openSession(options);
  const params = { path: { id } };
  if (id.startsWith('whe_')) {
    const made = await client.post('/v1/webhook-events/{id}/replay', { params, body: {} });
    return isJson ? printJson(made) : print(`${made.action}  ${made.runIds.join(' ')}`);
  }
  if (id.startsWith('dlv_')) {
    const made = await client.post('/v1/deliveries/{id}/replay', { params, body: {} });
    return isJson ? printJson(made) : print(`${made.id}  ${made.status}`);
  }
  const body = replayBody(options);
  const made = await client.post('/v1/execution-webhooks/{id}/replay', { params, body });
  if (isJson) return printJson(made);
  if ('total' in made) print(`${made.total} events would be sent again`);
  else {
    print(`${made.id}  ${made.status}`);
    note('its deliveries are listed by: hookloom deliveries');
  }
}

function replayBody({ since, until, types, status, dryRun = false }: ReplayOptions) {
  if (since === undefined)
    throw new CliError('--since: expected from when on an endpoint’s events are sent again.', {
      exitCode: 2,
    });
  return {
    since,
    dryRun,
    ...(until ? { until } : {}),
    ...(types ? { types: types.split(',') } : {}),
    ...(status ? { status: status as never } : {}),
  };
}
