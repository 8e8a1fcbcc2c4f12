/** Runs a case through the product: saves, triggers, takes its steps, and compares what came of it. */
import assert from 'node:assert/strict';
import { readStream } from '../../src/dev/read-stream.ts';
import type { Case } from '../engine/case.schema.ts';
import { checkLog } from './check-log.ts';
import type { Hookloom } from './hookloom.ts';
import { tellHistories } from './replay.ts';
import { hasFields, matches } from './match.ts';
import type { ScriptedStub } from './scripted-stub.ts';

/** Where cases run. */
export interface CaseStage {
  hookloom: Hookloom;
  stub: ScriptedStub;
}

/** @throws AssertionError that names what was expected and what came */
export async function runCase(stage: CaseStage, one: Case): Promise<void> {
  const { hookloom, stub } = stage;
  const { expected, trigger } = one;
  const baseUrl = stub.script(one.stub);
  const ids = new Map<string, string>();
  const fill = <Value>(value: Value): Value =>
    JSON.parse(
      JSON.stringify(value).replaceAll(/\{\{(stub|workflow:\w+)\}\}/g, (_, key: string) =>
        key === 'stub' ? baseUrl : (ids.get(key.slice('workflow:'.length)) ?? key),
      ),
    ) as Value;
  for (const [name, definition] of Object.entries(one.workflows))
    ids.set(name, (await hookloom.publish(fill(definition) as object, { name })).id);
  if (expected.refused) return expectRefusal(stage, fill(one.definition), expected.refused);
  const { webhookUrl } = await hookloom.publish(fill(one.definition) as object, {
    name: one.name.slice(0, 200),
    ...(trigger.webhook ? { webhook: trigger.webhook } : {}),
  });
  const response = await hookloom.call(
    trigger.method,
    webhookUrl + trigger.query,
    trigger.method === 'GET' ? undefined : fill(trigger.body ?? {}),
    fill(trigger.headers),
  );
  if (expected.response) {
    const { status, body, headers } = response;
    const came = { status, body, headers: Object.fromEntries(headers) };
    compare('the answer to the webhook', came, { ...fill(expected.response) }, one);
  }
  const runId = (response.headers.get('location') ?? '').replace('/v1/runs/', '');
  assert.match(runId, /^run_/, `the webhook answered ${response.status}: ${JSON.stringify(response.body)}`);
  try {
    const events = await follow(stage, runId, one);
    await expectEnd(stage, { runId, baseUrl, events, one, expected: fill(expected) });
  } catch (error) {
    const what = error instanceof Error ? error.stack : String(error);
    throw new Error(`${what}\n${await tellHistories(hookloom, runId)}`, { cause: error });
  }
}

async function expectRefusal(
  { hookloom }: CaseStage,
  definition: unknown,
  refused: NonNullable<Case['expected']['refused']>,
): Promise<void> {
  const validated = await hookloom.call('POST', '/v1/workflows/validate', { definition });
  const errors = (validated.body.problems as any[]).filter(({ severity }) => severity === 'error');
  const seen = errors.map(({ code, pointer }) => ({ code, pointer }));
  assert.ok(matches(seen, { $unordered: refused }), `the problems are ${JSON.stringify(errors, null, 1)}`);
  const saved = await hookloom.call('POST', '/v1/workflows', { name: 'refused', definition });
  assert.equal(saved.status, 400);
}

const longestRunMs = 240_000;

/** An event as cases name it: the type, and the path when it is about a node. */
function nameOf(type: string, data: string): string {
  const { path } = (JSON.parse(data) as { data: { path?: string } }).data;
  return path === undefined ? type : `${type} ${path}`;
}

/** Follows the run's stream to its end, and takes each step when its event has come. */
export async function follow(
  { hookloom }: Pick<CaseStage, 'hookloom'>,
  runId: string,
  one: Pick<Case, 'steps'>,
): Promise<string[]> {
  const left = [...one.steps];
  const seen: string[] = [];
  const response = await fetch(`${hookloom.url}/v1/runs/${runId}/stream`, {
    headers: { authorization: `Bearer ${hookloom.key}` },
    signal: AbortSignal.timeout(longestRunMs),
  });
  for await (const { event, data } of readStream(response)) {
    if (event === 'end') break;
    seen.push(nameOf(event, data));
    while (left[0] && seen.includes(left[0].after)) await take(hookloom, runId, left.shift() as Step);
  }
  assert.deepEqual(left, [], 'steps that were not taken');
  return seen;
}

type Step = Case['steps'][number];

async function take(hookloom: Hookloom, runId: string, step: Step): Promise<void> {
  const { resume, cancel } = step;
  const path = resume ? `nodes/${encodeURIComponent(resume.node)}/resume` : 'cancel';
  const body = resume ? { data: resume.data ?? null } : { reason: cancel?.reason };
  const target = cancel?.child === undefined ? runId : (await childrenOf(hookloom, runId))[cancel.child];
  const { status, body: answer } = await hookloom.call('POST', `/v1/runs/${target}/${path}`, body);
  assert.equal(status, step.status, `${path}: ${JSON.stringify(answer)}`);
}

