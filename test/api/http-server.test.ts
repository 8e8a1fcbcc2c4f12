import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpServer } from '../../src/api/routing/http-server.ts';
import { eventually } from '../support/eventually.ts';
import { openSocket, statusesOf } from '../support/raw-socket.ts';
import type { RawSocket } from '../support/raw-socket.ts';

/** Reads the whole body, then answers how long it was. */
function answerSize(request: IncomingMessage, response: ServerResponse): void {
  let size = 0;
  request.on('data', (chunk: Buffer) => (size += chunk.length));
  request.on('end', () => response.end(String(size)));
  request.on('error', () => response.destroy());
}

describe('the HTTP server', function () {
  this.timeout(60_000);
  let server: Server;
  let url: string;

  before(async () => {
    server = createHttpServer(answerSize, { headersMs: 300, requestMs: 900, checkEveryMs: 50 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const starts: [string, string][] = [
    ['in its headers', 'POST / HTTP/1.1\r\nhost: x\r\nx-slow: '],
    ['in its body', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n'],
    ['in its chunks', 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n186a0\r\n'],
  ];
  for (const [where, start] of starts) {
    it(`cuts off a sender that is slow ${where}, and serves others meanwhile`, async () => {
      const slow = await Promise.all(Array.from({ length: 30 }, () => openSocket(url)));
      const drip = ({ socket }: RawSocket) => void socket.write('a');
      for (const { socket } of slow) socket.write(start);
      const timer = setInterval(() => slow.forEach(drip), 40);
      try {
        assert.equal(await (await fetch(url, { method: 'POST', body: 'hello' })).text(), '5');
        for (const text of await Promise.all(slow.map(({ closed }) => closed)))
          assert.deepEqual(statusesOf(text), [408]);
      } finally {
        clearInterval(timer);
      }
    });
  }

  it('has limits when none are chosen', () => {
    const plain = createHttpServer(answerSize);
    assert.equal(plain.headersTimeout, 10_000);
    assert.equal(plain.requestTimeout, 60_000);
  });

  it('answers 431 to headers of more than 16 KiB, however they are cut', async () => {
    const long = 'x'.repeat(17 * 1024);
    const many = Array.from({ length: 300 }, (_, index) => `x-${index}: ${'y'.repeat(60)}\r\n`).join('');
    for (const headers of [`x-long: ${long}\r\n`, many]) {
      const { socket, closed } = await openSocket(url);
      socket.write(`GET / HTTP/1.1\r\nhost: x\r\n${headers}\r\n`);
      assert.deepEqual(statusesOf(await closed), [431]);
    }
    const fits = await fetch(url, { headers: { 'x-long': 'x'.repeat(12 * 1024) } });
    assert.equal(fits.status, 200);
  });

  it('keeps a connection between requests', async () => {
    const { socket, received } = await openSocket(url);
    const ask = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nok';
    socket.write(ask + ask);
    await eventually(() => assert.deepEqual(statusesOf(received()), [200, 200]));
    socket.end();
  });
});
