import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import {
  createSigningKey,
  createSigningSecret,
  parseSigningSecret,
  signHook,
} from '../../src/outbound/signing/sign-hook.ts';
import vectors from './signature-vectors.json' with { type: 'json' };

const now = () => Math.floor(Date.now() / 1000);

describe('signing a hook', () => {
  for (const { name, key, id, timestamp, body, signature } of vectors) {
    it(`gives the known answer: ${name}`, () => {
      const keys = key.startsWith('whsec_') ? { secrets: [key] } : { secrets: [], privateKeys: [key] };
      const headers = signHook({ id, timestampSeconds: timestamp, body, ...keys });
      assert.deepEqual(headers, {
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signature,
      });
    });
  }

  it('signs with every live secret and key, as the reference implementation verifies', () => {
    const secrets = [createSigningSecret(), createSigningSecret()];
    const { privateKey } = createSigningKey();
    const body = JSON.stringify({ type: 'run.succeeded' });
    const headers = signHook({
      id: 'evt_1',
      timestampSeconds: now(),
      body,
      secrets,
      privateKeys: [privateKey],
    });
    assert.deepEqual(
      headers['webhook-signature'].split(' ').map((signature) => signature.split(',')[0]),
      ['v1', 'v1', 'v1a'],
    );
    for (const secret of secrets)
      assert.deepEqual(new Webhook(secret).verify(body, headers), JSON.parse(body));
    assert.throws(() => new Webhook(createSigningSecret()).verify(body, headers));
  });

  it('makes secrets of 32 random bytes', () => {
    const secrets = Array.from({ length: 100 }, createSigningSecret);
    assert.equal(new Set(secrets).size, 100);
    for (const secret of secrets) assert.equal(parseSigningSecret(secret).length, 32);
  });

  it('takes secrets of 24 to 64 bytes, and names none that it refuses', () => {
    const secretOf = (size: number) => `whsec_${Buffer.alloc(size, 7).toString('base64')}`;
    for (const size of [24, 25, 32, 63, 64]) assert.equal(parseSigningSecret(secretOf(size)).length, size);
    for (const wrong of ['', 'whsec_', 'whsec_not base64!', secretOf(23), secretOf(65)]) {
      assert.throws(
        () => parseSigningSecret(wrong),
        (error: Error) => error instanceof RangeError && (wrong.length < 7 || !error.message.includes(wrong)),
      );
    }
  });
});
