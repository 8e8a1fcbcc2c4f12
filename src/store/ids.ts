import { createHash, randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 base32 characters (lower case RFC 4648, 130 bits) of bytes. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (let index = 0; text.length < 26; index += 1) {
    buffer = ((buffer & 31) << 8) | (bytes[index] ?? 0);
    bits += 8;
    for (; bits >= 5 && text.length < 26; bits -= 5) text += alphabet.charAt((buffer >> (bits - 5)) & 31);
  }
  return text;
}

/** The prefixes of Hookloom's ids. */
export type IdPrefix =
  | 'evt'
  | 'run'
  | 'exe'
  | 'dlv'
  | 'org'
  | 'wf'
  | 'wfv'
  | 'whe'
  | 'ep'
  | 'key'
  | 'pl'
  | 'req'
  | 'cred'
  | 'rpl'
  | 'aud'
  | 'wkr';

/** A new random id such as `run_7k2m…`. */
export function createId(prefix: IdPrefix): string {
  return `${prefix}_${base32(randomBytes(17))}`;
}

/** The id derived from the parts: the same parts always give the same id. */
export function deriveId(prefix: IdPrefix, ...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return `${prefix}_${base32(hash.digest())}`;
}
