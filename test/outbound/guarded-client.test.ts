import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { createGuardedClient } from '../../src/outbound/egress/guarded-client.ts';
import type { Resolver } from '../../src/outbound/egress/guarded-agent.ts';

const base = {
  method: 'POST',
  headers: {},
  body: Buffer.from('{}'),
  deadlineMs: 300,
  maxResponseBytes: 1_000,
  onOverflow: 'truncate' as const,
  followRedirects: 0,
};

describe('the deadline and the connections of the guarded client', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      if ('closeAllConnections' in server) (server as any).closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  async function listen(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  const clientFor = (port: number, resolver: Resolver = async () => ['127.0.0.1']) =>
    createGuardedClient({ egressAllow: [`hooks.example:${port}`], resolver });

  async function endsInTime(client: ReturnType<typeof createGuardedClient>, url: string): Promise<void> {
    const from = performance.now();
    await assert.rejects(client.request({ ...base, url }), { type: 'timeout' });
    const tookMs = performance.now() - from;
    assert.ok(tookMs >= base.deadlineMs - 20, `after ${tookMs} ms`);
    assert.ok(tookMs < base.deadlineMs + 5_000, `after ${tookMs} ms`);
    await client.close();
  }

  it('end a name that is never resolved', async () => {
    await endsInTime(
      clientFor(443, () => new Promise(() => {})),
      'https://hooks.example/',
    );
  });

  it('end a connection that never speaks TLS', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const port = await listen(createTcpServer((socket) => void sockets.add(socket.on('error', () => {}))));
    await endsInTime(clientFor(port), `https://hooks.example:${port}/`);
    for (const socket of sockets) socket.destroy();
  });

  it('end redirects that go on and on, all of them together', async () => {
    const respond = (_: unknown, response: ServerResponse) =>
      void setTimeout(() => response.writeHead(307, { location: '/again' }).end(), 40);
    const port = await listen(createServer(respond));
    const client = clientFor(port);
    const url = `http://hooks.example:${port}/`;
    await assert.rejects(client.request({ ...base, url, followRedirects: 1_000 }), { type: 'timeout' });
    await client.close();
  });

  it('judge a name anew at every connection: it may lead elsewhere by then', async () => {
    let requests = 0;
    const port = await listen(
      createServer((_, response) => {
        requests += 1;
        response.writeHead(204, { connection: 'close' }).end();
      }),
    );
    let calls = 0;
    const client = clientFor(port, async () => {
      calls += 1;
      return [calls === 1 ? '127.0.0.1' : '169.254.169.254'];
    });
    const url = `http://hooks.example:${port}/`;
    assert.equal((await client.request({ ...base, deadlineMs: 5_000, url })).status, 204);
    const second = client.request({ ...base, deadlineMs: 5_000, url });
    await assert.rejects(second, { type: 'dns_failure' });
    assert.deepEqual([requests, calls], [1, 2]);
    await client.close();
  });

  it('use no proxy of the environment', async () => {
    let proxied = 0;
    const proxy = await listen(
      createServer((_, response) => void response.writeHead(502).end(String((proxied += 1)))),
    );
    const port = await listen(createServer((_, response) => void response.writeHead(204).end()));
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = `http://127.0.0.1:${proxy}`;
    try {
      const client = clientFor(port);
      const answer = await client.request({
        ...base,
        deadlineMs: 5_000,
        url: `http://hooks.example:${port}/`,
      });
      assert.deepEqual([answer.status, proxied], [204, 0]);
      await client.close();
    } finally {
      names.forEach((name, index) => {
        if (before[index] === undefined) delete process.env[name];
        else process.env[name] = before[index];
      });
    }
  });
});
