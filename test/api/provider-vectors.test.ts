import assert from 'node:assert/strict';
import { createHmac, createPrivateKey, sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { failedVerification } from '../../src/api/incoming/verify/verify.ts';
import { verification } from '../../src/api/workflows/webhook/schema.ts';
import type { Verification } from '../../src/api/workflows/webhook/schema.ts';
import { createSigningKey } from '../../src/outbound/signing/sign-hook.ts';

interface Vector {
  provider: string;
  /** Where the provider publishes it. */
  source: string;
  verification: object;
  headers: Record<string, string>;
  body: string;
  /** Epoch seconds at which the request was signed. */
  at?: number;
}

/** Requests with their secrets and signatures, as the providers' own documentation gives them. */
const vectors: Vector[] = [
  {
    provider: 'GitHub',
    source: 'GitHub Docs, "Validating webhook deliveries", testing the webhook payload validation',
    verification: { type: 'github', secret: "It's a Secret to Everybody" },
    headers: {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    body: 'Hello, World!',
  },
  {
    provider: 'Slack',
    source: 'Slack API, "Verifying requests from Slack", step-by-step walk-through',
    verification: { type: 'slack', secret: '8f742231b10e8888abcd99yyyzzz85a5', toleranceSeconds: 300 },
    headers: {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    },
    body:
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V' +
      '&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=' +
      '&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN' +
      '&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    at: 1_531_420_618,
  },
  {
    provider: 'Standard Webhooks',
    source: 'Standard Webhooks specification, signature scheme, example',
    verification: {
      type: 'standard-webhooks',
      secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl',
      toleranceSeconds: 300,
    },
    headers: {
      'webhook-id': 'msg_loFOjxBNrRLzqYUf',
      'webhook-timestamp': '1731705121',
      'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    },
    body: '{"event_type":"ping","data":{"success":true}}',
    at: 1_731_705_121,
  },
];

function judge({ verification, headers, body, at = 1_700_000_000 }: Vector): string | undefined {
  const request = { headers, bytes: Buffer.from(body), receivedAt: new Date(at * 1000) };
  return failedVerification(request, verification as Verification);
}

describe('a signature from the documentation', () => {
  for (const vector of vectors) {
    it(`of ${vector.provider} is taken, and of nothing that differs in a byte`, () => {
      assert.equal(judge(vector), undefined, vector.source);
      assert.equal(typeof judge({ ...vector, body: `${vector.body} ` }), 'string');
      const other = { ...vector.verification, secret: 'd2hzZWNfb3RoZXJfc2VjcmV0X29mX25vYm9keQ==' };
      assert.equal(typeof judge({ ...vector, verification: other }), 'string');
      for (const name of Object.keys(vector.headers)) {
        const headers = Object.fromEntries(Object.entries(vector.headers).filter(([key]) => key !== name));
        assert.equal(typeof judge({ ...vector, headers }), 'string', `without ${name}`);
      }
    });

    if (vector.at !== undefined) {
      it(`of ${vector.provider} is taken within its tolerance only`, () => {
        const at = vector.at ?? 0;
        for (const late of [-299, 299]) assert.equal(judge({ ...vector, at: at + late }), undefined);
        for (const late of [-301, 301]) assert.equal(typeof judge({ ...vector, at: at + late }), 'string');
      });
    }
  }
});

describe('a Standard Webhooks signature', () => {
  const body = Buffer.from('{"event_type":"ping","data":{"success":true}}');
  const seconds = 1_731_705_121;
  const judgeHook = (secret: string, headers: Record<string, string>) =>
    failedVerification({ headers, bytes: body, receivedAt: new Date(seconds * 1000) }, {
      type: 'standard-webhooks',
      secret,
      toleranceSeconds: 300,
    } as Verification);

  it('is taken under the names that Svix gives its headers', () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const signature = new Webhook(secret).sign('msg_1', new Date(seconds * 1000), body.toString());
    const headers = { 'svix-id': 'msg_1', 'svix-timestamp': String(seconds), 'svix-signature': signature };
    assert.equal(judgeHook(secret, headers), undefined);
    assert.equal(typeof judgeHook(secret, { ...headers, 'svix-id': 'msg_2' }), 'string');
  });

  it('of an Ed25519 key is taken by its public key, and by no other', () => {
    const signed = (pair: ReturnType<typeof createSigningKey>) => {
      const seed = Buffer.from(pair.privateKey.replace('whsk_', ''), 'base64').subarray(0, 32);
      const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
      const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
      const content = Buffer.concat([Buffer.from(`msg_1.${seconds}.`), body]);
      return sign(null, content, key).toString('base64');
    };
    const [own, other] = [createSigningKey(), createSigningKey()];
    const headersOf = (signature: string) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,AAAA v1a,${signature}`,
    });
    assert.equal(judgeHook(own.publicKey, headersOf(signed(own))), undefined);
    assert.equal(typeof judgeHook(own.publicKey, headersOf(signed(other))), 'string');
    assert.equal(typeof judgeHook(own.publicKey, headersOf('')), 'string');
  });
});

describe('a token', () => {
  const judgeToken = (place: object, request: { headers?: Record<string, string>; querystring?: string }) =>
    failedVerification({ headers: {}, bytes: Buffer.from('x'), receivedAt: new Date(), ...request }, {
      type: 'token',
      tokens: ['old-token', 'new-token'],
      ...place,
    } as Verification);

  it('is taken from its header, whichever of several it is', () => {
    const place = { header: 'X-Telegram-Bot-Api-Secret-Token' };
    const headers = (token: string) => ({ headers: { 'x-telegram-bot-api-secret-token': token } });
    assert.equal(judgeToken(place, headers('old-token')), undefined);
    assert.equal(judgeToken(place, headers('new-token')), undefined);
    assert.equal(typeof judgeToken(place, headers('new-toke')), 'string');
    assert.equal(typeof judgeToken(place, { querystring: 'x=new-token' }), 'string');
  });

  it('is taken from its member of the query', () => {
    const place = { query: 'key' };
    assert.equal(judgeToken(place, { querystring: 'a=1&key=new%2Dtoken' }), undefined);
    assert.equal(typeof judgeToken(place, { querystring: 'a=1&key=' }), 'string');
    assert.equal(typeof judgeToken(place, { headers: { key: 'new-token' } }), 'string');
  });

  it('has one place, and at least one value', () => {
    for (const given of [{}, { header: 'a', query: 'b' }])
      assert.equal(verification.safeParse({ type: 'token', token: 't', ...given }).success, false);
    assert.equal(verification.safeParse({ type: 'token', header: 'a' }).success, false);
    assert.equal(verification.safeParse({ type: 'token', header: 'a', token: 't' }).success, true);
  });
});

describe('an HMAC by a scheme', () => {
  const body = '{"event":"paid","n":1}';
  const at = new Date('2026-11-24T10:15:30Z');
  const seconds = String(at.getTime() / 1000);
  const ms = String(at.getTime());
  const hmac = (
    key: string | Buffer,
    text: string,
    how: 'hex' | 'base64' | 'base64url',
    algorithm = 'sha256',
  ) => createHmac(algorithm, key).update(text).digest(how);
  const base = { type: 'hmac', secret: 'key', algorithm: 'sha256', encoding: 'hex', header: 'x-sig' };

  /** How providers sign, and what they send. */
  const schemes: Record<string, { scheme: object; headers: Record<string, string>; body?: string }> = {
    'Zoom: v0:{timestamp}:{body}': {
      scheme: {
        ...base,
        header: 'x-zm-signature',
        signatureFormat: 'v0={signature}',
        timestampHeader: 'x-zm-request-timestamp',
        signedContent: 'v0:{timestamp}:{body}',
      },
      headers: {
        'x-zm-signature': `v0=${hmac('key', `v0:${seconds}:${body}`, 'hex')}`,
        'x-zm-request-timestamp': seconds,
      },
    },
    'Paddle: parts between semicolons': {
      scheme: {
        ...base,
        signatureFormat: 'ts={timestamp};h1={signature}',
        signedContent: '{timestamp}:{body}',
      },
      headers: { 'x-sig': `ts=${seconds};h1=${hmac('key', `${seconds}:${body}`, 'hex')}` },
    },
    'Mux and Calendly: t and v1': {
      scheme: { ...base, signatureFormat: 't={timestamp},v1={signature}' },
      headers: {
        'x-sig': `t=${seconds},v1=${'0'.repeat(64)},v1=${hmac('key', `${seconds}.${body}`, 'hex')}`,
      },
    },
    'Zendesk: base64 over timestamp and body, a time in ISO 8601': {
      scheme: {
        ...base,
        encoding: 'base64',
        timestampHeader: 'x-time',
        timestampFormat: 'iso',
        signedContent: '{timestamp}{body}',
      },
      headers: {
        'x-sig': hmac('key', `2026-11-24T10:15:30Z${body}`, 'base64'),
        'x-time': '2026-11-24T10:15:30Z',
      },
    },
    'milliseconds, an id, another header and a key in hex': {
      scheme: {
        ...base,
        secret: '00ff10',
        keyEncoding: 'hex',
        encoding: 'base64url',
        timestampHeader: 'x-time',
        timestampFormat: 'milliseconds',
        idHeader: 'x-id',
        signedContent: '{method}|{id}|{timestamp}|{header:x-shop}|{body}',
      },
      headers: {
        'x-sig': hmac(Buffer.from('00ff10', 'hex'), `POST|m1|${ms}|north|${body}`, 'base64url'),
        'x-time': ms,
        'x-id': 'm1',
        'x-shop': 'north',
      },
    },
    'a form by its sorted fields': {
      scheme: { ...base, algorithm: 'sha1', encoding: 'base64', signedContent: '{form.sorted}' },
      headers: { 'x-sig': hmac('key', 'CallSid1Fromme & you', 'base64', 'sha1') },
      body: 'From=me+%26+you&CallSid=1',
    },
  };

  for (const [name, { scheme, headers, body: own = body }] of Object.entries(schemes))
    it(`is taken (${name}), and not when anything that it covers differs`, () => {
      const parsed = verification.parse(scheme);
      const judgeScheme = (change: object) => {
        const request = { headers, bytes: Buffer.from(own), receivedAt: at, method: 'POST', ...change };
        return failedVerification(request, parsed);
      };
      assert.equal(judgeScheme({}), undefined);
      assert.equal(typeof judgeScheme({ bytes: Buffer.from(`${own}x`) }), 'string');
      for (const one of Object.keys(headers)) {
        const others = Object.fromEntries(Object.entries(headers).filter(([key]) => key !== one));
        assert.equal(typeof judgeScheme({ headers: others }), 'string', `without ${one}`);
        assert.equal(
          typeof judgeScheme({ headers: { ...headers, [one]: `${headers[one]}0` } }),
          'string',
          one,
        );
      }
      if (Object.values(headers).some((value) => value.includes(seconds)))
        assert.equal(typeof judgeScheme({ receivedAt: new Date(at.getTime() + 301_000) }), 'string');
    });

  it('is refused at save when its members do not go together', () => {
    const refused = [
      { signedContent: 'constant' },
      { signedContent: '{body}{what}' },
      { signedContent: '{timestamp}.{body}' },
      { signedContent: '{id}.{body}' },
      { prefix: 'v1=', signatureFormat: 'v1={signature}' },
      { signatureFormat: 'v1=' },
    ];
    for (const given of refused)
      assert.equal(verification.safeParse({ ...base, ...given }).success, false, JSON.stringify(given));
    assert.equal(verification.safeParse(base).success, true);
  });
});
