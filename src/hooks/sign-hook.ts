import { createHmac, createPrivateKey, randomBytes, sign } from 'node:crypto';

/** What is signed. */
export interface HookToSign {
  /** `webhook-id`: the event's id, the same on every attempt. Neither it nor the timestamp may hold a dot. */
  id: string;
  /** Epoch seconds of this attempt. */
  timestampSeconds: number;
  /** The body exactly as it is sent. */
  body: string;
  /** Live `whsec_…` secrets, newest first: each signs. */
  secrets: readonly string[];
  /** Live `whsk_…` Ed25519 private keys: each signs. */
  privateKeys?: readonly string[];
}

const secretPrefix = 'whsec_';
const privatePrefix = 'whsk_';

/** Shortest and longest signing secret, in bytes. Source: Standard Webhooks 1.0. */
export const secretBytes = { min: 24, max: 64, created: 32 } as const;

/** A new signing secret: `whsec_` and base64 of 32 random bytes. */
export function createSigningSecret(): string {
  return secretPrefix + randomBytes(secretBytes.created).toString('base64');
}

/** The bytes of a signing secret. @throws RangeError unless they are 24 to 64 */
export function parseSigningSecret(secret: string): Buffer {
  const bytes = Buffer.from(secret.replace(secretPrefix, ''), 'base64');
  if (bytes.length < secretBytes.min || bytes.length > secretBytes.max) {
    throw new RangeError(
      `a signing secret has ${secretBytes.min} to ${secretBytes.max} bytes; this one has ${bytes.length}`,
    );
  }
  return bytes;
}

/** The Standard Webhooks headers of an attempt. Source: Standard Webhooks 1.0, signature scheme. */
export function signHook(
  hook: HookToSign,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const { id, timestampSeconds, body, secrets, privateKeys = [] } = hook;
  const content = `${id}.${timestampSeconds}.${body}`;
  const signatures = [
    ...secrets.map(
      (secret) => `v1,${createHmac('sha256', parseSigningSecret(secret)).update(content).digest('base64')}`,
    ),
    ...privateKeys.map(
      (key) => `v1a,${sign(null, Buffer.from(content), parsePrivateKey(key)).toString('base64')}`,
    ),
  ];
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  };
}

/** Prefix of a PKCS #8 document that holds an Ed25519 seed. Source: RFC 8410 §7. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

function parsePrivateKey(text: string) {
  const seed = Buffer.from(text.replace(privatePrefix, ''), 'base64').subarray(0, 32);
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
}
