import assert from 'node:assert/strict';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('bad input', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  before(async () => (hookloom = await startHookloom({}, { worker: false })));
  after(() => hookloom?.stop());

  const log = { type: 'log', payload: { message: 'x' } };
  const cases: [name: string, nodes: object, pointer: string][] = [
    [
      'an unknown node type',
      { root: { type: 'webhook', children: ['a'] }, a: { type: 'nonsense' } },
      '/definition/nodes/a/type',
    ],
    [
      'an unknown child',
      { root: { type: 'webhook', children: ['nobody'] } },
      '/definition/nodes/root/children/0',
    ],
    [
      'a cycle',
      {
        root: { type: 'webhook', children: ['a'] },
        a: { ...log, children: ['b'] },
        b: { ...log, children: ['a'] },
      },
      '/definition/nodes',
    ],
  ];
  for (const [name, nodes, pointer] of cases) {
    it(`names the place of ${name}`, async () => {
      const { status, body, headers } = await hookloom.call('POST', '/v1/workflows', {
        name: 'bad',
        definition: { nodes },
      });
      assert.equal(status, 400);
      assert.match(headers.get('content-type') ?? '', /application\/problem\+json/);
      assert.ok(
        body.errors.some((error: { pointer: string }) => error.pointer.startsWith(pointer)),
        JSON.stringify(body),
      );
    });
  }

  it('refuses malformed JSON, on the API and on a webhook', async () => {
    const api = await hookloom.call('POST', '/v1/workflows', '{"name": ');
    assert.equal(api.status, 400);
    assert.equal(api.body.type, '/problems/invalid-json');
    const { webhookUrl } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['a'] }, a: log },
    });
    const webhook = await hookloom.call('POST', webhookUrl, '{"event": ');
    assert.equal(webhook.status, 400);
    assert.equal(webhook.body.type, '/problems/invalid-json');
  });

  it('refuses a body over the limit and an unknown secret', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['a'] }, a: log },
    });
    assert.equal(
      (await hookloom.call('POST', webhookUrl, JSON.stringify('x'.repeat(11 * 1024 * 1024)))).status,
      413,
    );
    assert.equal((await hookloom.call('POST', '/v1/webhooks/nobody-knows-this-secret', {})).status, 404);
  });

  it('refuses a missing and a wrong key', async () => {
    for (const authorization of ['', 'Bearer hl_wrong', 'Basic abc']) {
      const { status, body } = await hookloom.call('GET', '/v1/workflows', undefined, { authorization });
      assert.equal(status, 401);
      assert.equal(body.type, '/problems/unauthorized');
    }
  });
});
