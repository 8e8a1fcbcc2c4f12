import assert from 'node:assert/strict';
import {
  checkCustomHeaders,
  isProtectedHeader,
  withoutProtected,
} from '../../src/outbound/egress/protected-headers.ts';
import { signHook } from '../../src/outbound/signing/sign-hook.ts';

const spellings = [
  (name: string) => name,
  (name: string) => name.toUpperCase(),
  (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()),
];
const signed = Object.keys(
  signHook({ id: 'evt_1', timestampSeconds: 1, body: '{}', secrets: [`whsec_${'A'.repeat(32)}`] }),
);
/** Source of the last: RFC 9110 §7.6.1, and what HTTP/1.1 clients set themselves. */
const names = [
  ...signed,
  ...['hookloom-delivery-id', 'hookloom-attempt', 'hookloom-replay', 'hookloom-anything', 'webhook-anything'],
  ...['user-agent', 'host', 'content-type', 'content-length', 'content-encoding', 'content-anything'],
  ...[
    'connection',
    'keep-alive',
    'proxy-connection',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'expect',
  ],
  ...['proxy-authenticate', 'proxy-authorization'],
];

describe('custom headers of an endpoint', () => {
  for (const name of names)
    it(`never set ${name}, however it is written`, () => {
      for (const spell of spellings) {
        assert.ok(isProtectedHeader(spell(name)), spell(name));
        assert.throws(() => checkCustomHeaders({ ok: '1', [spell(name)]: 'mine' }), /cannot be replaced/);
        assert.deepEqual(withoutProtected({ 'x-ok': '1', [spell(name)]: 'mine' }), { 'x-ok': '1' });
      }
    });

  it('never begin another header, and are of the characters that a header may have', () => {
    for (const name of [
      '',
      ' webhook-id',
      'webhook-id ',
      'webhook-id:',
      'a\r\nwebhook-id',
      'webhook\u0000-id',
      'wébhook',
    ])
      assert.throws(() => checkCustomHeaders({ [name]: 'x' }), /no header name/, JSON.stringify(name));
    for (const value of ['a\r\nwebhook-id: mine', 'a\nb', 'a\rb', 'nul\u0000', 'umläut'])
      assert.throws(() => checkCustomHeaders({ 'x-own': value }), /visible ASCII/, JSON.stringify(value));
  });

  it('set everything else', () => {
    const own = {
      Authorization: 'Bearer x',
      'X-Team': 'ledger',
      accept: '*/*',
      webhookid: '1',
      'x-webhook-id': '2',
    };
    checkCustomHeaders(own);
    assert.deepEqual(withoutProtected(own), own);
  });
});
