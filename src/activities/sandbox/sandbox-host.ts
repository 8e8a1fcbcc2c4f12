/** What code in a sandbox may ask of the host: texts in, a text out, nothing else. Bytes are hexadecimal. */
import { createHash, createHmac, getHashes, randomBytes, timingSafeEqual } from 'node:crypto';

/** Largest number of random bytes at once. Source: Web Crypto, `getRandomValues`. */
const maxRandomBytes = 65_536;

const algorithms = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

function algorithmOf(name: string): string {
  const plain = name.toLowerCase().replace('-', '');
  if (algorithms.includes(plain) && getHashes().includes(plain)) return plain;
  throw new Error(
    `algorithm: expected one of ${algorithms.join(', ')}; came ${JSON.stringify(name.slice(0, 40))}`,
  );
}

const bytes = (hex: string) => Buffer.from(hex, 'hex');

/** By name; each returns a text. @throws Error whose message the code sees */
export const hostFunctions: Record<string, (...given: string[]) => string> = {
  hash: (algorithm = '', data = '') => createHash(algorithmOf(algorithm)).update(bytes(data)).digest('hex'),
  hmac: (algorithm = '', key = '', data = '') =>
    createHmac(algorithmOf(algorithm), bytes(key)).update(bytes(data)).digest('hex'),
  random: (count = '') => randomBytes(Math.min(maxRandomBytes, Number(count))).toString('hex'),
  equal: (a = '', b = '') => String(a.length === b.length && timingSafeEqual(bytes(a), bytes(b))),
  encode: (text = '') => Buffer.from(text).toString('hex'),
  decode: (data = '') => new TextDecoder().decode(bytes(data)),
  toBase64: (data = '', variant = 'base64') => bytes(data).toString(variant as 'base64' | 'base64url'),
  fromBase64: (text = '') => Buffer.from(text, 'base64').toString('hex'),
  url: (text = '', base = '') => JSON.stringify(partsOf(base === '' ? new URL(text) : new URL(text, base))),
  setUrl: (href = '', name = '', value = '') => {
    const url = new URL(href);
    if (name in parts) (url as unknown as Record<string, string>)[name] = value;
    return JSON.stringify(partsOf(url));
  },
  params: (text = '') => JSON.stringify([...new URLSearchParams(text)]),
  paramsText: (pairs = '[]') => new URLSearchParams(JSON.parse(pairs) as [string, string][]).toString(),
};

const parts = {
  href: '',
  protocol: '',
  username: '',
  password: '',
  host: '',
  hostname: '',
  port: '',
  pathname: '',
  search: '',
  hash: '',
};

function partsOf(url: URL): Record<string, string> {
  const names = Object.keys(parts) as (keyof typeof parts)[];
  return { ...Object.fromEntries(names.map((name) => [name, url[name]])), origin: url.origin };
}
