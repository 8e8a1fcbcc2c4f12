import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createGuardedClient } from '../../src/outbound/egress/guarded-client.ts';
import type { GuardedClient, GuardedRequest } from '../../src/outbound/egress/guarded-client.ts';
import type { GuardedRequestError } from '../../src/outbound/egress/guarded-error.ts';
import { selfSigned } from './self-signed.ts';

const base = {
  method: 'POST',
  headers: {},
  body: Buffer.from('{}'),
  deadlineMs: 10_000,
  maxResponseBytes: 1_000,
  onOverflow: 'truncate' as const,
  followRedirects: 0,
};
const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 10\r\n\r\n';

describe('a request that comes to nothing says which step failed (fault 45)', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  let client: GuardedClient;
  before(() => {
    client = createGuardedClient({
      egressAllow: ['127.0.0.1', 'hooks.example', 'unknown.example', 'slow.example'],
      resolver: (host) => {
        if (host === 'slow.example') return new Promise(() => {});
        if (host === 'hooks.example') return Promise.resolve(['127.0.0.1']);
        return Promise.reject(Object.assign(new Error(`getaddrinfo ${host}`), { code: 'ENOTFOUND' }));
      },
    });
  });
  after(async () => {
    await client.close();
    for (const socket of sockets) socket.destroy();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  });

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    server.on('connection', (socket: Socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  const onRequest = (answer: (socket: Socket) => void) =>
    listen(createTcpServer((socket) => void socket.on('error', () => {}).once('data', () => answer(socket))));
  const serve = (listener: RequestListener) => listen(createServer(listener));

  async function failureOf(url: string, more: Partial<GuardedRequest> = {}): Promise<GuardedRequestError> {
    return client.request({ ...base, url, ...more }).then(
      ({ status }) => assert.fail(`answered ${status}`),
      (error: GuardedRequestError) => error,
    );
  }

  it('a name that is not known, and one that leads to a denied address, in the same words', async () => {
    const unknown = await failureOf('https://unknown.example/');
    const denied = createGuardedClient({ egressAllow: [], resolver: async () => ['10.0.0.1'] });
    const blocked = await denied.request({ ...base, url: 'https://inside.example/' }).then(
      () => assert.fail(),
      (error: GuardedRequestError) => error,
    );
    await denied.close();
    for (const { type, message, details, answer } of [unknown, blocked])
      assert.deepEqual(
        { type, message, details, answer },
        {
          type: 'dns_failure',
          message: 'the name could not be resolved',
          details: {},
          answer: undefined,
        },
      );
    assert.equal((await failureOf('https://10.0.0.1/')).type, 'address_denied');
    assert.equal((await failureOf('https://localhost/')).type, 'dns_failure');
  });

  it('a refused connection, a closed one, one that speaks no HTTP', async () => {
    const port = await listen(createTcpServer());
    const closed = servers.pop();
    await new Promise((resolve) => closed?.close(resolve));
    const refused = await failureOf(`http://127.0.0.1:${port}/`);
    assert.deepEqual([refused.type, refused.details], ['connection_refused', { reason: 'ECONNREFUSED' }]);
    const reset = await failureOf(`http://127.0.0.1:${await onRequest((socket) => socket.destroy())}/`);
    assert.equal(reset.type, 'connection_reset');
    const ssh = await onRequest((socket) => void socket.end('SSH-2.0-nothing\r\n'));
    assert.equal((await failureOf(`http://127.0.0.1:${ssh}/`)).type, 'network');
  });

  it('a certificate that is not trusted, of another name, and no TLS at all, each with its reason', async () => {
    const port = await listen(createTlsServer(selfSigned, (_, response) => void response.end()));
    const untrusted = await failureOf(`https://hooks.example:${port}/`);
    assert.equal(untrusted.type, 'tls_error');
    assert.equal(untrusted.details.reason, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    assert.match(untrusted.message, /the certificate is signed by itself/);
    const plain = await onRequest((socket) => void socket.end(head));
    const none = await failureOf(`https://hooks.example:${plain}/`);
    assert.deepEqual([none.type, none.answer], ['tls_error', undefined]);
  });

  it('an answer that breaks off, with the status and what had come of it', async () => {
    const port = await onRequest((socket) => void socket.end(`${head}half`));
    const { type, answer } = await failureOf(`http://127.0.0.1:${port}/`);
    assert.equal(type, 'response_truncated');
    assert.deepEqual([answer?.status, answer?.body.toString(), answer?.truncated], [200, 'half', true]);
    assert.equal(answer?.remoteAddress, '127.0.0.1');
  });

  it('a time-out, with the phase: name, TLS, headers, body', async () => {
    const soon = { deadlineMs: 300 };
    const silent = await listen(createTcpServer((socket) => void socket.on('error', () => {})));
    const stuck = await onRequest((socket) => void socket.write(`${head}half`));
    const phases = [
      await failureOf('https://slow.example/', soon),
      await failureOf(`https://hooks.example:${silent}/`, soon),
      await failureOf(`http://127.0.0.1:${silent}/`, soon),
      await failureOf(`http://127.0.0.1:${stuck}/`, soon),
    ];
    assert.deepEqual(
      phases.map(({ type, details }) => [type, details.phase]),
      ['dns', 'tls', 'headers', 'body'].map((phase) => ['timeout', phase]),
    );
    assert.deepEqual(
      phases.map(({ answer }) => answer?.status),
      [undefined, undefined, undefined, 200],
    );
    assert.match(phases[3]?.message ?? '', /the answer had not ended/);
  });

  it('keeps what is like a credential from another origin (fault 39)', async () => {
    let seen: IncomingHttpHeaders = {};
    const other = await serve(({ headers }, response) => {
      seen = headers;
      response.end();
    });
    const first = await serve((_, response) => {
      response.writeHead(307, { location: `http://hooks.example:${other}/` }).end();
    });
    const headers = {
      'proxy-authorization': 'Basic x',
      authorization: 'Bearer x',
      'x-api-key': 'k',
      'api-key': 'k',
      'x-access-key': 'k',
      'x-auth': 'k',
      'x-jwt': 'k',
      'x-hub-signature': 's',
      cookie: 'c',
      'x-team': 'ledger',
      'x-author': 'me',
    };
    await client.request({ ...base, url: `http://127.0.0.1:${first}/`, headers, followRedirects: 1 });
    assert.equal(seen.host, `hooks.example:${other}`);
    const came = Object.keys(headers).filter((name) => name in seen);
    assert.deepEqual(came, ['x-team', 'x-author']);
  });
});
