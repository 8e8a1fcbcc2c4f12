import assert from 'node:assert/strict';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('the answer of a run in a browser', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom();
  });
  after(() => hookloom?.stop());

  const nodesOf = (payload: object) => ({
    nodes: { root: { type: 'webhook', children: ['out'] }, out: { type: 'output', payload } },
  });
  const answerOf = async (payload: object) => {
    const { webhookUrl } = await hookloom.publish(nodesOf(payload), { webhook: { respond: 'result' } });
    return fetch(webhookUrl, { method: 'POST', body: '', redirect: 'manual' });
  };
  const isSaved = async (payload: object) =>
    (await hookloom.call('POST', '/v1/workflows', { name: 'x', definition: nodesOf(payload) })).status ===
    201;

  it('sends the browser where the author says (fault 12)', async () => {
    const location = 'https://shop.example/thanks';
    const answer = await answerOf({ value: null, status: 302, headers: { Location: location } });
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, location]);
    const fixed = await answerOf({ value: null, status: '{{$number("303")}}', headers: { location } });
    assert.deepEqual([fixed.status, fixed.headers.get('location')], [303, location]);
    assert.equal(await isSaved({ value: 1, status: 200, headers: { location } }), false);
    assert.equal(await isSaved({ value: 1, headers: { location } }), false);
  });

  it('lets an author’s page do nothing on the origin of the API (fault 38)', async () => {
    const headers = { 'content-type': 'text/html', 'x-own': '1' };
    const answer = await answerOf({ value: '<script>steal()</script>', headers });
    assert.equal(await answer.text(), '<script>steal()</script>');
    assert.match(answer.headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none'/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('x-own'), '1');
  });

  it('takes only headers that give the author no power over the origin (fault 38)', async () => {
    const refused = [
      ...['service-worker-allowed', 'clear-site-data', 'refresh', 'x-frame-options', 'set-cookie'],
      ...['access-control-allow-origin', 'X-Accel-Redirect', 'x-sendfile', 'content-security-policy'],
      ...['content-length', 'transfer-encoding', 'x-request-id', 'strict-transport-security', 'server'],
    ];
    for (const name of refused) {
      assert.equal(await isSaved({ value: 1, headers: { [name]: '*' } }), false, name);
      const answer = await answerOf({ value: 1, headers: `{{ {"${name}": "*"} }}` });
      assert.equal(answer.status, 502, name);
    }
  });
});
