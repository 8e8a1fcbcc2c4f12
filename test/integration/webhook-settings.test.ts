import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const json = { 'content-type': 'application/json' };
const now = () => Math.floor(Date.now() / 1_000);

describe('the settings of a webhook', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
  });
  after(() => hookloom?.stop());

  const publish = (webhook: object = {}) =>
    hookloom.publish({ nodes: { root: { type: 'webhook' } } }, { webhook });
  const post = async (url: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    (await fetch(url, { method: 'POST', body, headers: { ...json, ...headers } })).status;
  const put = (id: string, settings: object) => hookloom.call('PUT', `/v1/workflows/${id}/webhook`, settings);
  const reasons = async (id: string) => {
    const { body } = await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}&status=rejected`);
    return body.items.map((row: { reason: string }) => row.reason);
  };

  it('limit the body, on the wire and inflated, declared or not', async () => {
    const { id, webhookUrl } = await publish({ maxBodyBytes: 1_000 });
    const large = JSON.stringify({ x: 'x'.repeat(1_000) });
    assert.equal(await post(webhookUrl, large), 413);
    assert.equal(await post(webhookUrl, gzipSync(large), { 'content-encoding': 'gzip' }), 413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 20; index += 1) controller.enqueue(new Uint8Array(100).fill(32));
        controller.close();
      },
    });
    const streamed = await fetch(webhookUrl, {
      method: 'POST',
      body: chunks,
      headers: json,
      duplex: 'half',
    } as RequestInit);
    assert.equal(streamed.status, 413);
    assert.deepEqual(await reasons(id), Array(3).fill('payload-too-large'));
    assert.equal(await post(webhookUrl, JSON.stringify({ x: 'x'.repeat(900) })), 202);
    assert.equal((await put(id, { maxBodyBytes: 10 * 1024 * 1024 + 1 })).status, 400);
    assert.equal((await put(id, { maxBodyBytes: 10 * 1024 * 1024 })).status, 200);
    assert.equal(await post(webhookUrl, JSON.stringify({ x: 'x'.repeat(3 * 1024 * 1024) })), 202);
  });

  it('limit the content types', async () => {
    const { id, webhookUrl } = await publish({ contentTypes: ['application/json', 'text/*'] });
    assert.equal(await post(webhookUrl, '{}', { 'content-type': 'Application/JSON; charset=utf-8' }), 202);
    assert.equal(await post(webhookUrl, 'x', { 'content-type': 'text/plain' }), 202);
    assert.equal(await post(webhookUrl, '<a/>', { 'content-type': 'application/xml' }), 415);
    assert.equal(await post(webhookUrl, '{}', { 'content-type': '' }), 415);
    assert.deepEqual(await reasons(id), Array(2).fill('unsupported-media-type'));
  });

  it('limit the senders by address, alone or beside a signature', async () => {
    const alone = await publish({ verification: { type: 'ip' }, ipAllowList: ['127.0.0.0/8', '::1'] });
    assert.equal(await post(alone.webhookUrl, '{}'), 202);
    await put(alone.id, { ipAllowList: ['10.0.0.0/8', '2001:db8::/32'] });
    assert.equal(await post(alone.webhookUrl, '{}'), 403);
    assert.deepEqual(await reasons(alone.id), ['webhook-refused']);
    assert.equal((await put(alone.id, { ipAllowList: [] })).status, 400);
    assert.equal((await put(alone.id, { ipAllowList: ['10.0.0.0/33'] })).status, 400);
    const both = await publish({ verification: { type: 'bearer', token: 't' }, ipAllowList: ['127.0.0.1'] });
    assert.equal(await post(both.webhookUrl, '{}'), 401);
    assert.equal(await post(both.webhookUrl, '{}', { authorization: 'Bearer t' }), 202);
  });

  for (const algorithm of ['sha1', 'sha256', 'sha512'] as const) {
    for (const encoding of ['hex', 'base64'] as const) {
      it(`verify an hmac of their own: ${algorithm}, ${encoding}, with a prefix and a timestamp`, async () => {
        const { webhookUrl } = await publish({
          verification: {
            type: 'hmac',
            secrets: ['old', 'new'],
            header: 'X-Sign',
            algorithm,
            encoding,
            prefix: 'v1=',
            timestampHeader: 'X-At',
            toleranceSeconds: 60,
          },
        });
        const body = '{"n":1}';
        const signed = (secret: string, at: number) => ({
          'x-at': String(at),
          'x-sign': `v1=${createHmac(algorithm, secret).update(`${at}.${body}`).digest(encoding)}`,
        });
        // Both secrets are taken while one is replaced, each within the tolerance only.
        assert.equal(await post(webhookUrl, body, signed('old', now())), 202);
        assert.equal(await post(webhookUrl, body, signed('new', now() - 30)), 202);
        assert.equal(await post(webhookUrl, body, signed('new', now() - 90)), 401);
        assert.equal(await post(webhookUrl, body, signed('new', now() + 90)), 401);
        assert.equal(await post(webhookUrl, body, signed('other', now())), 401);
        const { 'x-sign': sign } = signed('new', now());
        assert.equal(await post(webhookUrl, body, { 'x-sign': sign }), 401);
        assert.equal(await post(webhookUrl, body, { ...signed('new', now()), 'x-at': 'soon' }), 401);
        assert.equal(await post(webhookUrl, body, { 'x-at': String(now()), 'x-sign': '' }), 401);
      });
    }
  }

  it('are never read back with their secrets, and show the last use', async () => {
    const { id, webhookUrl } = await publish({
      verification: { type: 'basic', username: 'me', password: 'a-password' },
      handshake: { verifyToken: 'a-verify-token' },
    });
    const authorization = `Basic ${Buffer.from('me:a-password').toString('base64')}`;
    assert.equal((await hookloom.call('GET', `/v1/workflows/${id}/webhook`)).body.lastUsedAt, null);
    assert.equal(await post(webhookUrl, '{}', { authorization }), 202);
    const body = await eventually(async () => {
      const { body } = await hookloom.call('GET', `/v1/workflows/${id}/webhook`);
      assert.ok(Math.abs(Date.now() - Date.parse(body.lastUsedAt)) < 60_000);
      return body;
    });
    assert.deepEqual(body.verification, { type: 'basic', username: 'me' });
    const secrets = ['a-password', 'a-verify-token', webhookUrl.split('/').at(-1) ?? ''];
    const stored = JSON.stringify(await hookloom.db.collection('webhooks').find().toArray());
    for (const secret of secrets)
      assert.ok(!JSON.stringify(body).includes(secret) && !stored.includes(secret));
  });

  it('keep a dedupe window within the retention', async () => {
    const { id } = await publish();
    const month = 30 * 24 * 60 * 60;
    assert.equal((await put(id, { dedupe: { by: 'auto', windowSeconds: month } })).status, 200);
    assert.equal((await put(id, { dedupe: { by: 'auto', windowSeconds: month + 1 } })).status, 400);
  });

  it('come after the form of the input: what does not fit it is refused, listed, and starts nothing', async () => {
    const order = {
      type: 'object',
      required: ['order'],
      properties: { order: { type: 'object', properties: { total: { type: 'integer', minimum: 0 } } } },
    };
    const definitions = {
      'of the definition': { inputSchema: order, nodes: { root: { type: 'webhook' } } },
      'of its trigger': { nodes: { root: { type: 'webhook', payload: { inputSchema: order } } } },
    };
    for (const [which, definition] of Object.entries(definitions)) {
      const { id, webhookUrl } = await hookloom.publish(definition);
      const send = (body: unknown, headers = {}) => hookloom.call('POST', webhookUrl, body, headers);
      const runs = async () => (await hookloom.call('GET', `/v1/workflows/${id}/runs`)).body.items.length;
      const refused = await send({ order: { total: 'hunter2' } });
      assert.deepEqual([refused.status, refused.body.type], [400, '/problems/invalid-request'], which);
      assert.deepEqual(refused.body.errors, [
        { pointer: '/order/total', detail: 'total: expected a whole number' },
      ]);
      const missing = await send({});
      assert.deepEqual([missing.status, missing.body.errors[0].pointer], [400, '']);
      assert.match(missing.body.errors[0].detail, /the body: expected .*order/);
      // One that does not fit keeps back the others of its request.
      const lines = '{"order":{"total":1}}\n{"order":{"total":-1}}';
      assert.equal((await send(lines, { 'content-type': 'application/x-ndjson' })).status, 400);
      assert.deepEqual(await reasons(id), Array(3).fill('invalid-request'));
      assert.equal(await runs(), 0);
      const { items } = (await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}`)).body;
      const { detail } = items.at(-1);
      assert.match(detail, /total: expected a whole number/);
      assert.ok(!detail.includes('hunter2') && !JSON.stringify(refused.body).includes('hunter2'));
      assert.equal((await send({ order: { total: 1 } })).status, 202);
      assert.equal(await runs(), 1);
      // By hand the same holds, and the place is the one in that request.
      const byHand = await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: { order: 1 } });
      assert.deepEqual([byHand.status, byHand.body.errors[0].pointer], [400, '/payload/order']);
      // A replay is judged by the form of the version that is live then.
      const replay = () => hookloom.call('POST', `/v1/webhook-events/${items.at(-1).id}/replay`, {});
      assert.equal((await replay()).status, 400);
      const { body: workflow } = await hookloom.call('GET', `/v1/workflows/${id}`);
      const looser = { nodes: { root: { type: 'webhook' } } };
      const saved = await hookloom.call('PUT', `/v1/workflows/${id}`, {
        name: workflow.name,
        definition: looser,
      });
      assert.equal(saved.status, 200, JSON.stringify(saved.body));
      assert.equal((await hookloom.call('POST', `/v1/workflows/${id}/publish`, {})).status, 200);
      assert.equal((await replay()).status, 202);
    }
  });

  it('do not verify a replay of what was accepted', async () => {
    const { id, webhookUrl } = await publish({ verification: { type: 'bearer', token: 'before' } });
    assert.equal(await post(webhookUrl, '{"n":1}', { authorization: 'Bearer before' }), 202);
    await put(id, { verification: { type: 'bearer', token: 'after' } });
    const { body } = await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}`);
    const replayed = await hookloom.call('POST', `/v1/webhook-events/${body.items[0].id}/replay`, {});
    assert.equal(replayed.status, 202);
  });
});
