import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { verificationTypes } from '../../src/api/workflows/webhook/verification-types.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startInProcess } from '../support/in-process.ts';
import type { InProcess } from '../support/in-process.ts';

const secret = 'Zq9-do-not-repeat-me-77';
/** A secret in every wrong type, and in wrong places of the right one. */
const wrong: unknown[] = [
  secret,
  7_713_377_177,
  [secret],
  [[secret]],
  [secret, 7_713_377_177],
  Array(6).fill(secret),
  secret.repeat(30),
  { [`is`]: secret },
  { value: { secret } },
  [{ secret }],
  null,
];

const types = verificationTypes();
/** Every member that holds a secret in some type of verification, by the schema itself. */
const secretMembers = [
  ...new Set(
    types.flatMap(({ settings }) =>
      Object.keys(settings.properties).filter((name) => settings.properties[name]?.writeOnly),
    ),
  ),
];

/** What a type needs beside its secrets, so that nothing else is wrong. */
function besides({ type, settings }: (typeof types)[number]): Record<string, unknown> {
  const { required = [], properties } = settings as {
    required?: string[];
    properties: Record<string, { enum?: unknown[]; writeOnly?: boolean }>;
  };
  const open = required.filter((name) => name !== 'type' && properties[name]?.writeOnly !== true);
  const header = 'header' in properties ? { header: 'x-sign' } : {};
  return {
    ...header,
    ...Object.fromEntries(open.map((name) => [name, properties[name]?.enum?.[0] ?? 'x-sign'])),
    type,
  };
}

describe('a secret in a request that is refused', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let api: InProcess;
  let workflow: { id: string; webhookUrl: string };
  before(async () => {
    hookloom = await startHookloom({ LOG_LEVEL: 'trace' }, { api: false, worker: false });
    const started = await startInProcess('api', hookloom.env);
    hookloom.url = started.url;
    api = started;
    workflow = await hookloom.publish({ nodes: { root: { type: 'webhook' } } });
  });
  after(async () => {
    await api?.stop();
    await hookloom?.stop();
  });

  const create = (webhook: unknown) =>
    hookloom.call('POST', '/v1/workflows', {
      name: 'x',
      definition: { nodes: { root: { type: 'webhook' } } },
      webhook,
    });

  it('is said by the schema of each type that has one', () => {
    assert.deepEqual([...secretMembers].sort(), ['password', 'secret', 'secrets', 'token', 'tokens']);
    const without = types.filter(({ settings }) =>
      secretMembers.every((name) => !(name in settings.properties)),
    );
    assert.deepEqual(
      without.map(({ type }) => type),
      ['none', 'ip'],
    );
  });

  for (const type of types)
    it(`is repeated by no answer about verification by ${type.type}, in whatever place and type (fault 35)`, async () => {
      const rest = besides(type);
      for (const name of secretMembers)
        // Here a name, too, is what was to be the secret.
        for (const value of [...wrong, { [secret]: true }]) {
          const body = { verification: { ...rest, [name]: value } };
          const put = await hookloom.call('PUT', `/v1/workflows/${workflow.id}/webhook`, body);
          assertSilent(body, put.body);
          assertAnswer(put, '/verification');
          if (!(name in type.settings.properties)) continue;
          const post = await create(body);
          assertSilent(body, post.body);
          assertAnswer(post, '/webhook/verification');
        }
    });

  it('is repeated by no answer about a webhook’s other settings, and in none of their places (fault 35)', async () => {
    const settings = [
      ...wrong.map((verification) => ({ verification })),
      ...wrong.map((value) => ({ verification: { type: value, secret: value } })),
      ...wrong.map((value) => ({ handshake: value })),
      ...wrong.map((value) => ({ handshake: { verifyToken: value } })),
    ];
    for (const body of settings) {
      const put = await hookloom.call('PUT', `/v1/workflows/${workflow.id}/webhook`, body);
      const post = await create(body);
      assert.ok([200, 400].includes(put.status));
      assertSilent(body, put.body, post.body);
    }
    for (const webhook of wrong)
      assertSilent(webhook, (await hookloom.call('POST', '/v1/workflows', { name: 'x', webhook })).body);
  });

  it('is repeated by no answer about credentials and endpoints (fault 35)', async () => {
    const cases = wrong.flatMap((value): [path: string, body: unknown][] => [
      ['/v1/credentials', { name: 'x', value }],
      ['/v1/credentials', { name: 'x', value: 'abcd', secret: value }],
      ['/v1/credentials', value],
      ['/v1/execution-webhooks', { name: 'x', url: 'https://x.example/', signingSecret: value }],
      ['/v1/execution-webhooks', { name: 'x', url: 'https://x.example/', headers: { 'x-api-key': value } }],
      ['/v1/execution-webhooks', { name: 'x', url: 'https://x.example/', headers: { 'x-own': [value] } }],
      ['/v1/execution-webhooks', { name: 'x', url: 'https://x.example/', headers: value }],
      ['/v1/api-keys', { name: 'x', scopes: ['read'], key: value }],
    ]);
    for (const [path, body] of cases) {
      const { status, body: answer } = await hookloom.call('POST', path, body);
      if (status < 400) continue;
      assertSilent(body, answer);
    }
  });

  it('is repeated by no answer to broken JSON, on the API and on a webhook', async () => {
    const { webhookUrl } = await hookloom.publish({ nodes: { root: { type: 'webhook' } } });
    for (const text of [`{"value":"${secret}"`, `{"value":${secret}}`, `${secret}`, `["${secret}",]`]) {
      const api = await hookloom.call('POST', '/v1/credentials', text);
      const webhook = await hookloom.call('POST', webhookUrl, text);
      assert.deepEqual([api.status, webhook.status], [400, 400]);
      assertSilent(text, api.body, webhook.body);
    }
    const { body } = await hookloom.call('POST', '/v1/credentials', '{\n"a": x}');
    assert.equal(body.detail, 'The body is not valid JSON: it breaks at line 2, column 6.');
    const { items } = (await hookloom.call('GET', '/v1/webhook-events?status=rejected')).body;
    assertSilent('inbox', items);
  });

  it('stands in no line of the log', async () => {
    const { headers } = await hookloom.call('POST', '/v1/credentials', { name: 'x', value: { secret } });
    const output = await eventually(() => {
      const lines = api.output();
      assert.ok(lines.includes(headers.get('x-request-id') ?? 'no id in the answer'), 'it has no line');
      return lines;
    });
    assertSilent('log', output);
  });

  /** A refusal names the place; what is accepted is accepted. */
  function assertAnswer({ status, body }: { status: number; body: any }, place: string): void {
    assert.ok([200, 201, 400].includes(status), `${status} ${JSON.stringify(body)}`);
    if (status !== 400) return;
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    assert.ok(pointers.length > 0 && pointers.every((one: string) => one.startsWith(place)), `${pointers}`);
  }

  function assertSilent(asked: unknown, ...answers: unknown[]): void {
    for (const answer of answers) {
      const text = JSON.stringify(answer);
      for (const part of [secret, '7713377177'])
        assert.ok(!text.includes(part), `${JSON.stringify(asked)} is answered ${text}`);
    }
  }
});

