/** Hook endpoints under test: their receiver, and events made without a workflow, straight in the run log. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { Fact } from '../../src/engine/log/facts.ts';
import { connectDatabase } from '../../src/store/mongo/database.ts';
import type { Database } from '../../src/store/mongo/database.ts';
import { createId } from '../../src/store/mongo/ids.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import { startHookloom } from './hookloom.ts';
import type { Hookloom } from './hookloom.ts';
import { startReceiver } from './receiver.ts';
import type { ReceivedRequest, Receiver } from './receiver.ts';

/** The path of hook endpoints in the API. */
export const hooksPath = '/v1/execution-webhooks';
/** The path of what belongs to hook endpoints; their deliveries and replays are resources of their own. */
export const hookPathOf = (path: string): string =>
  (/^\/(deliveries|replays)\b/.test(path) ? '/v1' : hooksPath) + path;

/** A request with the moment at which it came. */
export interface Arrival extends ReceivedRequest {
  at: number;
  /** The event's id. */
  id: string;
  event: { type: string; data: Record<string, any> };
}

/** A deployment with one receiver for all its endpoints: each has a path of its own. */
export interface HookBench {
  hookloom: Hookloom;
  receiver: Receiver;
  /** What came to a path, in order. */
  got(path: string): Arrival[];
  /** What a path answers; by default 204 at once. */
  answers: Map<string, (arrival: Arrival, response: ServerResponse) => void>;
  /** Creates an endpoint at a path that takes `run.waiting` of its own workflow, unless `more` says otherwise. */
  createEndpoint(path: string, more?: object): Promise<{ id: string; workflowId: string }>;
  /** Records `runs` ended runs of a workflow, each with `each` events `run.waiting`; answers the runs' ids. */
  emit(workflowId: string, runs: number, each?: number): Promise<string[]>;
  /** All deliveries of an endpoint, oldest first, with their attempts. */
  deliveries(endpointId: string, filter?: string): Promise<any[]>;
  stop(): Promise<void>;
}

/** Starts it. `env` and `parts` as for `startHookloom`. */
export async function startHookBench(
  env: Record<string, string> = {},
  parts: { worker?: boolean; api?: boolean } = {},
): Promise<HookBench> {
  const arrivals = new Map<string, Arrival[]>();
  const answers: HookBench['answers'] = new Map();
  const receiver = await startReceiver((request, response) => {
    const arrival = toArrival(request);
    arrivals.set(request.path, [...(arrivals.get(request.path) ?? []), arrival]);
    const answer = answers.get(request.path) ?? ((_, given) => void given.writeHead(204).end());
    answer(arrival, response);
  });
  const hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host, ...env }, parts);
  const database = await connectDatabase(hookloom.env['MONGODB_URL'] ?? '', hookloom.env['MONGODB_DB'] ?? '');
  const { items } = (await hookloom.call('GET', hooksPath)).body;
  assert.deepEqual(items, []);
  const organization = await hookloom.db.collection<{ _id: string }>('organizations').findOne({});
  const organizationId = organization?._id ?? assert.fail('there is no organization');
  return {
    hookloom,
    receiver,
    answers,
    got: (path) => arrivals.get(path) ?? [],
    async createEndpoint(path, more = {}) {
      const workflowId = await createWorkflow(hookloom);
      const body = {
        name: path,
        url: receiver.url + path,
        subscribedEventTypes: ['run.waiting'],
        workflowIds: [workflowId],
      };
      const created = await hookloom.call('POST', hooksPath, { ...body, ...more });
      assert.equal(created.status, 201, JSON.stringify(created.body));
      return { id: created.body.endpoint.id, workflowId };
    },
    emit: (workflowId, runs, each = 1) => emit(database, { organizationId, workflowId, runs, each }),
    deliveries: (endpointId, filter = '') => readAll(hookloom, `endpointId=${endpointId}${filter}`),
    async stop() {
      await hookloom.stop();
      await database.close();
      await receiver.stop();
    },
  };
}

/** Makes a workflow that nothing starts, for events under its name; answers its id. */
export async function createWorkflow({ call }: Pick<Hookloom, 'call'>): Promise<string> {
  const definition = { nodes: { root: { type: 'manual' } } };
  const created = await call('POST', '/v1/workflows', { name: 'of events', definition });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  return created.body.id;
}

/** The event in a body; an endpoint may have made something else of it. */
function eventOf(body: string): Arrival['event'] {
  try {
    return JSON.parse(body) as Arrival['event'];
  } catch {
    return { type: '', data: {} };
  }
}

function toArrival(request: ReceivedRequest): Arrival {
  const id = String(request.headers['webhook-id']);
  return { ...request, at: Date.now(), id, event: eventOf(request.body) };
}

async function emit(
  database: Database,
  given: { organizationId: string; workflowId: string; runs: number; each: number },
): Promise<string[]> {
  const log = createRunLog(database);
  const ids: string[] = [];
  for (let run = 0; run < given.runs; run += 1) {
    const runId = createId('run');
    await log.append(runId, endedRun(given));
    ids.push(runId);
  }
  await log.flush();
  return ids;
}

/** The facts of a run from its beginning to its end, with `each` events `run.waiting`. */
export function endedRun(given: { organizationId: string; workflowId: string; each: number }): Fact[] {
  const { organizationId, workflowId, each } = given;
  const at = new Date().toISOString();
  const base = { kind: 'event' as const, at };
  const placed = { organizationId, workflowId, workflowVersion: 1, versionId: 'wfv_none', trigger: {} };
  return [
    { ...base, key: 'run/queued', type: 'run.queued', data: placed, values: { input: { json: '{}' } } },
    ...Array.from({ length: each }, (_, index): Fact => {
      return { ...base, key: `run/waiting/${index}`, type: 'run.waiting', data: {} };
    }),
    { kind: 'end-run', at, status: 'success', output: { json: '{}' } },
  ];
}

async function readAll(hookloom: Hookloom, query: string): Promise<any[]> {
  const rows: any[] = [];
  let cursor = '';
  do {
    const { body } = await hookloom.call('GET', `/v1/deliveries?limit=100&${query}${cursor}`);
    rows.unshift(...body.items.reverse());
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
  } while (cursor !== '');
  return rows;
}