interface Ended {
  runId: string;
  baseUrl: string;
  events: string[];
  one: Case;
  expected: Case['expected'];
}

async function expectEnd(stage: CaseStage, ended: Ended): Promise<void> {
  const { hookloom } = stage;
  const { runId, events, one } = ended;
  const run = await hookloom.runEnd(runId);
  const executions = await executionsOf(hookloom, runId);
  const expected = withExecutionIds(ended.expected, executions);
  const { status, output, error } = run;
  if (expected.status) assert.equal(status, expected.status, `the run's error is ${JSON.stringify(error)}`);
  if ('output' in expected)
    assert.ok(matches(output, expected.output), `the output is ${JSON.stringify(output)}`);
  if (expected.error) compare('the error', error, expected.error, one);
  for (const [path, wanted] of Object.entries(expected.nodes ?? {})) {
    const fields = typeof wanted === 'string' ? { status: wanted } : wanted;
    const came = executions.get(path);
    assert.ok(came, `nothing is at ${path}`);
    const { error: wantedError, ...rest } = fields;
    compare(path, came, rest, one);
    if (wantedError !== undefined) compare(`the error of ${path}`, came.error, wantedError, one);
  }
  for (const path of expected.absent ?? [])
    assert.ok(!executions.has(path), `${path} is there, as ${executions.get(path)?.status}`);
  for (const chain of expected.order ?? []) {
    const places = chain.map((name) => events.indexOf(name));
    assert.ok(!places.includes(-1), `of ${chain.join(', ')} came ${events.join(', ')}`);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      `the order is ${events.join(', ')}`,
    );
  }
  for (const [name, count] of Object.entries(expected.events ?? {}))
    assert.equal(events.filter((event) => event === name).length, count, `${name} in ${events.join(', ')}`);
  expectRequests(stage, { ...ended, expected });
  if (expected.durationMs) compare('the run', run, { durationMs: expected.durationMs }, one);
  if (expected.children) {
    const statuses: string[] = [];
    for (const child of await childrenOf(hookloom, runId))
      statuses.push((await hookloom.runEnd(child)).status);
    assert.deepEqual(statuses, expected.children, 'runs started by this one');
  }
  await checkLog(hookloom.db, runId);
}

function withExecutionIds(expected: Case['expected'], executions: Map<string, any>): Case['expected'] {
  const text = JSON.stringify(expected).replaceAll(
    /\{\{execution:([^}]+)\}\}/g,
    (whole, path: string) => executions.get(path)?.id ?? whole,
  );
  return JSON.parse(text) as Case['expected'];
}

function expectRequests({ stub }: CaseStage, { baseUrl, expected, one }: Ended): void {
  const came = stub.requestsOf(baseUrl);
  for (const [path, wanted] of Object.entries(expected.requests ?? {})) {
    const requests = came.get(path) ?? [];
    const count = typeof wanted === 'number' ? wanted : wanted.length;
    assert.equal(requests.length, count, `requests for ${path}`);
    if (typeof wanted === 'number') continue;
    for (const [index, fields] of wanted.entries()) {
      const request = requests[index];
      compare(`request ${index} for ${path}`, { ...request, body: parsed(request?.body ?? '') }, fields, one);
    }
  }
}

/** Fields that are named must match, objects among them field by field. */
function compare(what: string, came: any, wanted: any, one: Case): void {
  const loose =
    typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)
      ? Object.fromEntries(
          Object.entries(wanted).map(([key, value]) => [
            key,
            key === 'headers' ? { $partial: value } : value,
          ]),
        )
      : wanted;
  const isMatch = typeof loose === 'object' && loose !== null ? hasFields(came ?? {}, loose) : came === loose;
  assert.ok(isMatch, `${one.name}: ${what} is ${JSON.stringify(came)}, not ${JSON.stringify(wanted)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function childrenOf(hookloom: Hookloom, runId: string): Promise<string[]> {
  const runs = hookloom.db.collection<{ _id: string }>('runs');
  const found = await runs.find({ parentRunId: runId }).sort({ createdAt: 1 }).toArray();
  return found.map(({ _id }) => _id);
}

/** Reads a run's executions by path. */
export async function executionsOf(hookloom: Hookloom, runId: string): Promise<Map<string, any>> {
  const found = new Map<string, any>();
  let cursor = '';
  do {
    const { body } = await hookloom.call('GET', `/v1/runs/${runId}/executions?limit=100${cursor}`);
    for (const execution of body.items) found.set(execution.path, execution);
    cursor = body.nextCursor ? `&cursor=${encodeURIComponent(body.nextCursor)}` : '';
  } while (cursor);
  return found;
}

/** Runs everything, so many at once; answers a promise each, in order. */
export function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void>[] {
  const waiting: (() => Promise<void>)[] = [];
  const results = items.map(
    (item) => new Promise<void>((resolve, reject) => waiting.push(() => work(item).then(resolve, reject))),
  );
  const takeNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next();
  };
  for (let worker = 0; worker < atOnce; worker += 1) void takeNext();
  return results;
}