describe('credentials that come in on a webhook', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
  });
  after(() => hookloom?.stop());

  it('are not recorded, by their names in the query and the headers (fault 36)', async () => {
    const { webhookUrl } = await hookloom.publish({ nodes: { root: { type: 'webhook' } } });
    const members = [
      ...['token', 'auth', 'jwt', 'hmac', 'authorization', 'webhook_token', 'X-Amz-Signature'],
      ...['x-goog-signature', 'AWSAccessKeyId', 'sig', 'apiKey', 'api_key', 'hub.verify_token'],
      ...['client_secret', 'access%5Ftoken', 'user[password]', 'sign', 'X-Amz-Security-Token'],
    ];
    const headers = ['api-key', 'x-access-key', 'x-auth', 'x-jwt', 'ocp-apim-subscription-key', 'x-sign'];
    const query = members.map((name) => `${name}=${secret}`).join('&');
    const answer = await fetch(`${webhookUrl}?plain=kept&keyboard=kept2&design=kept3&${query}`, {
      method: 'POST',
      headers: {
        ...Object.fromEntries(headers.map((name) => [name, secret])),
        referer: `https://shop.example/x?token=${secret}&plain=kept4`,
        'x-plain': 'kept5',
      },
      body: '',
    });
    assert.equal(answer.status, 202);
    const { eventId, runIds } = (await answer.json()) as { eventId: string; runIds: string[] };
    const shown = JSON.stringify([
      (await hookloom.call('GET', `/v1/webhook-events/${eventId}`)).body,
      (await hookloom.call('GET', `/v1/runs/${runIds[0]}`)).body,
      (await hookloom.call('GET', `/v1/runs/${runIds[0]}/events`)).body,
      await hookloom.db.collection('runs').findOne({}),
    ]);
    assert.ok(!shown.includes(secret), shown);
    for (const text of ['kept', 'kept2', 'kept3', 'kept4', 'kept5']) assert.ok(shown.includes(text), text);
  });

  it('cannot be made by asking for the answer to a challenge (fault 33)', async () => {
    const verification = {
      type: 'hmac',
      secret: 'the-secret-of-x',
      header: 'x-twitter-webhooks-signature',
      algorithm: 'sha256',
      encoding: 'base64',
      prefix: 'sha256=',
    };
    const { webhookUrl } = await hookloom.publish(
      { nodes: { root: { type: 'webhook' } } },
      { webhook: { verification } },
    );
    const types = ['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream'];
    const tokens = ['amount=500', '500', 'true', 'a-token', 'bnVsbA=='];
    for (const token of tokens) {
      const asked = await fetch(`${webhookUrl}?crc_token=${encodeURIComponent(token)}`);
      assert.equal(asked.status, 200);
      const { response_token: signature } = (await asked.json()) as { response_token: string };
      for (const type of [...types, 'application/json', 'application/x-ndjson']) {
        const headers = { 'content-type': type, 'x-twitter-webhooks-signature': signature };
        const posted = await fetch(webhookUrl, { method: 'POST', headers, body: token });
        assert.equal(posted.status, 401, `${token} as ${type}`);
      }
    }
    for (const token of ['{"a":1}', '{}'])
      assert.equal((await fetch(`${webhookUrl}?crc_token=${encodeURIComponent(token)}`)).status, 405);
    const body = '{"for_user_id":"1"}';
    const signature = createHmac('sha256', verification.secret).update(body).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'x-twitter-webhooks-signature': `sha256=${signature}`,
    };
    assert.equal((await fetch(webhookUrl, { method: 'POST', headers, body })).status, 202);
  });
});
