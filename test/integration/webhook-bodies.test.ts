import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import fc from 'fast-check';
import { findWebhookEvent } from '../../src/store/inbox/find-webhook-event.ts';
import { unpackBody } from '../../src/store/inbox/webhook-events.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';

describe('the body of an incoming webhook', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let api: HookloomProcess & { url: string };
  before(async () => {
    hookloom = await startHookloom({}, { api: false });
    api = await hookloom.startApi();
    hookloom.url = api.url;
  });
  after(() => hookloom?.stop());

  const publish = (webhook: object = {}) =>
    hookloom.publish(
      {
        nodes: {
          root: { type: 'webhook', children: ['out'] },
          out: { type: 'output', payload: { value: '{{$trigger.body}}' } },
        },
      },
      { webhook },
    );
  const post = (url: string, body: string | Buffer, headers: Record<string, string>) =>
    fetch(url, { method: 'POST', body: typeof body === 'string' ? body : new Uint8Array(body), headers });
  const rowOf = async (eventId: string) => {
    const organization = await hookloom.db.collection<{ _id: string }>('organizations').findOne();
    const row = await findWebhookEvent(hookloom.db, organization?._id ?? '', eventId);
    return row ?? assert.fail(`no row ${eventId}`);
  };

  const cases: [what: string, type: string, body: string | Buffer, expected: unknown][] = [
    [
      'JSON in latin-1',
      'application/json; charset=iso-8859-1',
      Buffer.from('{"a":"é"}', 'latin1'),
      { a: 'é' },
    ],
    [
      'a form in latin-1',
      'application/x-www-form-urlencoded; charset=latin1',
      'a=%E9&a=b',
      { a: ['é', 'b'] },
    ],
    ['text in UTF-16', 'text/plain', Buffer.from('\ufeffhé', 'utf16le'), 'hé'],
    [
      'XML by its own declaration',
      'application/xml',
      Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>', 'latin1'),
      '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>',
    ],
    [
      'multipart',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\n' +
        'content-disposition: form-data; name="f"; filename="t.txt"\r\ncontent-type: text/plain\r\n\r\nhi\r\n--x--\r\n',
      {
        fields: { a: '1' },
        files: [{ field: 'f', filename: 't.txt', contentType: 'text/plain', base64: 'aGk=' }],
      },
    ],
    ['nothing', 'application/json', '', null],
    [
      'names that objects have',
      'application/json',
      '{"__proto__":{"x":1},"constructor":2}',
      JSON.parse('{"__proto__":{"x":1},"constructor":2}'),
    ],
  ];
  for (const [what, type, body, expected] of cases) {
    it(`is read whole: ${what}`, async () => {
      const { webhookUrl } = await publish({ respond: 'result' });
      const answer = await post(webhookUrl, body, { 'content-type': type });
      const text = await answer.text();
      assert.equal(answer.status, 200, text);
      const isText = typeof expected === 'string';
      assert.deepEqual(isText && !text.startsWith('"') ? text : JSON.parse(text), expected);
    });
  }

  it('is kept in the inbox when its request is refused', async () => {
    const { id, webhookUrl } = await publish({ methods: ['PUT'] });
    assert.equal((await post(webhookUrl, '{"kept":1}', { 'content-type': 'application/json' })).status, 405);
    const { body } = await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}`);
    assert.equal(body.items[0].status, 'rejected');
    assert.equal(String(await unpackBody((await rowOf(body.items[0].id)).body)), '{"kept":1}');
    const later = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
    const none = await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}&since=${later}`);
    assert.deepEqual(none.body.items, []);
  });

  it('survives whatever comes: no fault of ours, and every accepted byte is kept', async () => {
    const { webhookUrl } = await publish({ respond: 'immediate' });
    const types = [
      'application/json',
      'application/json; charset=utf-16',
      'text/plain; charset=nonsense',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'multipart/form-data',
      'application/xml',
      'application/octet-stream',
      'application/cloudevents+json',
      ';;;',
      'image/png',
    ];
    const body = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Buffer.from(text)),
      fc.constantFrom('{', '[', '"', '--b\r\n', '%', '%zz=%', '<?xml').map((text) => Buffer.from(text)),
    );
    const encoding = fc.constantFrom('', '', '', 'gzip', 'br', 'nonsense');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), body, encoding, async (type, bytes, contentEncoding) => {
        const headers = {
          'content-type': type,
          ...(contentEncoding ? { 'content-encoding': contentEncoding } : {}),
        };
        const answer = await post(webhookUrl, bytes, headers);
        const text = await answer.text();
        assert.ok([202, 400, 413, 415].includes(answer.status), `${answer.status}: ${text}`);
        if (answer.status !== 202) return;
        const { eventId } = JSON.parse(text);
        assert.deepEqual(Buffer.from(await unpackBody((await rowOf(eventId)).body)), bytes);
      }),
      { numRuns: 300, seed: 20 },
    );
    assert.equal((await fetch(`${hookloom.url}/livez`)).status, 200);
  });

  it('does not bring the secret of its URL into the log, however the path is written', async () => {
    const { webhookUrl } = await publish();
    const secret = webhookUrl.split('/').at(-1) ?? '';
    const { port } = new URL(webhookUrl);
    for (const path of [`/v1/webhooks/${secret}`, `/V1/WEBHOOKS/${secret}`, `//v1/webhooks/${secret}`]) {
      await new Promise<void>((resolve, reject) => {
        const sent = request({ port, path, method: 'POST' }, (answer) => answer.resume().on('end', resolve));
        sent.on('error', reject).end(randomBytes(4).toString('hex'));
      });
    }
    assert.ok(!api.output().includes(secret));
    const rows = await hookloom.db.collection('webhookEvents').find().toArray();
    assert.ok(!JSON.stringify(rows).includes(secret));
  });
});
