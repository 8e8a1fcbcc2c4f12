import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { createSigningKey, createSigningSecret, signHook } from '../../src/outbound/signing/sign-hook.ts';
import { HookVerificationError, verifyHook } from '../../src/outbound/signing/verify-hook.ts';
import type { HookToVerify, HookVerificationCode } from '../../src/outbound/signing/verify-hook.ts';
import vectors from './signature-vectors.json' with { type: 'json' };

const now = new Date('2026-11-24T10:15:30Z');
const timestampSeconds = now.getTime() / 1000;
const secret = createSigningSecret();
const { privateKey, publicKey } = createSigningKey();
const event = { id: 'evt_1', type: 'run.succeeded', data: { sequence: 7, text: 'grüße' } };
const payload = JSON.stringify(event);
const signed = (more: object = {}) =>
  signHook({ id: event.id, timestampSeconds, body: payload, secrets: [secret], ...more });

function refused(given: Partial<HookToVerify>, code: HookVerificationCode): void {
  assert.throws(
    () => verifyHook({ payload, headers: signed(), secrets: secret, now, ...given }),
    (error: unknown) => error instanceof HookVerificationError && error.code === code,
    code,
  );
}

describe('verifying a hook', () => {
  for (const { name, key, publicKey: verifyKey, signature, ...hook } of vectors) {
    it(`takes the known signature: ${name}`, () => {
      const headers = {
        'webhook-id': hook.id,
        'webhook-timestamp': String(hook.timestamp),
        'webhook-signature': signature,
      };
      const at = new Date(hook.timestamp * 1000);
      const given = { payload: hook.body, headers, secrets: verifyKey ?? key, now: at };
      assert.deepEqual(verifyHook(given), JSON.parse(hook.body));
      refused({ ...given, payload: hook.body.replace('"', "'") }, 'no_matching_signature');
    });
  }

  it('takes what the reference implementation has signed', () => {
    const headers = {
      'webhook-id': event.id,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': new Webhook(secret).sign(event.id, now, payload),
    };
    assert.deepEqual(verifyHook({ payload, headers, secrets: secret, now }), event);
  });

  it('takes bytes and text, and headers in any case, of Node or of fetch', () => {
    const bytes = new TextEncoder().encode(`..${payload}`).subarray(2);
    const upper = Object.fromEntries(
      Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), value]),
    );
    for (const headers of [signed(), upper, new Headers(signed())]) {
      assert.deepEqual(verifyHook({ payload: bytes, headers, secrets: [secret], now }), event);
    }
  });

  it('takes any of several secrets and keys, old or new, on either side', () => {
    const other = createSigningSecret();
    const both = signed({ secrets: [secret, other], privateKeys: [privateKey] });
    for (const one of [secret, other, publicKey])
      assert.deepEqual(verifyHook({ payload, headers: both, secrets: one, now }), event);
    assert.deepEqual(
      verifyHook({ payload, headers: signed(), secrets: [other, publicKey, secret], now }),
      event,
    );
    refused({ secrets: [other, createSigningKey().publicKey] }, 'no_matching_signature');
  });

  it('refuses what is older or newer than the tolerance, to the second', () => {
    const at = (offset: number) => new Date(now.getTime() + offset * 1000);
    for (const offset of [300, -300])
      assert.deepEqual(verifyHook({ payload, headers: signed(), secrets: secret, now: at(offset) }), event);
    refused({ now: at(301) }, 'too_old');
    refused({ now: at(-301) }, 'too_new');
    refused({ now: at(11), toleranceSeconds: 10 }, 'too_old');
  });

  it('refuses another id, another time, another body and another kind of signature', () => {
    const mac = signed()['webhook-signature'].slice('v1,'.length);
    const headers = (more: object) => ({ headers: { ...signed(), ...more } });
    refused(headers({ 'webhook-id': 'evt_2' }), 'no_matching_signature');
    refused(headers({ 'webhook-timestamp': String(timestampSeconds + 1) }), 'no_matching_signature');
    refused({ payload: payload.replace('7', '8') }, 'no_matching_signature');
    for (const signature of [`v2,${mac}`, `v1a,${mac}`, `v1,${mac.slice(4)}`, 'v1,', mac, 'v1,%%%'])
      refused(headers({ 'webhook-signature': signature }), 'no_matching_signature');
    refused(
      { ...headers({ 'webhook-signature': `v1,${mac}` }), secrets: publicKey },
      'no_matching_signature',
    );
  });

  it('says what is missing or wrong', () => {
    for (const name of Object.keys(signed()))
      refused({ headers: { ...signed(), [name]: undefined } }, 'missing_header');
    refused({ headers: { ...signed(), 'webhook-id': ['a', 'b'] } }, 'invalid_header');
    for (const timestamp of ['soon', '-1', '1e9', '17000000000000000'])
      refused({ headers: { ...signed(), 'webhook-timestamp': timestamp } }, 'invalid_header');
    refused({ payload: event as unknown as string }, 'invalid_payload');
    for (const wrong of [[], '', 'whsec_short', 'whpk_short', undefined as unknown as string])
      refused({ secrets: wrong }, 'invalid_secret');
    const headers = signHook({ id: event.id, timestampSeconds, body: 'no json', secrets: [secret] });
    refused({ payload: 'no json', headers }, 'invalid_payload');
  });
});
