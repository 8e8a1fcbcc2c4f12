import assert from 'node:assert/strict';
import { request } from 'node:http';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { openSocket } from '../support/raw-socket.ts';

/** Status, headers and parsed body of the first answer in what a server sent. */
function readAnswer(text: string) {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => {
      const end = line.indexOf(':');
      return [line.slice(0, end).toLowerCase(), line.slice(end + 1).trim()];
    }),
  );
  return { status: Number(start.split(' ')[1]), headers, body };
}

describe('the edge of the API', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  let webhookUrl: string;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
    ({ webhookUrl } = await hookloom.publish({ nodes: { root: { type: 'webhook' } } }));
  });
  after(() => hookloom?.stop());

  const send = async (text: string) => {
    const { socket, closed } = await openSocket(hookloom.url);
    socket.write(text);
    return readAnswer(await closed);
  };
  const assertOurs = (answer: ReturnType<typeof readAnswer>, status: number) => {
    assert.equal(answer.status, status, answer.body);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    assert.match(answer.headers['x-request-id'] ?? '', /^req_/);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.match(answer.headers['content-security-policy'] ?? '', /default-src 'none'/);
    assert.equal(answer.headers['cache-control'], 'no-store');
    const problem = JSON.parse(answer.body);
    assert.deepEqual([problem.status, problem.instance], [status, answer.headers['x-request-id']]);
    return problem;
  };
  const close = 'host: x\r\nconnection: close\r\n';

  const unread: [name: string, text: string, status: number, code: string][] = [
    ['what is no HTTP', 'NONSENSE\r\n\r\n', 400, 'invalid-request'],
    ['a header that is none', `GET / HTTP/1.1\r\n${close}bad header\r\n\r\n`, 400, 'invalid-request'],
    ['no host', 'GET /livez HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'invalid-request'],
    ['an expectation', `POST / HTTP/1.1\r\n${close}expect: 200-ok\r\n\r\n`, 417, 'expectation-failed'],
    [
      'too many headers',
      `GET / HTTP/1.1\r\n${close}x-long: ${'x'.repeat(17_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['a tunnel', `CONNECT x:80 HTTP/1.1\r\n${close}\r\n`, 405, 'method-not-allowed'],
    ['a malformed target', `GET http://[::x/livez HTTP/1.1\r\n${close}\r\n`, 400, 'invalid-request'],
  ];
  for (const [name, text, status, code] of unread) {
    it(`answers ${name} itself (fault 42)`, async () => {
      assert.equal(assertOurs(await send(text), status).type, `/problems/${code}`);
    });
  }

  it('answers unknown routes and methods as every refusal (fault 41)', async () => {
    for (const path of ['/nothing', '/v1', '/v1/workflow', '//', '/%', '*'])
      assertOurs(await send(`GET ${path} HTTP/1.1\r\n${close}\r\n`), 404);
    const problem = assertOurs(await send(`PATCH /v1/workflows HTTP/1.1\r\n${close}\r\n`), 405);
    assert.equal(problem.type, '/problems/method-not-allowed');
  });

  it('names the methods that a resource takes; a written-out path is no id (fault 52)', async () => {
    const cases: [method: string, path: string, status: number, allow: string][] = [
      ['DELETE', '/v1/runs', 405, 'GET, HEAD, OPTIONS'],
      ['TRACE', '/v1/runs', 405, 'GET, HEAD, OPTIONS'],
      ['TRACE', '/v1/workflows/any', 405, 'DELETE, GET, HEAD, OPTIONS, PUT'],
      ['OPTIONS', '/v1/deliveries', 204, 'GET, HEAD, OPTIONS'],
      ['DELETE', '/v1/deliveries', 405, 'GET, HEAD, OPTIONS'],
      ['GET', '/v1/workflows/validate', 405, 'OPTIONS, POST'],
      ['TRACE', new URL(webhookUrl).pathname, 405, 'POST'],
    ];
    for (const [method, path, status, allow] of cases) {
      const answer = await send(`${method} ${path} HTTP/1.1\r\n${close}\r\n`);
      assert.deepEqual([answer.status, answer.headers['allow']], [status, allow], `${method} ${path}`);
    }
  });

  it('takes a target in absolute form', async () => {
    assert.equal((await send(`GET http://x/livez HTTP/1.1\r\n${close}\r\n`)).status, 200);
  });

  it('never writes the secret of a URL to the log, however the path is spelled (fault 34)', async () => {
    const api = await hookloom.startApi({ env: { LOG_LEVEL: 'trace' } });
    const { port } = new URL(api.url);
    const secret = new URL(webhookUrl).pathname.split('/').at(-1) ?? '';
    const targets = [
      `http://[::x/v1/webhooks/${secret}`,
      `/v1/webhooks%2f${secret}`,
      `/v1/webhook/${secret}`,
      `/v1\\webhooks\\${secret}`,
      `/V1/Webhooks/${secret}`,
      `//v1/webhooks/${secret}`,
      `/v1/resume/${secret}`,
      `/v1/webhooks/${secret}/`,
      `/v1/webhooks/${secret}?x=1`,
      `/${secret}`,
      `/v1/workflows/${secret}`,
    ];
    for (const path of targets) {
      const answer = await new Promise<string>((resolve, reject) => {
        const sent = request({ port, path: '/x', method: 'POST', agent: false }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve(Buffer.concat(chunks).toString()));
        });
        sent.path = path;
        sent.on('error', reject).end();
      });
      assert.ok(!answer.includes(secret), path);
    }
    await api.stop();
    assert.match(api.output(), /"path":"\/v1\/webhooks\/…"/);
    assert.match(api.output(), /"path":"\/v1\/webhook\/…"/);
    assert.ok(!api.output().includes(secret), 'the log holds the secret');
  });

  it('promises HTTPS only where there is HTTPS', async () => {
    const plain = await fetch(`${hookloom.url}/livez`);
    assert.equal(plain.headers.get('strict-transport-security'), null);
    assert.ok(!plain.headers.get('content-security-policy')?.includes('upgrade-insecure-requests'));
    const api = await hookloom.startApi({ env: { PUBLIC_URL: 'https://hooks.example' } });
    const secure = await fetch(`${api.url}/livez`);
    assert.match(secure.headers.get('strict-transport-security') ?? '', /max-age=\d+/);
    assert.match(secure.headers.get('content-security-policy') ?? '', /upgrade-insecure-requests/);
    await api.stop();
  });

  it('lets the reader of an answer to a body that is too large read it', async () => {
    const { status, body } = await hookloom.call('POST', '/v1/workflows', ' '.repeat(3 * 1024 * 1024));
    assert.deepEqual([status, body.type], [413, '/problems/payload-too-large']);
  });

  it('keeps the digits of numbers in API bodies (fault 8)', async () => {
    const values = '{"id":7615917337495251231,"n":1e400,"small":12}';
    const nodes = `{"root":{"type":"manual","children":["a"]},"a":{"type":"set","payload":{"values":${values}}}}`;
    const created = await hookloom.call(
      'POST',
      '/v1/workflows',
      `{"name":"x","definition":{"nodes":${nodes}}}`,
    );
    const { body } = await hookloom.call('GET', `/v1/workflows/${created.body.id}`);
    assert.deepEqual(body.definition.nodes.a.payload.values, {
      id: '7615917337495251231',
      n: '1e400',
      small: 12,
    });
  });

  it('says what is missing in words of its own (fault 54)', async () => {
    const { status, body } = await hookloom.call('POST', '/v1/api-keys');
    assert.equal(status, 400);
    assert.deepEqual(body.errors, [
      { pointer: '/name', detail: 'name: expected a text; it is missing' },
      { pointer: '/scopes', detail: 'scopes: expected a list; it is missing' },
    ]);
  });

  it('keeps the metrics of all organizations to operators', async () => {
    const { body } = await hookloom.call('POST', '/v1/api-keys', { name: 'x', scopes: ['admin'] });
    const authorization = `Bearer ${body.apiKey}`;
    assert.equal((await hookloom.call('GET', '/metrics', undefined, { authorization })).status, 403);
    assert.equal((await hookloom.call('GET', '/metrics')).status, 200);
  });

  it('never loses the last key that may make keys, also when all are revoked at once (fault 37)', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { body } = await hookloom.call('POST', '/v1/organizations', { name: `round ${round}` });
      const first = { authorization: `Bearer ${body.apiKey}` };
      const more = await hookloom.call('POST', '/v1/api-keys', { name: 'x', scopes: ['admin'] }, first);
      const second = { authorization: `Bearer ${more.body.apiKey}` };
      const { items } = (await hookloom.call('GET', '/v1/api-keys', undefined, first)).body;
      const firstId = items.find((key: { id: string }) => key.id !== more.body.id).id;
      const answers = await Promise.all([
        hookloom.call('DELETE', `/v1/api-keys/${firstId}`, undefined, first),
        hookloom.call('DELETE', `/v1/api-keys/${more.body.id}`, undefined, second),
      ]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 409]);
    }
  });
});
