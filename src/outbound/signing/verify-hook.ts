/** `hookloom/verify`: what a receiver in Node needs, and nothing else. Source: Standard Webhooks 1.0, verification. */
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { TypedEvent } from '../../engine/log/event.schema.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import { keyPrefixes, parseBase64, parseSigningSecret } from './sign-hook.ts';

export type { EventType };

/** An event as a hook carries it: a union that `type` tells apart. Expect types that you do not know. */
export type HookEvent<Type extends EventType = EventType> = TypedEvent<Type>;

/** Why a hook was refused. */
export type HookVerificationCode =
  | 'missing_header'
  | 'invalid_header'
  | 'too_old'
  | 'too_new'
  | 'no_matching_signature'
  | 'invalid_payload'
  | 'invalid_secret';

/** A hook that is not to be believed; `invalid_secret` alone is a mistake on your side. No message holds a secret. */
export class HookVerificationError extends Error {
  readonly code: HookVerificationCode;

  constructor(code: HookVerificationCode, message: string) {
    super(message);
    this.name = 'HookVerificationError';
    this.code = code;
  }
}

/** What came in, and what it is verified with. */
export interface HookToVerify {
  /** The body as it came, before any parsing. */
  payload: Uint8Array | string;
  /** The request's headers: Node's, those of `fetch`, or any object of them; names in any case. */
  headers: Headers | Record<string, string | readonly string[] | undefined>;
  /** `whsec_…` secrets and `whpk_…` public keys; one signature by one of them is enough. */
  secrets: string | readonly string[];
  /** How far `webhook-timestamp` may be off, in both directions, in seconds. Default 300. */
  toleranceSeconds?: number;
  /** Default: the clock. */
  now?: Date;
}

/** More than any sender has live keys; more are not looked at. */
const maxSignatures = 32;

/**
 * Returns the event of a hook whose signature, of any live secret or key, and whose time are right. The bytes are
 * compared in constant time. It does not remember what came before: deduplicate by the event's `id`.
 * @throws HookVerificationError with a `code` that says why
 */
export function verifyHook<Event = HookEvent>(hook: HookToVerify): Event {
  const bytes = bytesOf(hook.payload);
  const id = headerOf(hook.headers, 'webhook-id');
  const timestamp = headerOf(hook.headers, 'webhook-timestamp');
  const signatures = headerOf(hook.headers, 'webhook-signature').split(' ').slice(0, maxSignatures);
  checkTime(timestamp, hook);
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), bytes]);
  const checks = [hook.secrets].flat().map((key) => createCheck(key, content));
  if (checks.length === 0) throw new HookVerificationError('invalid_secret', 'expected at least one secret');
  // Every pair is looked at, so that the time tells nothing about which one matched.
  const matches = checks.flatMap((check) => signatures.map(check)).filter(Boolean);
  if (matches.length === 0)
    throw new HookVerificationError('no_matching_signature', 'no signature is by one of the secrets');
  return parse(bytes) as Event;
}

function bytesOf(payload: unknown): Buffer {
  if (typeof payload === 'string') return Buffer.from(payload);
  if (payload instanceof Uint8Array)
    return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  throw new HookVerificationError(
    'invalid_payload',
    'expected the body as it came, as bytes or text; came a parsed one',
  );
}

function headerOf(headers: HookToVerify['headers'], name: string): string {
  const value =
    typeof headers.get === 'function'
      ? (headers as Headers).get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (value === undefined || value === null || value === '')
    throw new HookVerificationError('missing_header', `expected the header ${name}`);
  if (typeof value !== 'string') throw new HookVerificationError('invalid_header', `expected one ${name}`);
  return value;
}

const defaultToleranceSeconds = 300;

function checkTime(
  timestamp: string,
  { toleranceSeconds = defaultToleranceSeconds, now = new Date() }: HookToVerify,
): void {
  if (!/^\d{1,15}$/.test(timestamp))
    throw new HookVerificationError(
      'invalid_header',
      'expected webhook-timestamp in seconds since the epoch',
    );
  const ageSeconds = now.getTime() / 1000 - Number(timestamp);
  if (ageSeconds > toleranceSeconds)
    throw new HookVerificationError('too_old', `the hook is older than ${toleranceSeconds} s`);
  if (ageSeconds < -toleranceSeconds)
    throw new HookVerificationError('too_new', `the hook is more than ${toleranceSeconds} s ahead`);
}

/** Returns whether a signature such as `v1,…` is by this key over this content. */
function createCheck(key: string, content: Buffer): (signature: string) => boolean {
  const isPublic = typeof key === 'string' && key.startsWith(keyPrefixes.publicKey);
  const matches = isPublic ? ed25519Check(parsePublicKey(key), content) : hmacCheck(key, content);
  const version = isPublic ? 'v1a,' : 'v1,';
  return (signature) =>
    signature.startsWith(version) && matches(Buffer.from(signature.slice(version.length), 'base64'));
}

function hmacCheck(secret: string, content: Buffer): (signature: Buffer) => boolean {
  const expected = createHmac('sha256', parseSecret(secret)).update(content).digest();
  return (signature) => signature.length === expected.length && timingSafeEqual(signature, expected);
}

function ed25519Check(key: KeyObject, content: Buffer): (signature: Buffer) => boolean {
  return (signature) => verify(null, content, key, signature);
}

function parseSecret(secret: string): Buffer {
  try {
    return parseSigningSecret(String(secret));
  } catch (error) {
    throw new HookVerificationError('invalid_secret', (error as Error).message);
  }
}

/** Prefix of a SubjectPublicKeyInfo that holds an Ed25519 key. Source: RFC 8410 §4. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function parsePublicKey(text: string): KeyObject {
  const bytes = parseBase64(text.slice(keyPrefixes.publicKey.length));
  if (bytes?.length !== 32)
    throw new HookVerificationError(
      'invalid_secret',
      `expected ${keyPrefixes.publicKey} and the base64 of 32 bytes`,
    );
  return createPublicKey({ key: Buffer.concat([spkiPrefix, bytes]), format: 'der', type: 'spki' });
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HookVerificationError('invalid_payload', 'the body is signed, but is no JSON in UTF-8');
  }
}
