import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Response } from 'undici';
import { createHttpRequest } from '../../src/activities/nodes/http-request.ts';
import { createSendWebhook } from '../../src/activities/nodes/send-webhook.ts';
import type { NodeContext } from '../../src/activities/node-code.ts';
import type { JsonObject } from '../../src/engine/json/json.ts';
import { createGuardedClient } from '../../src/outbound/egress/guarded-client.ts';
import type { GuardedClient } from '../../src/outbound/egress/guarded-client.ts';

describe('the bodies of http-request', () => {
  let server: Server;
  let client: GuardedClient;
  let url: string;
  let answer: { type?: string; bytes: Buffer };
  let came: { headers: IncomingHttpHeaders; bytes: Buffer };

  before(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => void chunks.push(chunk));
      request.on('end', () => {
        came = { headers: request.headers, bytes: Buffer.concat(chunks) };
        if (answer.type !== undefined) response.setHeader('content-type', answer.type);
        response.end(answer.bytes);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    client = createGuardedClient({ egressAllow: ['127.0.0.1'] });
  });
  beforeEach(() => void (answer = { bytes: Buffer.alloc(0) }));
  after(async () => {
    await client.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const contextOf = (payload: JsonObject) =>
    ({
      payload,
      attempt: { idempotencyKey: 'exe_1', number: 1, signal: new AbortController().signal },
      redact: (text: string) => text,
    }) as unknown as NodeContext;
  const send = async (payload: JsonObject) =>
    (await createHttpRequest(client)(contextOf({ url, method: 'POST', ...payload }))) as {
      value: { body: unknown };
    };
  const receive = async (type: string | undefined, bytes: Buffer | string) => {
    answer = { ...(type === undefined ? {} : { type }), bytes: Buffer.from(bytes) };
    return (await send({})).value.body;
  };
  const base64 = (contentType: string, bytes: string) => ({
    contentType,
    base64: Buffer.from(bytes, 'hex').toString('base64'),
  });

  it('are decoded by their charset, and what is no text is its bytes (fault 10)', async () => {
    const pdf = Buffer.from('25504446fffe0080', 'hex');
    assert.deepEqual(await receive('application/pdf', pdf), base64('application/pdf', '25504446fffe0080'));
    const latin = Buffer.from('48e9', 'hex');
    assert.equal(await receive('text/plain; charset=iso-8859-1', latin), 'Hé');
    assert.deepEqual(await receive('text/plain', latin), base64('text/plain', '48e9'));
    assert.deepEqual(await receive(undefined, latin), base64('application/octet-stream', '48e9'));
    assert.equal(await receive(undefined, 'Hé'), 'Hé');
    assert.equal(await receive('text/csv', Buffer.from('fffe41004200', 'hex')), 'AB');
    assert.equal(
      await receive('application/xml', '<?xml version="1.0"?><a>é</a>'),
      '<?xml version="1.0"?><a>é</a>',
    );
    const xml = Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9</a>', 'latin1');
    assert.match(String(await receive('application/soap+xml', xml)), /<a>é<\/a>/);
    const json = Buffer.from('{"a":"\xe9"}', 'latin1');
    assert.deepEqual(await receive('application/json; charset=iso-8859-1', json), { a: 'é' });
    assert.deepEqual(
      await receive('application/json', json),
      base64('application/json', json.toString('hex')),
    );
    assert.deepEqual(await receive('image/png', 'ascii'), base64('image/png', '6173636969'));
    assert.deepEqual(await receive('text/plain; charset=nope', 'x'), base64('text/plain', '78'));
    assert.equal(await receive('application/pdf', ''), null);
  });

  it('that are bytes go out as those bytes', async () => {
    const bytes = base64('application/pdf', '25504446fffe0080');
    await send({ body: bytes });
    assert.equal(came.headers['content-type'], 'application/pdf');
    assert.equal(came.bytes.toString('hex'), '25504446fffe0080');
    await send({ body: { field: 'f', filename: 'a.pdf', ...bytes }, headers: { 'Content-Type': 'x/y' } });
    assert.deepEqual([came.headers['content-type'], came.bytes.length], ['x/y', 8]);
    await assert.rejects(send({ body: { contentType: 'x/y', base64: '%%' } }), /body: expected base64/);
  });

  it('that are objects are forms where the content-type says so (fault 11)', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await send({ headers, body: { a: 'x y', b: [1, 'é'], c: null, d: { e: true } } });
    assert.equal(came.headers['content-type'], headers['content-type']);
    assert.equal(came.bytes.toString(), 'a=x+y&b=1&b=%C3%A9&d=%7B%22e%22%3Atrue%7D');
    await send({ headers, body: 'a=ready+made' });
    assert.equal(came.bytes.toString(), 'a=ready+made');
    await assert.rejects(send({ headers, body: [1] }), /body: expected an object of the fields/);
  });

  it('that are multipart have their fields and files, as such a form comes in', async () => {
    const headers = { 'content-type': 'multipart/form-data' };
    const file = { field: 'doc', filename: 'a.pdf', ...base64('application/pdf', 'fffe00') };
    await send({ headers, body: { fields: { a: 'é', b: ['1', '2'] }, files: [file] } });
    const form = await new Response(new Uint8Array(came.bytes), {
      headers: { 'content-type': came.headers['content-type'] ?? '' },
    }).formData();
    assert.deepEqual([form.get('a'), form.getAll('b')], ['é', ['1', '2']]);
    const doc = form.get('doc') as File;
    assert.deepEqual([doc.name, doc.type], ['a.pdf', 'application/pdf']);
    assert.equal(Buffer.from(await doc.arrayBuffer()).toString('hex'), 'fffe00');
    await send({ headers, body: { a: 'alone' } });
    assert.match(came.bytes.toString(), /name="a"\r\n\r\nalone\r\n/);
    await assert.rejects(send({ headers, body: { fields: {}, files: [{}] } }), /body\.files\[0\]: expected/);
  });

  for (const value of [{ a: 1 }, [1], null])
    it(`carry no header whose value is ${JSON.stringify(value)}, nor a webhook (fault 40)`, async () => {
      const expected = { error: { type: 'invalid_input' } };
      const check = (error: any) => {
        assert.equal(error.error.type, expected.error.type);
        assert.match(error.message, /headers: expected a text as the value of "x-a"/);
        return true;
      };
      await assert.rejects(send({ headers: { 'x-a': value } }), check);
      const webhook = createSendWebhook(client)(contextOf({ url, body: {}, headers: { 'x-a': value } }));
      await assert.rejects(Promise.resolve(webhook), check);
    });

  for (const name of ['Host', 'Connection', 'Transfer-Encoding', 'Content-Length', 'TE'])
    it(`never set ${name} (fault 39)`, async () => {
      await assert.rejects(send({ headers: { [name]: 'x' } }), /headers: expected none of the connection/);
    });
});
