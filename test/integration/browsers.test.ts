import assert from 'node:assert/strict';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startInProcess } from '../support/in-process.ts';

const origin = 'https://app.example';

describe('a page of another origin', function () {
  this.timeout(60_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom(
      { HOOKLOOM_CORS_ORIGINS: `${origin}, http://localhost:5173` },
      { worker: false },
    );
  });
  after(() => hookloom?.stop());

  const preflight = (from: string, path: string) =>
    fetch(hookloom.url + path, {
      method: 'OPTIONS',
      headers: {
        origin: from,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
  const allowed = (response: Response) => response.headers.get('access-control-allow-origin');

  it('may call what is listed for it, and reads refusals too', async () => {
    for (const path of ['/v1/workflows', '/v1/webhooks/some-secret', '/v1/nowhere']) {
      const response = await preflight(origin, path);
      assert.deepEqual([response.status, allowed(response)], [204, origin], path);
      assert.match(response.headers.get('access-control-allow-headers') ?? '', /authorization/);
    }
    const { status, headers } = await hookloom.call('GET', '/v1/runs', undefined, { origin });
    assert.deepEqual([status, headers.get('access-control-allow-origin')], [200, origin]);
    assert.match(headers.get('vary') ?? '', /origin/i);
    const refused = await fetch(`${hookloom.url}/v1/runs`, { headers: { origin } });
    assert.deepEqual([refused.status, allowed(refused)], [401, origin]);
    assert.match(refused.headers.get('access-control-expose-headers') ?? '', /x-request-id/);
  });

  it('may not when its origin is not named', async () => {
    for (const other of ['https://app.example.evil.example', 'http://app.example', 'null']) {
      assert.equal(allowed(await preflight(other, '/v1/workflows')), null, other);
      const { headers } = await hookloom.call('GET', '/v1/runs', undefined, { origin: other });
      assert.equal(headers.get('access-control-allow-origin'), null, other);
    }
  });

  it('is named by an origin: anything else stops the start', async () => {
    const env = { ...hookloom.env, HOOKLOOM_CORS_ORIGINS: 'https://app.example/path' };
    await assert.rejects(startInProcess('api', env), /HOOKLOOM_CORS_ORIGINS.*expected origins/s);
  });
});

describe('a stream token', function () {
  this.timeout(60_000);
  let hookloom: Hookloom;
  let ids: { runId: string; workflowId: string; other: string };
  before(async () => {
    hookloom = await startHookloom({ HOOKLOOM_KEY_CHECK_MS: '100' }, { worker: false });
    const { id, webhookUrl } = await hookloom.publish({ nodes: { root: { type: 'webhook' } } });
    const first = await hookloom.call('POST', webhookUrl, {});
    const second = await hookloom.call('POST', webhookUrl, {});
    ids = { runId: first.body.runIds[0], workflowId: id, other: second.body.runIds[0] };
  });
  after(() => hookloom?.stop());

  const make = async (body: object, headers?: Record<string, string>) => {
    const made = await hookloom.call('POST', '/v1/stream-tokens', body, headers);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return made.body as { token: string; url: string; expiresAt: string };
  };
  /** Opens a stream and reads until the text comes; answers the status. */
  const open = async (url: string, text: string) => {
    const response = await fetch(url);
    let read = '';
    if (response.status === 200)
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        read += Buffer.from(chunk).toString();
        if (read.includes(text)) return 200;
      }
    else await response.body?.cancel();
    return response.status;
  };

  it('opens just its stream, and stands in no log', async () => {
    const { token, url } = await make({ runId: ids.runId });
    assert.equal(await open(url, 'event: run.queued'), 200);
    const elsewhere = [
      `/v1/runs/${ids.other}/stream`,
      `/v1/workflows/${ids.workflowId}/runs/stream`,
      '/v1/activity/stream',
      `/v1/runs/${ids.runId}`,
      '/v1/runs',
    ];
    for (const path of elsewhere) {
      const response = await fetch(`${hookloom.url}${path}?access_token=${token}`);
      assert.equal(response.status, 401, path);
      assert.ok(!(await response.text()).includes(token), path);
    }
    const forged = url.replace(/access_token=.{8}/, 'access_token=AAAAAAAA');
    assert.equal(await open(forged, ''), 401);
    const ofWorkflow = await make({ workflowId: ids.workflowId });
    assert.equal(await open(ofWorkflow.url, 'retry:'), 200);
    const { output } = await startedApi();
    assert.ok(!output.includes(token.slice(0, 20)), 'the token is in the log');

    async function startedApi() {
      const api = await hookloom.startApi();
      await open(url.replace(hookloom.url, api.url), 'event: run.queued');
      await fetch(`${api.url}/v1/runs?access_token=${token}`);
      await api.stop();
      return { output: api.output() };
    }
  });

  it('ends with its time, and with the key that asked for it', async () => {
    const { url, expiresAt } = await make({ runId: ids.runId, expiresInSeconds: 1 });
    assert.ok(Date.parse(expiresAt) - Date.now() < 10_000);
    assert.equal(await open(url, 'event: unauthorized'), 200);
    assert.equal(await open(url, ''), 401);

    const key = await hookloom.call('POST', '/v1/api-keys', { name: 'short', scopes: ['read'] });
    const own = await make({ runId: ids.runId }, { authorization: `Bearer ${key.body.apiKey}` });
    const ended = open(own.url, 'event: unauthorized');
    assert.equal((await hookloom.call('DELETE', `/v1/api-keys/${key.body.id}`)).status, 204);
    assert.equal(await ended, 200);
    assert.equal(await open(own.url, ''), 401);
  });

  it('is made for one thing that is there, for an hour at most', async () => {
    const bodies = [
      {},
      { runId: ids.runId, workflowId: ids.workflowId },
      { runId: ids.runId, expiresInSeconds: 3601 },
    ];
    for (const body of bodies)
      assert.equal((await hookloom.call('POST', '/v1/stream-tokens', body)).status, 400);
    assert.equal((await hookloom.call('POST', '/v1/stream-tokens', { runId: 'run_nobody' })).status, 404);
  });
});
