import assert from 'node:assert/strict';
import { failedVerification } from '../../src/api/incoming/verify/verify.ts';
import type { Verification } from '../../src/api/workflows/webhook/schema.ts';

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
