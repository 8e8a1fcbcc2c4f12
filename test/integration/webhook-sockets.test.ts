import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { openSocket, statusesOf } from '../support/raw-socket.ts';
import { countRuns } from '../support/read-events.ts';

describe('a webhook over a raw connection', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  let api: HookloomProcess & { url: string };
  let workflowId: string;
  let path: string;

  before(async () => {
    hookloom = await startHookloom({}, { api: false, worker: false });
    api = await hookloom.startApi();
    hookloom.url = api.url;
    const { id, webhookUrl } = await hookloom.publish({ nodes: { root: { type: 'webhook' } } });
    workflowId = id;
    path = new URL(webhookUrl).pathname;
  });
  after(() => hookloom?.stop());

  const head = (more: string) =>
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${more}\r\n`;
  const runs = () => countRuns(hookloom.db, workflowId);

  /** Neither a fault of ours nor a crash. */
  const assertServes = async () => {
    assert.equal((await fetch(`${api.url}/livez`)).status, 200);
    assert.equal(api.child.exitCode, null);
    assert.doesNotMatch(api.output(), /"status":500|a request failed/);
  };

  const malformed: [what: string, bytes: () => string, statuses: number[]][] = [
    ['a request line that is none', () => 'HELLO\r\n\r\n', [400]],
    ['a version that is none', () => `POST ${path} HTTP/9.x\r\nhost: x\r\n\r\n`, [400]],
    ['TLS where there is none', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', [400]],
    ['no host', () => `POST ${path} HTTP/1.1\r\ncontent-length: 0\r\n\r\n`, [400]],
    ['a chunk size that is no number', () => `${head('transfer-encoding: chunked\r\n')}zz\r\n{}\r\n`, [400]],
    [
      'a chunk longer than it says',
      () => `${head('transfer-encoding: chunked\r\n')}1\r\n{"a":1}\r\n0\r\n\r\n`,
      [400],
    ],
    ['two lengths that differ', () => `${head('content-length: 2\r\ncontent-length: 7\r\n')}{"a":1}`, [400]],
    [
      'a length and chunks',
      () => `${head('content-length: 2\r\ntransfer-encoding: chunked\r\n')}2\r\n{}\r\n0\r\n\r\n`,
      [400],
    ],
    ['a length that is no number', () => `${head('content-length: two\r\n')}{}`, [400]],
    ['a negative length', () => `${head('content-length: -2\r\n')}{}`, [400]],
    ['a header with a NUL', () => `${head('x-nul: a\0b\r\ncontent-length: 2\r\n')}{}`, [400]],
    ['a header name with a space', () => `${head('bad name: 1\r\ncontent-length: 2\r\n')}{}`, [400]],
    ['headers without an end', () => head(`x-long: ${'x'.repeat(20_000)}`), [431]],
  ];
  for (const [what, bytes, statuses] of malformed) {
    it(`is refused: ${what}`, async () => {
      const { socket, closed } = await openSocket(api.url);
      socket.write(bytes(), 'latin1');
      assert.deepEqual(statusesOf(await closed), statuses);
      assert.equal(await runs(), 0);
      await assertServes();
    });
  }

  it('starts nothing when its sender leaves in the middle, and lists it', async () => {
    const before = await hookloom.db.collection('webhookEvents').countDocuments({ workflowId });
    const half = ['content-length: 100\r\n', 'transfer-encoding: chunked\r\n'];
    for (const [index, header] of half.entries()) {
      for (const leave of ['end', 'resetAndDestroy'] as const) {
        const { socket, closed } = await openSocket(api.url);
        await new Promise((resolve) => socket.write(`${head(header)}${index ? '64\r\n' : ''}{"a":`, resolve));
        // The server has the headers before the sender is gone.
        await new Promise((resolve) => setImmediate(resolve));
        socket[leave]();
        await closed;
      }
    }
    await assertServes();
    assert.equal(await runs(), 0);
    await eventually(async () => {
      const rows = await hookloom.db.collection('webhookEvents').find({ workflowId }).skip(before).toArray();
      assert.ok(rows.length > 0);
      for (const row of rows) assert.equal(row['reason'], 'invalid-request');
    });
  });

  it('is accepted in pieces as small as they come', async () => {
    const { socket, received } = await openSocket(api.url);
    socket.setNoDelay(true);
    for (const byte of `${head('transfer-encoding: chunked\r\n')}4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n`) {
      await new Promise((resolve) => socket.write(byte, 'latin1', resolve));
    }
    await eventually(() => assert.deepEqual(statusesOf(received()), [202]));
    socket.end();
    assert.equal(await runs(), 1);
  });

  it('is accepted twice on one connection, the second sent before the first was answered', async () => {
    const before = await runs();
    const { socket, received } = await openSocket(api.url);
    const one = `${head('content-length: 7\r\n')}{"a":1}`;
    socket.write(one + one);
    await eventually(() => assert.deepEqual(statusesOf(received()), [202, 202]));
    socket.end();
    assert.equal(await runs(), before + 2);
  });
});
