import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isExact } from '../../src/engine/json/exact-json.ts';
import { wellFormed } from '../../src/engine/json/well-formed.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

/** Texts with every kind of surrogate, and what else is odd in some place on the way. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\ud800',
        '\udfff',
        '\udc00\ud800',
        '\u{1f600}',
        '\u0000',
        '$a.b',
        '\u2028',
        '__proto__',
      ),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));
const digits = fc.stringMatching(/^-?[1-9]\d{0,25}(\.\d{0,20}[1-9])?([eE][+-]?\d{1,3})?$/);

describe('any text, number and name that comes in', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let webhook: { id: string; webhookUrl: string };
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
    webhook = await hookloom.publish(
      { nodes: { root: { type: 'webhook' } } },
      { webhook: { dedupe: { by: 'none' } } },
    );
  });
  after(() => hookloom?.stop());

  /** A body as JSON text, and the value that is to be kept of it. */
  const bodies = fc.array(fc.tuple(text, text, digits), { minLength: 1, maxLength: 4 }).map((members) => {
    const written = members.map(([name, value, number], index) => {
      const key = (part: string) => JSON.stringify(`${index}${part}`);
      return `${key(name)}:[${JSON.stringify(value)},${number}]`;
    });
    const kept = members.map(([name, value, number], index) => [
      wellFormed(`${index}${name}`),
      [wellFormed(value), isExact(number) ? Number(number) : number],
    ]);
    return { written: `{${written.join(',')}}`, kept: Object.fromEntries(kept) as object };
  });

  it('is the same in the record, the log and the inbox, by a webhook and by the API (faults 1, 8)', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async ({ written, kept }) => {
        const byWebhook = await hookloom.call('POST', webhook.webhookUrl, written);
        assert.equal(byWebhook.status, 202);
        const byHand = await hookloom.call(
          'POST',
          `/v1/workflows/${webhook.id}/run`,
          `{"payload":${written}}`,
        );
        assert.equal(byHand.status, 202);
        for (const runId of [byWebhook.body.runIds[0], byHand.body.runId]) {
          const run = await hookloom.call('GET', `/v1/runs/${runId}`);
          assert.deepEqual(run.body.input, kept);
          const log = await hookloom.call('GET', `/v1/runs/${runId}/events`);
          assert.equal(log.status, 200);
          assert.deepEqual(wellFormed(log.body), log.body);
        }
        const row = await hookloom.call('GET', `/v1/webhook-events/${byWebhook.body.eventId}`);
        assert.equal(row.body.body, written);
      }),
      { numRuns: 40 },
    );
  });

  it('is taken in names, queries and headers, or refused in words of ours', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (name, value) => {
        const query = new URLSearchParams([[name, value]]);
        const answers = [
          await hookloom.call('POST', `${webhook.webhookUrl}?${query}`, { name, value }),
          await hookloom.call('POST', '/v1/api-keys', { name, scopes: ['read'], expiresAt: value }),
          await hookloom.call('GET', `/v1/runs?${query}`),
          await hookloom.call('GET', `/v1/workflows/${encodeURIComponent(String(wellFormed(name)))}`),
          await hookloom.call('POST', '/v1/workflows', { name, definition: { nodes: { [name]: value } } }),
        ];
        for (const { status, headers, body } of answers) {
          assert.ok(status < 500, JSON.stringify(body));
          assert.match(headers.get('x-request-id') ?? '', /^req_/);
          if (status >= 400) assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is kept as its bytes where it is no UTF-8 and names no charset', async () => {
    const bytes = Buffer.from('caf\u00e9', 'latin1');
    for (const type of ['text/plain', 'text/csv', 'application/xml', 'application/x-www-form-urlencoded']) {
      const answer = await fetch(webhook.webhookUrl, {
        method: 'POST',
        headers: { 'content-type': type },
        body: new Uint8Array(bytes),
      });
      assert.equal(answer.status, 202, type);
      const { runIds } = (await answer.json()) as { runIds: string[] };
      const { body } = await hookloom.call('GET', `/v1/runs/${runIds[0]}`);
      assert.deepEqual(body.input, { contentType: type, base64: bytes.toString('base64') });
    }
  });

  it('is read page by page by the cursor of the page before (fault 48)', async () => {
    const { body } = await hookloom.call('POST', webhook.webhookUrl, {});
    const path = `/v1/runs/${body.runIds[0]}/events`;
    const { body: all } = await hookloom.call('GET', path);
    const { status, body: rest } = await hookloom.call('GET', `${path}?cursor=1`);
    assert.deepEqual([status, rest.items], [200, all.items.slice(1)]);
  });

  it('changes nothing when it is saved again, whatever the order of its members (fault 55)', async () => {
    const definition = {
      nodes: {
        root: { type: 'webhook', children: ['a'] },
        a: { type: 'set', payload: { values: { x: 1, y: 2 } } },
      },
    };
    const { body: before } = await hookloom.call('POST', '/v1/workflows', { name: 'x', definition });
    const turned = {
      nodes: { a: { payload: { values: { y: 2, x: 1 } }, type: 'set' }, root: definition.nodes.root },
    };
    for (const body of [{ definition }, { definition: turned }, { name: 'x' }, { description: '' }]) {
      const { status, body: after } = await hookloom.call('PUT', `/v1/workflows/${before.id}`, body);
      assert.deepEqual(
        [status, after.updatedAt, after.latestVersion],
        [200, before.updatedAt, 1],
        JSON.stringify(body),
      );
    }
    const { body: changed } = await hookloom.call('PUT', `/v1/workflows/${before.id}`, { name: 'y' });
    assert.notEqual(changed.updatedAt, before.updatedAt);
  });
});
