import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkUrl, denialOf, parseEgressAllow } from '../../src/outbound/egress/address-guard.ts';
import { createGuardedClient } from '../../src/outbound/egress/guarded-client.ts';

const vectors = JSON.parse(
  readFileSync(new URL('./address-vectors.json', import.meta.url), 'utf8'),
) as Record<'deniedAddresses' | 'allowedAddresses' | 'deniedUrls' | 'allowedUrls', string[]>;

const metadata = ['169.254.169.254', '169.254.170.2', '168.63.129.16', '100.100.100.200', 'fd00:ec2::254'];

describe('the address guard', () => {
  for (const address of vectors.deniedAddresses)
    it(`refuses ${address}`, () => assert.equal(typeof denialOf(address), 'string'));
  for (const address of vectors.allowedAddresses)
    it(`lets ${address} be reached`, () => assert.equal(denialOf(address), undefined));
  for (const url of vectors.deniedUrls)
    it(`refuses ${url}`, () => assert.throws(() => checkUrl(url, { allow: [] }), TypeError));
  for (const url of vectors.allowedUrls)
    it(`takes ${url}`, () => assert.ok(checkUrl(url, { allow: [] }) instanceof URL));

  it('makes exceptions by address, range, name and port, and never for metadata', () => {
    assert.ok(checkUrl('http://127.0.0.1:9000/', { allow: ['127.0.0.1:9000'] }));
    assert.ok(checkUrl('http://[::1]:9000/', { allow: ['[::1]:9000'] }));
    assert.ok(checkUrl('http://localhost:9000/', { allow: ['localhost:9000'] }));
    assert.ok(checkUrl('https://10.9.8.7/', { allow: ['10.0.0.0/8'] }));
    assert.throws(() => checkUrl('http://127.0.0.1:9001/', { allow: ['127.0.0.1:9000'] }));
    assert.throws(() => checkUrl('http://127.0.0.2:9000/', { allow: ['127.0.0.1:9000'] }));
    assert.throws(() => parseEgressAllow(['']), TypeError);
    const everything = parseEgressAllow(['0.0.0.0/0', '::/0']);
    for (const address of metadata) assert.equal(denialOf(address, everything), 'metadata service');
  });
});

describe('the guarded client', () => {
  const base = {
    method: 'POST',
    headers: {},
    body: Buffer.from('{}'),
    deadlineMs: 5_000,
    maxResponseBytes: 1_000,
    onOverflow: 'truncate' as const,
    followRedirects: 0,
  };

  /** A receiver on a name that only the given answers know. */
  async function withReceiver(
    answersOf: (port: number) => (calls: number) => string[],
    test: (
      port: number,
      client: ReturnType<typeof createGuardedClient>,
      count: () => number,
    ) => Promise<void>,
  ): Promise<void> {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    let calls = 0;
    const answers = answersOf(port);
    const client = createGuardedClient({
      egressAllow: [`hooks.example:${port}`],
      resolver: async () => answers((calls += 1)),
    });
    try {
      await test(port, client, () => requests);
    } finally {
      await client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  it('connects to what the resolver answers for a name that is excepted, and follows no redirect unasked', () =>
    withReceiver(
      () => () => ['127.0.0.1'],
      async (port, client, count) => {
        const answer = await client.request({ ...base, url: `http://hooks.example:${port}/` });
        assert.deepEqual([answer.status, answer.remoteAddress, count()], [302, '127.0.0.1', 1]);
      },
    ));

  it('refuses a redirect to a loopback address', () =>
    withReceiver(
      () => () => ['127.0.0.1'],
      async (port, client, count) => {
        const url = `http://hooks.example:${port}/`;
        await assert.rejects(client.request({ ...base, url, followRedirects: 5 }), {
          type: 'address_denied',
        });
        assert.equal(count(), 1);
      },
    ));

  for (const [what, answers] of [
    ['a name that leads to a private address', ['10.0.0.1']],
    ['a name of which one answer is private', ['93.184.216.34', '127.0.0.1']],
    ['a name that leads to metadata', ['169.254.169.254']],
    ['a name that leads to a mapped loopback address', ['::ffff:127.0.0.1']],
  ] as const) {
    it(`refuses ${what}, and says to tenants what it says of the unreachable`, async () => {
      const client = createGuardedClient({ egressAllow: [], resolver: async () => [...answers] });
      const request = client.request({ ...base, url: 'https://rebound.example/' });
      await assert.rejects(request, { type: 'dns_failure' });
      await client.close();
    });
  }
});
