/** Runs: start, list, follow, cancel, retry, resume. */
import type { HookloomClient, HookloomEvent, Run } from '../../client/index.ts';
import { CliError } from '../exit.ts';
import { readData } from '../files.ts';
import { duration, note, paintStatus, print, printJson, printTable } from '../output.ts';
import { logLineOf } from '../log-line.ts';
import { openSession } from '../session.ts';
import type { CommonOptions, Session } from '../session.ts';
import { createTree } from '../tree.ts';

/** Finds a workflow by its name or its id. @throws CliError when there is none */
export async function findWorkflow(client: HookloomClient, nameOrId: string): Promise<string> {
  if (nameOrId.startsWith('wf_')) return nameOrId;
  const found: string[] = [];
  for await (const { id, name } of client.list('/v1/workflows', { query: { limit: 100 } }))
    if (name === nameOrId) found.push(id);
  const [id] = found;
  if (id === undefined)
    throw new CliError(`No workflow is called ${JSON.stringify(nameOrId)}; deploy it first, or give its id.`);
  if (found.length > 1)
    throw new CliError(`${found.length} workflows have this name; give one's id: ${found.join(', ')}.`);
  return id;
}

/** Starts a run. */
export async function run(
  name: string,
  options: CommonOptions & { data?: string; draft?: boolean; watch?: boolean },
): Promise<void> {
  const session = await openSession(options);
  const { client, isJson } = session;
  const payload = (await readData(options.data)) as never;
  const id = await findWorkflow(client, name);
  const { runId } = await client.post('/v1/workflows/{id}/run', {
    params: { path: { id } },
    body: { payload, version: options.draft ? 'draft' : 'live' },
  });
  if (options.watch) return follow(session, runId);
  if (isJson) printJson({ runId });
  else {
    print(runId);
    note(`follow it with: hookloom watch ${runId}`);
  }
}

/** Lists runs. */
export async function runs(
  options: CommonOptions & { workflow?: string; status?: string; limit: string },
): Promise<void> {
  const { client, isJson } = await openSession(options);
  const workflowId = options.workflow ? await findWorkflow(client, options.workflow) : undefined;
  const { items } = await client.get('/v1/runs', {
    params: {
      query: {
        limit: Number(options.limit),
        ...(workflowId ? { workflowId } : {}),
        ...(options.status ? { status: options.status as never } : {}),
      },
    },
  });
  if (isJson) return items.forEach(printJson);
  printTable(
    ['RUN', 'STATUS', 'WORKFLOW', 'TRIGGER', 'CREATED', 'DURATION'],
    items.map((one) => [
      one.id,
      paintStatus(one.status),
      `${one.workflowId} v${one.workflowVersion}`,
      String(one.trigger['source'] ?? ''),
      one.createdAt,
      duration(one.durationMs),
    ]),
  );
}

/** Follows a run to its end; fails with it. */
export async function watch(runId: string, options: CommonOptions): Promise<void> {
  return follow(await openSession(options), runId);
}

async function follow({ client, isJson }: Session, runId: string): Promise<void> {
  const tree = createTree();
  for await (const event of client.runs.follow(runId)) {
    if (isJson) printJson(event);
    else tree.show(event);
  }
  const ended = await client.runs.get(runId);
  if (!isJson) tree.end(ended);
  if (ended.status === 'failure' || ended.status === 'cancelled') throw failed(ended);
}

function failed({ id, status, error }: Run): CliError {
  const why = error ? `: ${error.message}` : '';
  return new CliError(`${id} ended as ${status}${why}. \`hookloom retry ${id}\` makes it again.`, {
    problem: { code: 'run-failed', runId: id, status, error },
  });
}

/** Prints the lines that a run's nodes logged. */
export async function logs(runId: string, options: CommonOptions & { follow?: boolean }): Promise<void> {
  const { client, isJson } = await openSession(options);
  const show = (event: HookloomEvent) => {
    const line = logLineOf(event);
    if (!line) return;
    const { path, level, message } = line;
    if (isJson) return printJson({ timestamp: event.timestamp, ...line });
    print(`${event.timestamp}  ${level.padEnd(5)}  ${path}  ${message}`);
  };
  if (options.follow) for await (const event of client.runs.follow(runId)) show(event);
  else {
    const log = client.list('/v1/runs/{id}/events', { path: { id: runId }, query: { limit: 1000 } });
    for await (const event of log) show(event);
  }
}

/** Cancels a run. */
export async function cancel(runId: string, options: CommonOptions & { reason?: string }): Promise<void> {
  const { client, isJson } = await openSession(options);
  const body = options.reason === undefined ? {} : { reason: options.reason };
  const cancelled = await client.post('/v1/runs/{id}/cancel', { params: { path: { id: runId } }, body });
  if (isJson) printJson(cancelled);
  else print(`${cancelled.id}  ${paintStatus(cancelled.status)}`);
}

/** Makes a run again. */
export async function retry(
  runId: string,
  options: CommonOptions & { from?: string[]; live?: boolean; watch?: boolean },
): Promise<void> {
  const session = await openSession(options);
  const body = {
    ...(options.from ? { from: options.from } : {}),
    ...(options.live ? { version: 'live' as const } : {}),
  };
  const made = await session.client.post('/v1/runs/{id}/retry', { params: { path: { id: runId } }, body });
  if (options.watch) return follow(session, made.runId);
  if (session.isJson) printJson(made);
  else print(made.runId);
}

/** Resumes a wait. */
export async function resume(
  runId: string,
  path: string,
  options: CommonOptions & { data?: string },
): Promise<void> {
  const { client, isJson } = await openSession(options);
  const data = (await readData(options.data)) as never;
  const resumed = await client.post('/v1/runs/{id}/nodes/{path}/resume', {
    params: { path: { id: runId, path } },
    body: { data },
  });
  if (isJson) printJson(resumed);
  else print(`${resumed.runId}  ${resumed.path}  resumed`);
}
