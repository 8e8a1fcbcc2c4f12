import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { createSandbox } from '../../src/activities/sandbox/sandbox.ts';
import type { Sandbox } from '../../src/activities/sandbox/sandbox.ts';
import type { SandboxReply } from '../../src/activities/sandbox/sandbox-messages.ts';

describe('the sandbox', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  before(() => (sandbox = createSandbox()));
  after(() => sandbox.close());

  const lines: string[] = [];
  const run = (code: string, input: unknown = null, options: { key?: string; timeoutMs?: number } = {}) =>
    sandbox.run(
      { code, input: JSON.stringify(input), timeoutMs: options.timeoutMs ?? 5_000 },
      {
        key: options.key ?? 'run',
        signal: new AbortController().signal,
        onLine: ({ message }) => lines.push(message),
        onLeftOut: () => undefined,
      },
    );
  const output = async (code: string, input?: unknown): Promise<unknown> => {
    const reply = await run(code, input);
    assert.ok('output' in reply, JSON.stringify(reply));
    return JSON.parse(reply.output);
  };
  const messageOf = (reply: SandboxReply) =>
    'error' in reply ? `${reply.error}: ${reply.message}` : reply.output;

  it('fault 21: awaits an async transform, through any number of promises', async () => {
    assert.deepEqual(await output('async function transform(i) { return i }', { a: 1 }), { a: 1 });
    const many = 'async function transform(i) { for (let n = 0; n < 500; n += 1) await n; return [await i] }';
    assert.deepEqual(await output(many, 7), [7]);
    assert.deepEqual(await output('const transform = (i) => ({ then: (done) => done(i + 1) })', 1), 2);
  });

  const failing: [code: string, message: RegExp][] = [
    ['async function transform() { await 0; throw new TypeError("late") }', /^code_error: TypeError: late$/],
    ['function transform() { return new Promise(() => {}) }', /promise that nothing settles/],
    ['function transform() { throw null }', /^code_error: the code threw null$/],
    ['function transform() { throw undefined }', /^code_error: the code threw undefined$/],
    ['async function transform() { throw "text" }', /^code_error: the code threw "text"$/],
    ['throw null', /^code_error: the code threw null$/],
    ['export default function transform(i) { return i }', /without export or import/],
    ['import x from "y"; function transform() {}', /without export or import/],
    ['const x = 1', /expected a function transform\(input\); there is none/],
    ['function transform() {}', /transform returned undefined/],
    ['async function transform() {}', /transform returned undefined/],
    ['function transform() { return NaN }', /transform returned NaN; expected a JSON value/],
    ['function transform() { return { a: [1 / 0] } }', /the result of transform holds Infinity at "0"/],
    ['function transform() { return { go() {} } }', /the result of transform holds a function at "go"/],
    ['function transform() { return () => 1 }', /transform returned a function/],
    ['function transform() { return [1, undefined] }', /the result of transform holds undefined at "1"/],
    ['function transform() { return { n: 1n } }', /holds a BigInt at "n"/],
    ['function transform() { const a = {}; a.a = a; return a }', /holds itself/],
    ['function transform() { return { toJSON() { throw new Error("no") } } }', /./],
    ['JSON.stringify = () => "{"; function transform() { return NaN }', /transform returned NaN/],
  ];
  for (const [code, message] of failing)
    it(`fault 49: says what is wrong with ${code}`, async () => {
      const said = messageOf(await run(code));
      assert.match(said, /^code_error: /);
      assert.match(said, message);
    });

  it('fault 6: counts CPU time and no waiting: 100 at once each have their whole time', async () => {
    const code = 'function transform(i) { let n = 0; for (let k = 0; k < 20000; k += 1) n += k; return i }';
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) => run(code, index, { timeoutMs: 1_000 })),
    );
    assert.deepEqual(
      replies,
      replies.map((_, index) => ({ output: String(index) })),
    );
  });

  it('fault 6: ends code past its CPU time, also between promises, and tells the bound', async () => {
    const message = 'code_timeout: the code took more than 100 ms of CPU time';
    assert.equal(messageOf(await run('function transform() { for (;;); }', 0, { timeoutMs: 100 })), message);
    const turning = 'async function transform() { for (;;) await 0; }';
    assert.equal(messageOf(await run(turning, 0, { timeoutMs: 100 })), message);
    assert.equal(messageOf(await run('for (;;);', 0, { timeoutMs: 100 })), message);
  });

  it('takes turns: the code of one run does not wait behind all of another', async () => {
    const order: string[] = [];
    const slow = 'function transform() { for (let k = 0; k < 3e6; k += 1); return 1 }';
    const many = Array.from({ length: 12 }, () =>
      run(slow, 0, { key: 'many' }).then(() => order.push('many')),
    );
    const one = run('function transform() { return 1 }', 0, { key: 'one' }).then(() => order.push('one'));
    await Promise.all([...many, one]);
    assert.ok(order.indexOf('one') < 8, order.join());
  });

  it('ends with its signal, while it runs and while it waits', async () => {
    const control = new AbortController();
    const running = Array.from({ length: 8 }, () =>
      sandbox.run(
        { code: 'function transform() { for (;;); }', input: '0', timeoutMs: 10_000 },
        { key: 'x', signal: control.signal, onLine: () => undefined, onLeftOut: () => undefined },
      ),
    );
    control.abort(new Error('the run ended'));
    for (const one of running) await assert.rejects(one, /the run ended/);
    assert.equal(await output('function transform() { return 1 }'), 1);
  });

  it('keeps nothing from one run to the next', async () => {
    await run('globalThis.left = 1; Object.prototype.left = 1; function transform() { return 1 }');
    const code = 'function transform() { return [typeof left, typeof ({}).left, typeof __host] }';
    for (let round = 0; round < 8; round += 1)
      assert.deepEqual(await output(code), ['undefined', 'undefined', 'undefined']);
  });

  it('has a subset of crypto', async () => {
    const code = `async function transform({ text, key }) {
      const bytes = new TextEncoder().encode(text);
      const imported = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
      const hex = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, '0')).join('');
      return [
        crypto.createHash('sha256').update(text).digest('hex'),
        crypto.createHmac('sha1', key).update(bytes).digest('base64'),
        hex(await crypto.subtle.digest('SHA-512', bytes)),
        hex(await crypto.subtle.sign('HMAC', imported, bytes)),
        crypto.timingSafeEqual(bytes, bytes),
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()),
        crypto.getRandomValues(new Uint8Array(4)).length,
      ];
    }`;
    const [text, key] = ['héllo 😀', 'k'];
    assert.deepEqual(await output(code, { text, key }), [
      createHash('sha256').update(text).digest('hex'),
      createHmac('sha1', key).update(text).digest('base64'),
      createHash('sha512').update(text).digest('hex'),
      createHmac('sha256', key).update(text).digest('hex'),
      true,
      true,
      4,
    ]);
  });

  it('has TextEncoder, TextDecoder, btoa, atob, URL and URLSearchParams', async () => {
    const code = `function transform(text) {
      const url = new URL('../b?x=1&y=a+b', 'https://user@example.com:8443/a/c');
      url.searchParams.append('z', 'ü&');
      url.hash = 'end';
      return {
        decoded: new TextDecoder().decode(new TextEncoder().encode(text)),
        encoded: btoa('\\u00ff<>'), plain: atob(btoa('abc')),
        href: url.href, y: url.searchParams.get('y'), origin: url.origin, can: URL.canParse('no url'),
        pairs: [...new URLSearchParams({ a: 'b c', d: 1 })], text: String(new URLSearchParams([['q', 'ü']])), json: { url },
      };
    }`;
    const url = 'https://user@example.com:8443/b?x=1&y=a+b&z=%C3%BC%26#end';
    assert.deepEqual(await output(code, 'ü😀'), {
      decoded: 'ü😀',
      encoded: '/zw+',
      plain: 'abc',
      href: url,
      y: 'a b',
      origin: 'https://example.com:8443',
      can: false,
      pairs: [
        ['a', 'b c'],
        ['d', '1'],
      ],
      text: 'q=%C3%BC',
      json: { url },
    });
    assert.match(messageOf(await run('function transform() { return new URL("no url") }')), /Invalid URL/);
    assert.match(
      messageOf(
        await run('function transform() { return crypto.createHash("md9").update("").digest("hex") }'),
      ),
      /expected one of md5/,
    );
  });
});
