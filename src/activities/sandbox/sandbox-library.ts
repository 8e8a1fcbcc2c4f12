/**
 * What code in a sandbox finds beside the language: `console`, `crypto` (a subset), `TextEncoder`, `TextDecoder`, `URL`,
 * `URLSearchParams`, `btoa`, `atob`. A script of the sandbox; `__host` and `__say` are functions of the host.
 */
export const librarySource = `(() => {
const host = __host, say = __say;
delete globalThis.__host; delete globalThis.__say;
const { parse, stringify } = JSON;
const define = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
const text = (one) => typeof one === 'string' ? one : stringify(one) ?? String(one);
const tell = (level) => (...parts) => { say(level, parts.map(text).join(' ')); };
define('console', { log: tell('info'), info: tell('info'), debug: tell('debug'), warn: tell('warn'), error: tell('error') });

const hexOf = (list) => Array.prototype.map.call(list, (byte) => (byte < 16 ? '0' : '') + byte.toString(16)).join('');
const bytesOf = (hex) => Uint8Array.from({ length: hex.length / 2 }, (_, at) => parseInt(hex.substr(at * 2, 2), 16));
const viewOf = (data) => ArrayBuffer.isView(data)
  ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
const dataOf = (data, encoding) => typeof data !== 'string' ? hexOf(viewOf(data))
  : encoding === 'hex' ? data : encoding === 'base64' || encoding === 'base64url' ? host('fromBase64', data) : host('encode', data);
const shown = (hex, encoding) => encoding === 'hex' ? hex
  : encoding === 'base64' || encoding === 'base64url' ? host('toBase64', hex, encoding) : bytesOf(hex);
const nameOf = (algorithm) => typeof algorithm === 'string' ? algorithm : algorithm.name;

define('TextEncoder', class TextEncoder {
  get encoding() { return 'utf-8'; }
  encode(input = '') { return bytesOf(host('encode', String(input))); }
});
define('TextDecoder', class TextDecoder {
  get encoding() { return 'utf-8'; }
  decode(data = new Uint8Array()) { return host('decode', hexOf(viewOf(data))); }
});
define('btoa', (input) => {
  const codes = Array.from(String(input), (char) => char.codePointAt(0));
  if (codes.some((code) => code > 255)) throw new RangeError('btoa: expected characters up to U+00FF');
  return host('toBase64', hexOf(codes), 'base64');
});
define('atob', (input) => String.fromCharCode(...bytesOf(host('fromBase64', String(input)))));

class Digest {
  #make; #data = '';
  constructor(make) { this.#make = make; }
  update(data, encoding) { this.#data += dataOf(data, encoding); return this; }
  digest(encoding) { return shown(this.#make(this.#data), encoding); }
}
const keys = new WeakMap();
define('crypto', {
  createHash: (algorithm) => new Digest((data) => host('hash', String(algorithm), data)),
  createHmac: (algorithm, key) => { const given = dataOf(key); return new Digest((data) => host('hmac', String(algorithm), given, data)); },
  timingSafeEqual: (a, b) => host('equal', dataOf(a), dataOf(b)) === 'true',
  getRandomValues: (list) => { viewOf(list).set(bytesOf(host('random', String(list.byteLength)))); return list; },
  randomUUID: () => {
    const list = bytesOf(host('random', '16'));
    list[6] = (list[6] & 15) | 64; list[8] = (list[8] & 63) | 128;
    return hexOf(list).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  },
  subtle: {
    digest: async (algorithm, data) => bytesOf(host('hash', nameOf(algorithm), dataOf(data))).buffer,
    importKey: async (format, data, algorithm) => {
      if (format !== 'raw' || nameOf(algorithm) !== 'HMAC') throw new TypeError('importKey: expected "raw" and HMAC');
      const key = { type: 'secret', algorithm };
      keys.set(key, { data: dataOf(data), hash: nameOf(algorithm.hash) });
      return key;
    },
    sign: async (algorithm, key, data) => {
      const known = keys.get(key);
      if (!known) throw new TypeError('sign: expected a key of importKey');
      return bytesOf(host('hmac', known.hash, known.data, dataOf(data))).buffer;
    },
  },
});

class Params {
  #pairs; #changed;
  constructor(init = '', changed = () => {}) {
    this.#changed = changed;
    this.#pairs = typeof init === 'string' ? parse(host('params', init))
      : Array.from(init[Symbol.iterator] ? init : Object.entries(init), ([name, value]) => [String(name), String(value)]);
  }
  #set(pairs) { this.#pairs = pairs; this.#changed(this.toString()); }
  get size() { return this.#pairs.length; }
  get(name) { return this.#pairs.find(([one]) => one === name)?.[1] ?? null; }
  getAll(name) { return this.#pairs.filter(([one]) => one === name).map(([, value]) => value); }
  has(name) { return this.#pairs.some(([one]) => one === name); }
  append(name, value) { this.#set([...this.#pairs, [String(name), String(value)]]); }
  delete(name) { this.#set(this.#pairs.filter(([one]) => one !== name)); }
  set(name, value) {
    const at = this.#pairs.findIndex(([one]) => one === name);
    if (at < 0) return this.append(name, value);
    const rest = this.#pairs.filter(([one], index) => one !== name || index === at);
    rest[at] = [String(name), String(value)];
    this.#set(rest);
  }
  sort() { this.#set([...this.#pairs].sort(([a], [b]) => (a < b ? -1 : Number(a > b)))); }
  forEach(call) { for (const [name, value] of this.#pairs) call(value, name, this); }
  keys() { return this.#pairs.map(([name]) => name)[Symbol.iterator](); }
  values() { return this.#pairs.map(([, value]) => value)[Symbol.iterator](); }
  entries() { return this.#pairs.map((pair) => [...pair])[Symbol.iterator](); }
  [Symbol.iterator]() { return this.entries(); }
  toString() { return host('paramsText', stringify(this.#pairs)); }
}
define('URLSearchParams', Params);
const names = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];
class Url {
  #parts; #params;
  constructor(input, base) {
    this.#parts = parse(host('url', String(input), base === undefined ? '' : String(base)));
    this.#params = new Params(this.#parts.search, (search) => { this.#parts = parse(host('setUrl', this.href, 'search', search)); });
  }
  static canParse(input, base) { try { return Boolean(new Url(input, base)); } catch { return false; } }
  static part(url, name) { return url.#parts[name]; }
  static change(url, name, value) {
    const { href } = url.#parts;
    const made = new Url(parse(host('setUrl', href, name, String(value))).href);
    url.#parts = made.#parts;
    url.#params = new Params(url.#parts.search, (search) => { url.#parts = parse(host('setUrl', url.href, 'search', search)); });
  }
  get searchParams() { return this.#params; }
  get origin() { return this.#parts.origin; }
  toString() { return this.href; }
  toJSON() { return this.href; }
}
const { part, change } = Url;
delete Url.part; delete Url.change;
for (const name of names) Object.defineProperty(Url.prototype, name, {
  get() { return part(this, name); }, set(value) { change(this, name, value); }, enumerable: true, configurable: true,
});
Object.defineProperty(Url, 'name', { value: 'URL' });
define('URL', Url);

const isFinite = Number.isFinite;
const isArray = Array.isArray;
const kindOf = (value, key, holder) => {
  if (typeof value === 'number' && !isFinite(value)) return String(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value === 'bigint') return 'a BigInt';
  return value === undefined && (key === '' || isArray(holder)) ? 'undefined' : '';
};
const report = (value) => {
  let wrong = '';
  if (value === undefined) return { wrong: 'transform returned undefined; return a value, or null for none' };
  try {
    const json = stringify(value, function (key, one) {
      const kind = kindOf(one, key, this);
      if (kind === '' || wrong !== '') return kind === '' ? one : null;
      wrong = key === '' ? 'transform returned ' + kind : 'the result of transform holds ' + kind + ' at ' + stringify(key);
      return null;
    });
    return wrong === '' ? { json } : { wrong: wrong + '; expected a JSON value' };
  } catch (error) {
    return /circular/.test(String(error)) ? { wrong: 'the result of transform holds itself; expected a JSON value' } : { error };
  }
};
const errorOf = (error) => ({
  wrong: error !== null && typeof error === 'object' && typeof error.message === 'string'
    ? String(error.name ?? 'Error') + ': ' + error.message
    : 'the code threw ' + (error === undefined ? 'undefined' : stringify(error) ?? String(error)),
});
return (transform, input) => {
  const state = { reply: '' };
  const settle = (value) => { state.reply = stringify(report(value)); };
  const fail = (error) => { state.reply = stringify(errorOf(error)); };
  try {
    const output = transform(parse(input));
    if (output !== null && typeof output === 'object' && typeof output.then === 'function') Promise.resolve(output).then(settle).catch(fail);
    else settle(output);
  } catch (error) { fail(error); }
  return state;
};
})()`;
