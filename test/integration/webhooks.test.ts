import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { countRuns } from '../support/read-events.ts';

const secret = 'a-secret-of-the-sender';
const sign = (text: string, algorithm = 'sha256', encoding: 'hex' | 'base64' = 'hex') =>
  createHmac(algorithm, secret).update(text).digest(encoding);

describe('incoming webhooks', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;

  before(async () => {
    hookloom = await startHookloom();
  });
  after(() => hookloom?.stop());

  const definition = (value: unknown = '{{$trigger.body}}') => ({
    nodes: { root: { type: 'webhook', children: ['out'] }, out: { type: 'output', payload: { value } } },
  });
  const publish = async (webhook: object = {}, value?: unknown) =>
    hookloom.publish(definition(value), { webhook });
  const post = (url: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const runs = (workflowId: string) => countRuns(hookloom.db, workflowId);

  for (const processes of [1, 2]) {
    it(`start one run for 100 duplicates at once, on ${processes} API processes, and all learn its id`, async () => {
      const second = processes === 2 ? await hookloom.startApi() : undefined;
      const { id, webhookUrl } = await publish();
      const urls = [webhookUrl, webhookUrl.replace(hookloom.url, second?.url ?? hookloom.url)];
      const same = { 'idempotency-key': 'same' };
      const answers = await Promise.all(
        Array.from({ length: 100 }, async (_, index) => {
          const answer = await post(urls[index % 2] as string, '{"n":1}', same);
          assert.equal(answer.status, 202);
          return (await answer.json()) as any;
        }),
      );
      assert.equal(new Set(answers.map((answer) => String(answer.runIds))).size, 1);
      assert.equal(new Set(answers.map((answer) => answer.eventId)).size, 100);
      assert.equal(answers.filter((answer) => !answer.duplicate).length, 1);
      assert.equal(await runs(id), 1);
      assert.equal((await post(webhookUrl, '{"n":2}', same)).status, 422);
      await second?.stop();
    });
  }

  it('are accepted together when they come at once, each with a run, a row and an answer of its own', async () => {
    const { id, webhookUrl } = await publish();
    const keyOf = (index: number): Record<string, string> =>
      index % 3 === 0 ? {} : { 'webhook-id': `msg_${index - (index % 2)}` };
    const answers = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const answer = await post(webhookUrl, `{"n":${index}}`, keyOf(index));
        assert.equal(answer.status, 202);
        return (await answer.json()) as any;
      }),
    );
    const fresh = answers.filter((answer) => !answer.duplicate);
    const keys = new Set(answers.map((_, index) => keyOf(index)['webhook-id'] ?? `none ${index}`));
    assert.equal(fresh.length, keys.size);
    assert.equal(new Set(fresh.map((answer) => answer.runIds[0])).size, keys.size);
    assert.equal(await runs(id), keys.size);
    for (const [index, { eventId, duplicate, runIds }] of answers.entries()) {
      const row = await hookloom.call('GET', `/v1/webhook-events/${eventId}`);
      assert.equal(row.body.body, `{"n":${index}}`);
      assert.equal(row.body.status, duplicate ? 'duplicate' : 'accepted');
      assert.deepEqual(row.body.runIds, runIds);
      if (duplicate) continue;
      const { body: run } = await hookloom.call('GET', `/v1/runs/${runIds[0]}`);
      assert.deepEqual(run.input, { n: index });
    }
  });

  const now = () => Math.floor(Date.now() / 1000);
  const body = '{"id":"evt_1","hello":"world"}';
  const presets: [string, object, () => Record<string, string>][] = [
    ['github', { type: 'github', secret }, () => ({ 'x-hub-signature-256': `sha256=${sign(body)}` })],
    [
      'stripe',
      { type: 'stripe', secret },
      () => ({ 'stripe-signature': `t=${now()},v1=${sign(`${now()}.${body}`)}` }),
    ],
    [
      'slack',
      { type: 'slack', secret },
      () => ({
        'x-slack-request-timestamp': String(now()),
        'x-slack-signature': `v0=${sign(`v0:${now()}:${body}`)}`,
      }),
    ],
    [
      'shopify',
      { type: 'shopify', secret },
      () => ({ 'x-shopify-hmac-sha256': sign(body, 'sha256', 'base64') }),
    ],
    [
      'hmac',
      { type: 'hmac', secret, header: 'x-sign', algorithm: 'sha512', encoding: 'hex' },
      () => ({ 'x-sign': sign(body, 'sha512') }),
    ],
    [
      'basic',
      { type: 'basic', username: 'me', password: secret },
      () => ({ authorization: `Basic ${Buffer.from(`me:${secret}`).toString('base64')}` }),
    ],
    ['bearer', { type: 'bearer', token: secret }, () => ({ authorization: `Bearer ${secret}` })],
  ];
  for (const [name, verification, headers] of presets) {
    it(`take what ${name} signs, and nothing else`, async () => {
      const { id, webhookUrl } = await publish({ verification });
      assert.equal((await post(webhookUrl, body)).status, 401);
      assert.equal(
        (await post(webhookUrl, `${body} `, name === 'basic' || name === 'bearer' ? {} : headers())).status,
        401,
      );
      assert.equal(await runs(id), 0);
      assert.equal((await post(webhookUrl, body, headers())).status, 202);
      assert.equal(await runs(id), 1);
      const rows = await eventually(async () => {
        const found = await hookloom.db.collection('webhookEvents').find({ workflowId: id }).toArray();
        assert.deepEqual(found.map((row) => row['status']).sort(), ['accepted', 'rejected', 'rejected']);
        return found;
      });
      assert.ok(!JSON.stringify(rows).includes(secret), 'a secret is in the inbox');
    });
  }

  it('take what the reference library of Standard Webhooks signs', async () => {
    const key = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
    const { webhookUrl } = await publish({ verification: { type: 'standard-webhooks', secret: key } });
    const at = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(key).sign('msg_1', at, body),
    };
    assert.equal((await post(webhookUrl, body, headers)).status, 202);
    assert.equal(((await (await post(webhookUrl, body, headers)).json()) as any).duplicate, true);
  });

  it('answer with the result of the run, and a duplicate with the same', async () => {
    const { webhookUrl } = await publish({ respond: 'result' }, { echo: '{{$trigger.body.n}}' });
    const answer = await post(webhookUrl, '{"n":7}', { 'idempotency-key': 'k' });
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { echo: 7 });
    assert.deepEqual(await (await post(webhookUrl, '{"n":7}', { 'idempotency-key': 'k' })).json(), {
      echo: 7,
    });
  });

  it('keep every kind of content', async () => {
    const { webhookUrl } = await publish({ respond: 'result' });
    const echo = async (bytes: string | Buffer, headers: Record<string, string>) =>
      (await post(webhookUrl, bytes, headers)).text();
    assert.equal(
      await echo('a=1&b=2&b=3', { 'content-type': 'application/x-www-form-urlencoded' }),
      '{"a":"1","b":["2","3"]}',
    );
    assert.equal(await echo(gzipSync('{"z":1}'), { 'content-encoding': 'gzip' }), '{"z":1}');
    assert.match(
      await echo(Buffer.from([255, 0, 1]), { 'content-type': 'application/octet-stream' }),
      /"base64":"\/wAB"/,
    );
    assert.match(await echo('<a/>', { 'content-type': 'application/xml' }), /<a\/>/);
  });

  it('answer handshakes without a run, and start none for GET', async () => {
    const { id, webhookUrl } = await publish();
    const challenge = await post(webhookUrl, '{"type":"url_verification","challenge":"abc"}');
    assert.deepEqual(await challenge.json(), { challenge: 'abc' });
    assert.equal((await fetch(webhookUrl)).status, 405);
    assert.equal(await runs(id), 0);
  });

  it('list what came in, and replay it', async () => {
    const { id, webhookUrl } = await publish();
    await post(webhookUrl, '{"n":1}');
    const { body: page } = await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}`);
    assert.equal(page.items[0].status, 'accepted');
    const replayed = await hookloom.call('POST', `/v1/webhook-events/${page.items[0].id}/replay`, {});
    assert.equal(replayed.status, 202, JSON.stringify(replayed.body));
    assert.equal(await runs(id), 2);
  });

  it('take the old secret beside the new one for as long as they overlap', async () => {
    const { id, webhookUrl } = await publish();
    const rotated = await hookloom.call('POST', `/v1/workflows/${id}/webhook/rotate`, { overlapSeconds: 60 });
    assert.equal(rotated.status, 200, JSON.stringify(rotated.body));
    assert.equal((await post(webhookUrl, '{}')).status, 202);
    assert.equal((await post(rotated.body.url, '{}')).status, 202);
    await hookloom.call('POST', `/v1/workflows/${id}/webhook/rotate`, { overlapSeconds: 0 });
    assert.equal((await post(rotated.body.url, '{}')).status, 404);
  });
});
