import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { eventually } from '../support/eventually.ts';
import { startHookBench } from '../support/hooks.ts';
import type { HookBench } from '../support/hooks.ts';

const timeoutMs = 1_000;
const ok = (headers: string) => `HTTP/1.1 200 OK\r\n${headers}\r\n`;

interface Hostile {
  what: string;
  /** What it does with a request. */
  answer(socket: Socket): void;
  scheme?: 'https';
  status: 'success' | 'failure';
  /** Members of the one attempt. */
  attempt: Record<string, unknown>;
  error: string | null;
  details?: Record<string, string>;
}

/** Writes again and again until the peer is gone. */
function drip(socket: Socket, text: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(text), everyMs);
  socket.on('close', () => clearInterval(timer));
}

const hostiles: Hostile[] = [
  {
    what: 'never answers',
    answer: () => undefined,
    status: 'failure',
    attempt: { responseStatus: null },
    error: 'timeout',
  },
  {
    what: 'drips its headers one byte a time',
    answer: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx: ');
      drip(socket, 'y', 50);
    },
    status: 'failure',
    attempt: { responseStatus: null },
    error: 'timeout',
  },
  {
    what: 'drips its body one byte a time',
    answer: (socket) => {
      socket.write(ok('content-length: 100000\r\n'));
      drip(socket, 'y', 50);
    },
    status: 'failure',
    attempt: { responseStatus: 200, responseBodyTruncated: true },
    error: 'timeout',
    details: { phase: 'body' },
  },
  {
    what: 'sends a body without end',
    answer: (socket) => {
      socket.write(ok('content-type: text/plain\r\n'));
      drip(socket, 'z'.repeat(16 * 1024), 5);
    },
    status: 'success',
    attempt: { responseStatus: 200, responseBodyTruncated: true, responseBody: 'z'.repeat(16 * 1024) },
    error: null,
  },
  {
    what: 'sends a gzip bomb',
    answer: (socket) => {
      const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
      socket.write(ok(`content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n`));
      socket.end(bomb);
    },
    status: 'success',
    attempt: { responseStatus: 200 },
    error: null,
  },
  {
    what: 'sends headers of 100 kB',
    answer: (socket) => void socket.end(ok(`x: ${'h'.repeat(100_000)}\r\ncontent-length: 0\r\n`)),
    status: 'failure',
    attempt: { responseStatus: null },
    error: 'network',
  },
  {
    what: 'sends headers of 12 kB',
    answer: (socket) => {
      const lines = Array.from({ length: 12 }, (_, index) => `x-${index}: ${'h'.repeat(1_000)}\r\n`);
      socket.end(ok(`${lines.join('')}content-length: 0\r\n`));
    },
    status: 'success',
    attempt: { responseStatus: 200, responseHeadersTruncated: true },
    error: null,
  },
  {
    what: 'breaks off in its answer (fault 45)',
    answer: (socket) => {
      socket.end(`${ok('content-length: 10\r\n')}half`);
    },
    status: 'failure',
    attempt: { responseStatus: 200, responseBody: 'half', responseBodyTruncated: true },
    error: 'response_truncated',
  },
  {
    what: 'closes the connection without an answer (fault 45)',
    answer: (socket) => void socket.destroy(),
    status: 'failure',
    attempt: { responseStatus: null },
    error: 'connection_reset',
  },
  {
    what: 'does not speak HTTP',
    answer: (socket) => void socket.end('SSH-2.0-nothing\r\n'),
    status: 'failure',
    attempt: { responseStatus: null },
    error: 'network',
  },
  {
    what: 'speaks no TLS where it should',
    scheme: 'https',
    answer: (socket) => void socket.end(ok('content-length: 0\r\n')),
    status: 'failure',
    attempt: { responseStatus: null },
    error: 'tls_error',
  },
  {
    what: 'redirects to a loopback address',
    answer: (socket) => {
      socket.end('HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1/\r\ncontent-length: 0\r\n\r\n');
    },
    status: 'failure',
    attempt: { responseStatus: 307 },
    error: 'http_status',
  },
  {
    what: 'answers 200 with rubbish',
    answer: (socket) =>
      void socket.end(`${ok('content-length: 4\r\ncontent-type: application/json\r\n')}\x00{]\x01`),
    status: 'success',
    attempt: { responseStatus: 200, responseBody: '\x00{]\x01', responseBodyTruncated: false },
    error: null,
  },
];

describe('a receiver that', function () {
  this.timeout(120_000);
  let bench: HookBench;
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  before(async () => {
    bench = await startHookBench({ HOOKLOOM_EGRESS_ALLOW: '127.0.0.0/8' });
  });
  after(async () => {
    await bench?.stop();
    for (const socket of sockets) socket.destroy();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  });

  async function listen(answer: Hostile['answer']): Promise<string> {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).once('data', () => answer(socket));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  for (const { what, answer, scheme = 'http', status, attempt, error, details } of hostiles) {
    it(`${what} has a true record, and ends at the deadline`, async () => {
      const url = `${scheme}://${await listen(answer)}/`;
      const { id, workflowId } = await bench.createEndpoint('/hostile', { url, timeoutMs, maxRetries: 0 });
      await bench.emit(workflowId, 1);
      const delivery = await eventually(async () => {
        const [one] = await bench.deliveries(id);
        assert.ok(['success', 'failure'].includes(one?.status), one?.status);
        return one;
      }, 60_000);
      assert.equal(delivery.status, status, JSON.stringify(delivery));
      assert.equal(delivery.attempts.length, 1);
      const [made] = delivery.attempts;
      assert.equal(made.error?.type ?? null, error, JSON.stringify(made.error));
      if (details) assert.deepEqual(made.error.details, details);
      for (const [name, value] of Object.entries(attempt)) assert.deepEqual(made[name], value, name);
      assert.ok(made.durationMs < 10 * timeoutMs, `${made.durationMs} ms`);
      if (error === 'timeout') assert.ok(made.durationMs >= timeoutMs - 50, `${made.durationMs} ms`);
    });
  }

  it('is blocked by its name is told of as one whose name leads nowhere (fault 45)', async () => {
    const urls = ['https://localhost/', 'https://nobody.invalid/', 'http://169.254.169.254/'];
    // A name that led to a public address when it was saved may lead elsewhere now.
    const errors = await Promise.all(
      urls.map(async (url, index) => {
        const { id, workflowId } = await bench.createEndpoint(`/blocked-${index}`, { maxRetries: 0 });
        await bench.hookloom.db
          .collection<{ _id: string }>('endpoints')
          .updateOne({ _id: id }, { $set: { url } });
        await bench.emit(workflowId, 1);
        return eventually(async () => {
          const [one] = (await bench.hookloom.call('GET', `/v1/deliveries?endpointId=${id}`)).body.items;
          assert.equal(one?.status, 'failure');
          return one.attempts[0].error;
        }, 60_000);
      }),
    );
    assert.deepEqual(errors[0], errors[1]);
    assert.deepEqual(
      errors.map(({ type }) => type),
      ['dns_failure', 'dns_failure', 'address_denied'],
    );
  });
});
