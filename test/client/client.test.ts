import assert from 'node:assert/strict';
import { createClient, HookloomProblem, RunFailedError } from '../../src/client/index.ts';
import type { HookloomClient, HookloomEvent } from '../../src/client/index.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const loop = {
  nodes: {
    root: { type: 'manual', children: ['each'] },
    each: { type: 'for-each', payload: { array: '{{$trigger.body}}' }, loopBody: ['rest'] },
    rest: { type: 'delay', payload: { delayMs: 20 } },
  },
};
const failing = {
  nodes: {
    root: { type: 'manual', children: ['a'] },
    a: { type: 'fail', payload: { type: 'no_luck', message: 'no luck today' } },
  },
};

describe('hookloom/client', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;
  let client: HookloomClient;
  let ids: { loop: string; failing: string };
  /** Where the client's calls go now. */
  let url: string;

  before(async () => {
    hookloom = await startHookloom();
    url = hookloom.url;
    const base = 'http://hookloom.test';
    client = createClient({
      baseUrl: `${base}/`,
      apiKey: hookloom.key,
      fetch: (request) => fetch(new Request(request.url.replace(base, url), request)),
    });
    ids = { loop: (await hookloom.publish(loop)).id, failing: (await hookloom.publish(failing)).id };
  });
  after(() => hookloom?.stop());

  const start = async (id: string, payload: unknown = null): Promise<string> => {
    const body = { payload: payload as never };
    return (await client.post('/v1/workflows/{id}/run', { params: { path: { id } }, body })).runId;
  };
  const items = (count: number) => Array.from({ length: count }, (_, index) => index);

  it('answers typed bodies, and undefined for an answer without one', async () => {
    const made = await client.post('/v1/workflows', { body: { name: 'typed', definition: loop } });
    const read = await client.get('/v1/workflows/{id}', { params: { path: { id: made.id } } });
    assert.equal(read.definition.nodes['each']?.type, 'for-each');
    assert.match(read.contentHash, /^[0-9a-f]{64}$/);
    assert.equal(await client.delete('/v1/workflows/{id}', { params: { path: { id: made.id } } }), undefined);
  });

  it('throws what the API refuses, with its code and every pointer', async () => {
    const nodes = { root: { type: 'manual', children: ['gone'] } };
    await assert.rejects(
      client.post('/v1/workflows', { body: { name: 'refused', definition: { nodes } } }),
      (error: unknown) => {
        assert.ok(error instanceof HookloomProblem);
        assert.equal(error.status, 400);
        assert.equal(error.code, 'invalid-definition');
        assert.equal(error.pointers[0]?.pointer, '/definition/nodes/root/children/0');
        assert.match(error.requestId ?? '', /^req_/);
        return true;
      },
    );
  });

  it('reads a list to its end, page by page', async () => {
    const started = await Promise.all(items(7).map(() => start(ids.loop, [])));
    const listed: string[] = [];
    for await (const run of client.runs.list({ workflowId: ids.loop, limit: 3 })) listed.push(run.id);
    assert.deepEqual(listed.toSorted(), started.toSorted());
  });

  it('follows a run to its end, and answers its result', async () => {
    const runId = await start(ids.loop, items(3));
    const types: string[] = [];
    for await (const event of client.runs.follow(runId)) {
      types.push(event.type);
      if (event.type === 'node.started') assert.equal(event.data.attempt, 1);
    }
    assert.equal(types[0], 'run.queued');
    assert.equal(types.at(-1), 'run.succeeded');
    assert.equal((await client.runs.result(runId)).status, 'success');
  });

  it('throws the run that failed, unless it is to be answered', async () => {
    const runId = await start(ids.failing);
    await assert.rejects(client.runs.result(runId), (error: unknown) => {
      assert.ok(error instanceof RunFailedError);
      assert.equal(error.run.id, runId);
      assert.match(error.message, /no luck today/);
      return true;
    });
    assert.equal((await client.runs.result(runId, { throwOnFailure: false })).status, 'failure');
  });

  it('throws at once for a run that does not exist', async () => {
    await assert.rejects(client.runs.follow('run_nope').next(), { code: 'not-found' });
  });

  it('follows on, each event once and in order, when the API is killed and another takes over', async () => {
    const first = await hookloom.startApi();
    url = first.url;
    const runId = await start(ids.loop, items(60));
    const seen: number[] = [];
    for await (const event of client.runs.follow(runId)) {
      if ('sequence' in event.data) seen.push(event.data.sequence as number);
      if (seen.length !== 20) continue;
      await first.kill();
      void hookloom.startApi().then((next) => (url = next.url));
    }
    assert.deepEqual(
      seen,
      items(seen.length).map((index) => index + 1),
    );
    assert.ok(seen.length > 60);
  });

  it('follows all activity over a restart of the API, and ends quietly when it is aborted', async () => {
    const first = await hookloom.startApi();
    url = first.url;
    const control = new AbortController();
    const seen: HookloomEvent[] = [];
    const reading = (async () => {
      const asked = { types: ['run.*'], workflowId: ids.loop, signal: control.signal };
      for await (const event of client.activity.follow(asked)) seen.push(event);
    })();
    const isOver = (runId: string) =>
      seen.some((event) => event.type === 'run.succeeded' && event.data.runId === runId);
    // The stream begins at now: a run is started until one is seen.
    await eventually(async () => assert.ok(isOver(await finished(await start(ids.loop, [])))), 30_000);
    await first.stop();
    url = hookloom.url;
    const meanwhile = await start(ids.loop, []);
    await eventually(() => assert.ok(isOver(meanwhile)), 30_000);
    control.abort();
    await reading;
    const eventIds = seen.map((event) => event.id);
    assert.equal(new Set(eventIds).size, eventIds.length);
  });

  const finished = async (runId: string): Promise<string> => (await client.runs.result(runId)).id;
});
