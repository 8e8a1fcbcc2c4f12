import assert from 'node:assert/strict';
import { freePort } from '../support/free-port.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const log = (message: string) => ({
  nodes: { root: { type: 'webhook', children: ['a'] }, a: { type: 'log', payload: { message } } },
});
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('the platform', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  let metricsUrls: { api: string; worker: string };

  before(async () => {
    const [api, worker] = [await freePort(), await freePort()];
    const urlOf = (port: number) => `http://127.0.0.1:${port}/metrics`;
    metricsUrls = { api: urlOf(api), worker: urlOf(worker) };
    hookloom = await startHookloom({ METRICS_PORT: String(worker) }, { api: false, worker: 'process' });
    hookloom.url = (await hookloom.startApi({ env: { METRICS_PORT: String(api) } })).url;
  });
  after(() => hookloom?.stop());

  async function makeKey(scopes: string[], options: object = {}): Promise<{ id: string; apiKey: string }> {
    const { status, body } = await hookloom.call('POST', '/v1/api-keys', {
      name: scopes.join(),
      scopes,
      ...options,
    });
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  }

  it('names what it depends on, with versions', async () => {
    const { status, body } = await hookloom.call('GET', '/readyz');
    assert.deepEqual([status, body.dependencies], [200, { mongodb: 'up', temporal: 'up' }]);
    for (const name of ['hookloom', 'mongodb', 'temporal'])
      assert.match(body.versions[name], /^\d+\.\d+\.\d+/, name);
  });

  it('shows a key once, keeps its hash alone, and notes its use', async () => {
    const made = await makeKey(['read']);
    assert.match(made.apiKey, /^hl_[A-Za-z0-9_-]{40,}$/);
    assert.equal((await hookloom.call('GET', '/v1/runs', undefined, bearer(made.apiKey))).status, 200);
    const { body } = await hookloom.call('GET', `/v1/api-keys/${made.id}`);
    assert.equal(body.apiKey, undefined);
    assert.ok(body.lastUsedAt);
    const rows = await hookloom.db.collection('apiKeys').find().toArray();
    assert.ok(!JSON.stringify(rows).includes(made.apiKey));
  });

  const calls: [scope: string, method: string, path: string, body?: object][] = [
    ['read', 'GET', '/v1/stats'],
    ['read', 'POST', '/v1/workflows/validate', { definition: log('x') }],
    ['run', 'POST', '/v1/workflows/wf_none/run', {}],
    ['write', 'POST', '/v1/workflows', { name: 'scoped', definition: log('x') }],
    ['admin', 'GET', '/v1/api-keys'],
    ['admin', 'GET', '/v1/audit'],
    ['operator', 'GET', '/metrics'],
    ['operator', 'POST', '/v1/organizations', { name: 'another' }],
  ];
  const order = ['read', 'run', 'write', 'admin', 'operator'];
  for (const held of order) {
    it(`lets a key with ${held} do what it and the scopes before it may, and no more`, async () => {
      const { apiKey } = await makeKey([held]);
      for (const [needed, method, path, body] of calls) {
        const { status } = await hookloom.call(method, path, body, bearer(apiKey));
        const isAllowed = order.indexOf(held) >= order.indexOf(needed);
        assert.equal(status !== 403, isAllowed, `${held} on ${method} ${path}: ${status}`);
        assert.ok(status < 500);
      }
    });
  }

  it('lets no key make one that may do more than itself', async () => {
    const { apiKey } = await makeKey(['admin']);
    const asked = { name: 'more', scopes: ['read', 'operator'] };
    const { status, body } = await hookloom.call('POST', '/v1/api-keys', asked, bearer(apiKey));
    assert.equal(status, 403);
    assert.match(body.detail, /operator/);
  });

  it('refuses a revoked and an expired key, and a key without scopes or with an end in the past', async () => {
    const made = await makeKey(['read']);
    assert.equal((await hookloom.call('DELETE', `/v1/api-keys/${made.id}`)).status, 204);
    assert.equal((await hookloom.call('DELETE', `/v1/api-keys/${made.id}`)).status, 204);
    assert.equal((await hookloom.call('GET', '/v1/runs', undefined, bearer(made.apiKey))).status, 401);
    const short = await makeKey(['read'], { expiresAt: new Date(Date.now() + 60_000).toISOString() });
    assert.equal((await hookloom.call('GET', '/v1/runs', undefined, bearer(short.apiKey))).status, 200);
    await hookloom.db
      .collection<{ _id: string }>('apiKeys')
      .updateOne({ _id: short.id }, { $set: { expiresAt: new Date(Date.now() - 60_000) } });
    assert.equal((await hookloom.call('GET', '/v1/runs', undefined, bearer(short.apiKey))).status, 401);
    for (const [bad, pointer] of [
      [{ scopes: [] }, '/scopes'],
      [{ scopes: ['root'] }, '/scopes/0'],
      [{ scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    ] as const) {
      const { status, body } = await hookloom.call('POST', '/v1/api-keys', { name: 'bad', ...bad });
      assert.equal(status, 400);
      assert.equal(body.errors[0].pointer, pointer);
    }
  });

  it('keeps an organization from locking itself out, and organizations from each other', async () => {
    const { status, body } = await hookloom.call('POST', '/v1/organizations', { name: 'tenant' });
    assert.equal(status, 201);
    assert.match(body.organization.id, /^org_/);
    const theirs = bearer(body.apiKey);
    const keys = await hookloom.call('GET', '/v1/api-keys', undefined, theirs);
    assert.equal(keys.body.items.length, 1);
    const [only] = keys.body.items;
    assert.equal((await hookloom.call('DELETE', `/v1/api-keys/${only.id}`, undefined, theirs)).status, 409);
    assert.equal((await hookloom.call('DELETE', `/v1/api-keys/${only.id}`)).status, 404);
    const { id } = await hookloom.publish(log('ours'));
    assert.equal((await hookloom.call('GET', `/v1/workflows/${id}`, undefined, theirs)).status, 404);
    assert.deepEqual((await hookloom.call('GET', '/v1/workflows', undefined, theirs)).body.items, []);
  });

  it('pages through the keys without missing one', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await hookloom.call('GET', `/v1/api-keys?limit=3${more}`);
      seen.push(...body.items.map((key: { id: string }) => key.id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    assert.equal(new Set(seen).size, seen.length);
    const first = await hookloom.db.collection('apiKeys').findOne({ scopes: 'operator' });
    const organizationId: unknown = first?.['organizationId'];
    assert.equal(seen.length, await hookloom.db.collection('apiKeys').countDocuments({ organizationId }));
  });

  it('audits changes and refused ones with the key that asked, and no body', async () => {
    const { id: keyId, apiKey } = await makeKey(['run']);
    const value = 'never-in-the-audit';
    const asked = { name: 'audited', value };
    assert.equal((await hookloom.call('POST', '/v1/credentials', asked, bearer(apiKey))).status, 403);
    assert.equal((await hookloom.call('POST', '/v1/credentials', asked)).status, 201);
    const refused = await hookloom.call('GET', `/v1/audit?keyId=${keyId}`);
    assert.deepEqual(
      refused.body.items.map((row: any) => [row.action, row.resource, row.status]),
      [['POST /v1/credentials', '/v1/credentials', 403]],
    );
    const action = encodeURIComponent('POST /v1/credentials');
    const { body } = await hookloom.call('GET', `/v1/audit?action=${action}`);
    assert.deepEqual(
      body.items.map((row: any) => row.status),
      [201, 403],
    );
    assert.match(body.items[0].requestId, /^req_/);
    const rows = await hookloom.db.collection('audit').find().toArray();
    assert.ok(!JSON.stringify(rows).includes(value));
    const later = new Date(Date.now() + 60_000).toISOString();
    assert.deepEqual((await hookloom.call('GET', `/v1/audit?since=${later}`)).body.items, []);
  });

  it('compares two versions of a workflow', async () => {
    const { id } = await hookloom.publish(log('one'));
    const changed = log('two');
    const definition = { nodes: { ...changed.nodes, b: { type: 'log', payload: { message: 'b' } } } };
    definition.nodes.a = { ...definition.nodes.a, children: ['b'] } as never;
    assert.equal((await hookloom.call('PUT', `/v1/workflows/${id}`, { definition })).status, 200);
    const { body } = await hookloom.call('GET', `/v1/workflows/${id}/versions/1/diff/2`);
    assert.deepEqual([body.from.version, body.to.version], [1, 2]);
    const changes = Object.fromEntries(body.changes.map((one: any) => [one.pointer, one]));
    assert.deepEqual(changes['/nodes/a/payload/message'], {
      change: 'changed',
      pointer: '/nodes/a/payload/message',
      before: 'one',
      after: 'two',
    });
    assert.equal(changes['/nodes/b'].change, 'added');
    assert.equal(changes['/nodes/b'].after.type, 'log');
    const back = await hookloom.call('GET', `/v1/workflows/${id}/versions/2/diff/1`);
    assert.equal(back.body.changes.find((one: any) => one.pointer === '/nodes/b').change, 'removed');
    const same = await hookloom.call('GET', `/v1/workflows/${id}/versions/2/diff/2`);
    assert.deepEqual(same.body.changes, []);
    assert.equal((await hookloom.call('GET', `/v1/workflows/${id}/versions/1/diff/9`)).status, 404);
  });

  it('counts requests, runs and deliveries of a time', async () => {
    const { id, webhookUrl } = await hookloom.publish(log('counted'));
    const { body: accepted } = await hookloom.call('POST', webhookUrl, { n: 1 });
    await hookloom.runEnd(accepted.runIds[0]);
    assert.equal((await hookloom.call('POST', webhookUrl, '{"broken')).status, 400);
    const { body } = await hookloom.call('GET', `/v1/stats?workflowId=${id}`);
    assert.deepEqual([body.runs.total, body.runs.byStatus.success, body.runs.byStatus.failure], [1, 1, 0]);
    assert.ok(body.runs.durationMs.average > 0);
    assert.deepEqual([body.webhookEvents.byStatus.accepted, body.webhookEvents.byStatus.rejected], [1, 1]);
    assert.equal(body.deliveries.total, 0);
    const before = await hookloom.call(
      'GET',
      '/v1/stats?since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z',
    );
    assert.deepEqual([before.body.runs.total, before.body.runs.durationMs], [0, null]);
    const long = await hookloom.call('GET', '/v1/stats?since=2020-01-01T00:00:00Z');
    assert.equal(long.status, 400);
    assert.equal(long.body.errors[0].pointer, '/since');
  });

  it('answers metrics to an operator and on their own port, without the secret of a webhook', async () => {
    const { webhookUrl } = await hookloom.publish(log('measured'));
    await hookloom.call('POST', webhookUrl, {});
    const { status, headers, body } = await hookloom.call('GET', '/metrics');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    assert.match(
      body,
      /hookloom_http_request_duration_seconds_count\{method="POST",route="\/v1\/webhooks\/\{secret\}",status="202"\} [1-9]/,
    );
    assert.match(body, /hookloom_runs_open\{status="waiting"\} 0/);
    assert.match(body, /hookloom_relay_waiting\{kind="deliveries"\} 0/);
    assert.match(body, /process_cpu_seconds_total/);
    assert.ok(!body.includes(String(webhookUrl.split('/').pop())));
    const open = await fetch(metricsUrls.api);
    assert.equal(open.status, 200);
    assert.match(await open.text(), /hookloom_streams_open 0/);
    assert.equal((await fetch(`${metricsUrls.api}/x`)).status, 404);
    assert.match(await (await fetch(metricsUrls.worker)).text(), /temporal_worker_task_slots_available/);
    assert.equal((await fetch(`${hookloom.url}/metrics`)).status, 401);
  });
});
