import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { senderAddress } from '../../src/api/routing/sender-address.ts';

const trusted = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'];
const request = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

describe('the address of a sender', () => {
  const cases: [says: string, peer: string, headers: Record<string, string>, address: string][] = [
    ['of a connection without a proxy', '203.0.113.9', { 'x-forwarded-for': '198.51.100.1' }, '203.0.113.9'],
    ['behind one proxy', '10.0.0.1', { 'x-forwarded-for': '198.51.100.1' }, '198.51.100.1'],
    ['behind two', '10.0.0.1', { 'x-forwarded-for': '198.51.100.1, 192.0.2.7' }, '198.51.100.1'],
    [
      'not of what a sender made up',
      '10.0.0.1',
      { 'x-forwarded-for': '1.1.1.1, 198.51.100.1' },
      '198.51.100.1',
    ],
    ['of a proxy that names nobody', '10.0.0.1', {}, '10.0.0.1'],
    ['of a proxy that names what is no address', '10.0.0.1', { 'x-forwarded-for': '1.1.1.1, x' }, '10.0.0.1'],
    ['mapped into IPv6', '::ffff:10.0.0.1', { 'x-forwarded-for': '::ffff:198.51.100.1' }, '198.51.100.1'],
    ['with a port', '10.0.0.1', { 'x-forwarded-for': '198.51.100.1:4711' }, '198.51.100.1'],
    ['in Forwarded', '10.0.0.1', { forwarded: 'for="[2001:db9::1]:80";proto=https' }, '2001:db9::1'],
    ['in Forwarded, twice', '2001:db8::1', { forwarded: 'for=198.51.100.1, for=192.0.2.7' }, '198.51.100.1'],
    ['of a trusted sender', '10.0.0.1', { 'x-forwarded-for': '10.0.0.3, 10.0.0.2' }, '10.0.0.3'],
  ];
  for (const [says, peer, headers, address] of cases) {
    it(`is that ${says}`, () => assert.equal(senderAddress(request(peer, headers), trusted), address));
  }

  it('is that of the connection where no proxy is trusted', () => {
    assert.equal(senderAddress(request('10.0.0.1', { 'x-forwarded-for': '198.51.100.1' }), []), '10.0.0.1');
  });
});
