import { createPublicKey, verify } from 'node:crypto';
import { keyPrefixes } from '../../../outbound/signing/sign-hook.ts';
import { hmacOf, isAnySignature, noMatch, staleReason } from './signature.ts';
import type { SignedRequest } from './signature.ts';

const form = { algorithm: 'sha256', encoding: 'base64' } as const;
/** Most signatures that are looked at: each costs a check of every public key. */
const maxSignatures = 20;

/**
 * Why the request is not signed by the scheme of Standard Webhooks 1.0; `undefined` when it is. The signature is over
 * `<id>.<timestamp>.<body>`; several may stand in the header, separated by spaces: `v1,…` of a secret, `v1a,…` of a public
 * key (`whpk_…`). The headers may have Svix's names.
 */
export function verifyStandardWebhooks(
  { headers, bytes, receivedAt }: SignedRequest,
  given: { secrets: readonly string[]; toleranceSeconds: number },
): string | undefined {
  const named = (name: string) => headers[`webhook-${name}`] ?? headers[`svix-${name}`];
  const [id, timestamp, signature] = [named('id'), named('timestamp'), named('signature')];
  if (!id || !signature)
    return 'expected the headers webhook-id, webhook-timestamp and webhook-signature, or those of svix-…';
  // The parts are joined by dots: one inside them would let a signature speak for another message.
  if (id.includes('.')) return 'expected an id without a dot';
  const stale = staleReason(timestamp, receivedAt, given.toleranceSeconds);
  if (stale) return stale;
  const signatures = signature.split(/\s+/).slice(0, maxSignatures);
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), bytes]);
  const [publicKeys, secrets] = [given.secrets.filter(isPublic), given.secrets.filter(isSecret)];
  const isSigned = [
    isSignedBySecret(signatures, secrets, content),
    isSignedByKey(signatures, publicKeys, content),
  ];
  return isSigned.includes(true) ? undefined : noMatch;
}

function isPublic(key: string): boolean {
  return key.startsWith(keyPrefixes.publicKey);
}

function isSecret(key: string): boolean {
  return !isPublic(key);
}

function isSignedBySecret(
  signatures: readonly string[],
  secrets: readonly string[],
  content: Buffer,
): boolean {
  const expected = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(keyPrefixes.secret, ''), 'base64');
    return hmacOf(key, form, [content]);
  });
  return isAnySignature(valuesOf(signatures, 'v1,'), expected, 'base64');
}

/** Prefix of a SubjectPublicKeyInfo that holds an Ed25519 key. Source: RFC 8410 §4. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function isSignedByKey(signatures: readonly string[], keys: readonly string[], content: Buffer): boolean {
  const values = valuesOf(signatures, 'v1a,').map((text) => Buffer.from(text, 'base64'));
  return keys.some((text) => {
    const bytes = Buffer.from(text.slice(keyPrefixes.publicKey.length), 'base64');
    const key = createPublicKey({ key: Buffer.concat([spkiPrefix, bytes]), format: 'der', type: 'spki' });
    return values.some((value) => verify(null, content, key, value));
  });
}

function valuesOf(signatures: readonly string[], version: string): string[] {
  return signatures.flatMap((one) => (one.startsWith(version) ? [one.slice(version.length)] : []));
}
