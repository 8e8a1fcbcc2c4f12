import { hash, randomFillSync } from 'node:crypto';

const alphabet = Buffer.from('abcdefghijklmnopqrstuvwxyz234567');
const idLength = 26;

/** 26 base32 characters (lower case RFC 4648, 130 bits) of bytes. */
function base32(bytes: Uint8Array): string {
  const text = Buffer.allocUnsafe(idLength);
  let buffer = 0;
  let bits = 0;
  let length = 0;
  for (let index = 0; length < idLength; index += 1) {
    buffer = ((buffer & 31) << 8) | (bytes[index] ?? 0);
    bits += 8;
    for (; bits >= 5 && length < idLength; bits -= 5)
      text[length++] = alphabet[(buffer >> (bits - 5)) & 31] as number;
  }
  return text.toString('latin1');
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
  | 'wkr'
  | 'hkb'
  | 'var'
  | 'vch'
  | 'job'
  | 'lane';

const idBytes = 17;
/** Random bytes ahead: asking for them one id at a time costs more than the id. */
const pool = Buffer.alloc(idBytes * 240);
let taken = pool.length;

/** A new random id such as `run_7k2m…`. */
export function createId(prefix: IdPrefix): string {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += idBytes;
  return `${prefix}_${base32(pool.subarray(taken - idBytes, taken))}`;
}

/** Whether a text has the form of our ids. */
export function isId(text: string): boolean {
  return /^[a-z]{2,4}_[a-z2-7]{26}$/.test(text);
}

/** The id derived from the parts: the same parts always give the same id. */
export function deriveId(prefix: IdPrefix, ...parts: string[]): string {
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  return `${prefix}_${base32(hash('sha256', text, 'buffer'))}`;
}
