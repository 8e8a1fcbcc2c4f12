import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What is signed. */
export interface HookToSign {
  /** `webhook-id`: the event's id, the same on every attempt. Neither it nor the timestamp may hold a dot. */
  id: string;
  /** Epoch seconds of this attempt. */
  timestampSeconds: number;
  /** The body exactly as it is sent. */
  body: string | Uint8Array;
  /** Live `whsec_…` secrets, newest first: each signs. */
  secrets: readonly string[];
  /** Live `whsk_…` Ed25519 private keys, newest first: each signs. */
  privateKeys?: readonly string[];
}

/** What keys begin with, by what they are. Source: Standard Webhooks 1.0, signature scheme. */
export const keyPrefixes = { secret: 'whsec_', privateKey: 'whsk_', publicKey: 'whpk_' } as const;

/** Shortest and longest signing secret, in bytes. Source: Standard Webhooks 1.0. */
export const secretBytes = { min: 24, max: 64, created: 32 } as const;

/** Bytes of an Ed25519 seed and of a public key. Source: RFC 8032 §5.1. */
const ed25519Bytes = 32;

/** A new signing secret: `whsec_` and base64 of 32 random bytes. */
export function createSigningSecret(): string {
  return keyPrefixes.secret + randomBytes(secretBytes.created).toString('base64');
}

/** The bytes of a signing secret, with or without `whsec_`. @throws RangeError unless they are 24 to 64 of base64 */
export function parseSigningSecret(secret: string): Buffer {
  const text = secret.startsWith(keyPrefixes.secret) ? secret.slice(keyPrefixes.secret.length) : secret;
  const bytes = parseBase64(text);
  if (bytes === undefined || bytes.length < secretBytes.min || bytes.length > secretBytes.max) {
    const { min, max } = secretBytes;
    throw new RangeError(`expected ${keyPrefixes.secret} and the base64 of ${min} to ${max} bytes`);
  }
  return bytes;
}

/** The bytes of base64 text, padded or not; `undefined` when it is none. */
export function parseBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** A new Ed25519 key pair as Standard Webhooks writes them: `whsk_…` signs, `whpk_…` is for receivers. */
export function createSigningKey(): { privateKey: string; publicKey: string } {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const text = (part: string) => Buffer.from(part, 'base64url').toString('base64');
  return { privateKey: keyPrefixes.privateKey + text(d), publicKey: keyPrefixes.publicKey + text(x) };
}

/** The Standard Webhooks headers of an attempt. Source: Standard Webhooks 1.0, signature scheme. */
export function signHook(
  hook: HookToSign,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const { id, timestampSeconds, body, secrets, privateKeys = [] } = hook;
  const content = Buffer.concat([Buffer.from(`${id}.${timestampSeconds}.`), Buffer.from(body)]);
  const signatures = [
    ...secrets.map(
      (secret) => `v1,${createHmac('sha256', parseSigningSecret(secret)).update(content).digest('base64')}`,
    ),
    ...privateKeys.map((key) => `v1a,${sign(null, content, parsePrivateKey(key)).toString('base64')}`),
  ];
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  };
}

/** Prefix of a PKCS #8 document that holds an Ed25519 seed. Source: RFC 8410 §7. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** `whsk_` is followed by the seed alone, or by the seed and the public key. */
function parsePrivateKey(text: string) {
  const seed = Buffer.from(text.replace(keyPrefixes.privateKey, ''), 'base64').subarray(0, ed25519Bytes);
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
}
