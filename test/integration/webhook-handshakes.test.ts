import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { countRuns } from '../support/read-events.ts';

const secret = 'a-secret-of-the-sender';
const hmac = (text: string, encoding: 'hex' | 'base64') =>
  createHmac('sha256', secret).update(text).digest(encoding);
const json = { 'content-type': 'application/json' };

/** What a provider asks, and what is right to answer. */
interface Asked {
  name: string;
  webhook: object;
  query?: string;
  ask: () => RequestInit;
  answer: { status: number; body: string; headers?: Record<string, string> };
}

const challenge =
  '{"token":"t","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}';

describe('the handshake of an incoming webhook', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
  });
  after(() => hookloom?.stop());

  const publish = (webhook: object) =>
    hookloom.publish({ nodes: { root: { type: 'webhook' } } }, { webhook });
  const runs = (workflowId: string) => countRuns(hookloom.db, workflowId);
  const inbox = async (workflowId: string) =>
    (await hookloom.call('GET', `/v1/webhook-events?workflowId=${workflowId}`)).body.items as any[];

  const handshakes: Asked[] = [
    {
      name: 'slack',
      webhook: { verification: { type: 'slack', secret } },
      ask: () => {
        const now = String(Math.floor(Date.now() / 1_000));
        const signature = `v0=${hmac(`v0:${now}:${challenge}`, 'hex')}`;
        const headers = { ...json, 'x-slack-request-timestamp': now, 'x-slack-signature': signature };
        return { method: 'POST', headers, body: challenge };
      },
      answer: {
        status: 200,
        body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
      },
    },
    {
      name: 'github',
      webhook: { verification: { type: 'github', secret } },
      ask: () => {
        const body = '{"zen":"Design for failure.","hook_id":1}';
        const headers = { 'x-github-event': 'ping', 'x-hub-signature-256': `sha256=${hmac(body, 'hex')}` };
        return { method: 'POST', headers: { ...json, ...headers }, body };
      },
      answer: { status: 200, body: '{"message":"pong"}' },
    },
    {
      name: 'meta',
      webhook: { handshake: { verifyToken: 'meatyhamhock' } },
      query: '?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock',
      ask: () => ({ method: 'GET' }),
      answer: { status: 200, body: '1158201444', headers: { 'content-type': 'text/plain; charset=utf-8' } },
    },
    {
      name: 'x',
      webhook: {
        verification: {
          type: 'hmac',
          secret,
          header: 'x-twitter-webhooks-signature',
          algorithm: 'sha256',
          encoding: 'base64',
          prefix: 'sha256=',
        },
      },
      query: '?crc_token=9b4507b3-9040-4669-9ca3-6b94edb50553',
      ask: () => ({ method: 'GET' }),
      answer: {
        status: 200,
        body: `{"response_token":"sha256=${hmac('9b4507b3-9040-4669-9ca3-6b94edb50553', 'base64')}"}`,
      },
    },
    {
      name: 'graph',
      webhook: {},
      query: '?validationToken=Validation%3A%20Testing%20client%20application',
      ask: () => ({ method: 'POST', headers: { 'content-type': 'text/plain; charset=utf-8' } }),
      answer: {
        status: 200,
        body: 'Validation: Testing client application',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      },
    },
    {
      name: 'cloudevents',
      webhook: {},
      ask: () => ({
        method: 'OPTIONS',
        headers: { 'webhook-request-origin': 'eventemitter.example.com', 'webhook-request-rate': '120' },
      }),
      answer: {
        status: 200,
        body: '',
        headers: { 'webhook-allowed-origin': 'eventemitter.example.com', 'webhook-allowed-rate': '*' },
      },
    },
  ];
  for (const { name, webhook, query = '', ask, answer } of handshakes) {
    it(`is answered without a run, and listed: ${name}`, async () => {
      const { id, webhookUrl } = await publish(webhook);
      const got = await fetch(webhookUrl + query, ask());
      assert.equal(got.status, answer.status);
      assert.equal(await got.text(), answer.body);
      for (const [header, value] of Object.entries(answer.headers ?? {}))
        assert.equal(got.headers.get(header), value);
      assert.equal(await runs(id), 0);
      const [row] = await inbox(id);
      assert.equal(row.status, 'handshake');
      assert.equal(row.reason, name);
    });
  }

  const refused: [what: string, webhook: object, query: string, request: RequestInit, status: number][] = [
    [
      'of Slack without a signature',
      { verification: { type: 'slack', secret } },
      '',
      { method: 'POST', headers: json, body: challenge },
      401,
    ],
    [
      'of Meta with another token',
      { handshake: { verifyToken: 'meatyhamhock' } },
      '?hub.mode=subscribe&hub.challenge=1&hub.verify_token=other',
      { method: 'GET' },
      403,
    ],
    [
      'of Meta where no token is set',
      {},
      '?hub.mode=subscribe&hub.challenge=1&hub.verify_token=',
      { method: 'GET' },
      405,
    ],
    [
      'of X where the secret is of another preset',
      { verification: { type: 'github', secret } },
      '?crc_token=a',
      { method: 'GET' },
      405,
    ],
    [
      'of GitHub without a signature',
      { verification: { type: 'github', secret } },
      '',
      { method: 'POST', headers: { ...json, 'x-github-event': 'ping' }, body: '{}' },
      401,
    ],
  ];
  for (const [what, webhook, query, request, status] of refused) {
    it(`is refused, and listed: ${what}`, async () => {
      const { id, webhookUrl } = await publish(webhook);
      assert.equal((await fetch(webhookUrl + query, request)).status, status);
      assert.equal(await runs(id), 0);
      assert.equal((await inbox(id))[0].status, 'rejected');
    });
  }

  it('keeps its token out of the inbox', async () => {
    const { id, webhookUrl } = await publish({ handshake: { verifyToken: 'meatyhamhock' } });
    await fetch(`${webhookUrl}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhock`);
    const [row] = await hookloom.db.collection('webhookEvents').find({ workflowId: id }).toArray();
    assert.ok(!JSON.stringify(row).includes('meatyhamhock'));
  });

  it('is not needed: GET and HEAD start a run only where they are configured', async () => {
    const { id, webhookUrl } = await publish({});
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const answer = await fetch(webhookUrl, { method });
      assert.equal(answer.status, 405, method);
      assert.equal(answer.headers.get('allow'), 'POST');
    }
    assert.equal(await runs(id), 0);
    const open = await publish({ methods: ['GET', 'HEAD'] });
    for (const method of ['GET', 'HEAD'])
      assert.equal((await fetch(`${open.webhookUrl}?n=1`, { method })).status, 202, method);
    assert.equal((await fetch(open.webhookUrl, { method: 'POST' })).status, 405);
    assert.equal(await runs(open.id), 2);
  });
});
