import assert from 'node:assert/strict';
import { appendsOf, readRunLog } from '../../src/store/log/appends.ts';
import { eraseAppends } from '../../src/store/log/erase-appends.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { countRuns } from '../support/read-events.ts';

describe('deduplication of webhooks', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
  });
  after(() => hookloom?.stop());

  const publish = (webhook: object = {}) =>
    hookloom.publish({ nodes: { root: { type: 'webhook' } } }, { webhook });
  const post = async (url: string, body: string, headers: Record<string, string> = {}) => {
    const all = { 'content-type': 'application/json', ...headers };
    const answer = await fetch(url, { method: 'POST', body, headers: all });
    return { status: answer.status, body: (await answer.json()) as any };
  };
  const runs = (workflowId: string) => countRuns(hookloom.db, workflowId);
  const expire = (workflowId: string) =>
    appendsOf(hookloom.db).updateMany(
      { workflowId, dedupe: { $exists: true } },
      { $set: { 'dedupe.expiresAt': new Date(Date.now() - 1_000) } },
    );

  const lines = (count: number, from = 1) =>
    Array.from({ length: count }, (_, index) => JSON.stringify({ n: from + index })).join('\n');
  const ndjson = { 'content-type': 'application/x-ndjson' };

  it('takes each line of NDJSON for a request of its own, and answers with all runs', async () => {
    const { id, webhookUrl } = await publish();
    const keyed = { ...ndjson, 'webhook-id': 'batch' };
    const first = await post(webhookUrl, lines(5), keyed);
    assert.equal(first.status, 202);
    assert.equal(new Set(first.body.runIds).size, 5);
    for (const [index, runId] of (first.body.runIds as string[]).entries()) {
      const run = await hookloom.call('GET', `/v1/runs/${runId}`);
      assert.deepEqual(run.body.input, { n: index + 1 });
    }
    const again = await post(webhookUrl, `${lines(5)}\n\n`, keyed);
    assert.deepEqual(again.body.runIds, first.body.runIds);
    assert.equal(again.body.duplicate, true);
    // A sender that adds lines to its batch: what was there is known, the rest is new.
    const more = await post(webhookUrl, lines(7), keyed);
    assert.equal(more.body.action, 'triggered');
    assert.deepEqual(more.body.runIds.slice(0, 5), first.body.runIds);
    assert.equal(await runs(id), 7);
  });

  it('knows a key whose run is erased, and starts anew when the window is over', async () => {
    const { id, webhookUrl } = await publish();
    const keyed = { 'webhook-id': 'erased' };
    const first = await post(webhookUrl, '{"n":1}', keyed);
    const [runId] = first.body.runIds as [string];
    await eraseAppends(hookloom.db, runId);
    assert.deepEqual(await readRunLog(hookloom.db, runId), []);
    const again = await post(webhookUrl, '{"n":1}', keyed);
    assert.deepEqual([again.body.duplicate, again.body.runIds], [true, [runId]]);
    await expire(id);
    const later = await post(webhookUrl, '{"n":1}', keyed);
    assert.equal(later.body.duplicate, false);
    assert.notEqual(later.body.runIds[0], runId);
    const once = await post(webhookUrl, '{"n":1}', keyed);
    assert.deepEqual(once.body.runIds, later.body.runIds);
  });

  it('takes all lines of NDJSON or none', async () => {
    const { id, webhookUrl } = await publish();
    const bad = await post(webhookUrl, `{"n":1}\n{"n":2}\n{"n":\n{"n":4}`, ndjson);
    assert.equal(bad.status, 400);
    assert.match(bad.body.detail, /Line 3/);
    assert.equal((await post(webhookUrl, lines(101), ndjson)).status, 413);
    assert.equal((await post(webhookUrl, '\n \n', ndjson)).status, 400);
    assert.equal(await runs(id), 0);
    const { body } = await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}&status=rejected`);
    assert.equal(body.items.length, 3);
    assert.equal((await post(webhookUrl, lines(100), ndjson)).body.runIds.length, 100);
    const waiting = await publish({ respond: 'result' });
    assert.equal((await post(waiting.webhookUrl, lines(1), ndjson)).status, 415);
  });

  it('ends with its window, and of requests at once then one takes the key over', async () => {
    const { id, webhookUrl } = await publish();
    const keyed = { 'idempotency-key': 'weekly' };
    const first = await post(webhookUrl, '{"n":1}', keyed);
    const append = await appendsOf(hookloom.db).findOne({ workflowId: id });
    assert.equal(Number(append?.dedupe?.expiresAt) - Number(append?.recordedAt), 7 * 24 * 60 * 60 * 1_000);
    await expire(id);
    // Another body: the key of a window that is over says nothing about this one.
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(webhookUrl, '{"n":2}', keyed)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
    const runIds = new Set(answers.map(({ body }) => String(body.runIds)));
    assert.equal(runIds.size, 1);
    assert.ok(!runIds.has(first.body.runIds[0]));
    assert.equal(answers.filter(({ body }) => !body.duplicate).length, 1);
    assert.equal(await runs(id), 2);
  });

  it('does not count what was refused: the good request with the same key starts its run', async () => {
    const { id, webhookUrl } = await publish({ verification: { type: 'bearer', token: 'right' } });
    const keyed = { 'idempotency-key': 'k' };
    const right = { authorization: 'Bearer right', ...keyed };
    assert.equal((await post(webhookUrl, '{}', { authorization: 'Bearer wrong', ...keyed })).status, 401);
    assert.equal((await post(webhookUrl, '{"n":', right)).status, 400);
    const good = await post(webhookUrl, '{"n":1}', right);
    assert.equal(good.status, 202);
    assert.equal(good.body.duplicate, false);
    assert.equal(await runs(id), 1);
  });

  const rules: [what: string, dedupe: object, same: [string, object][], other: [string, object]][] = [
    [
      'a header of choice',
      { by: 'header', header: 'X-Delivery' },
      [
        ['{"n":1}', { 'x-delivery': 'a' }],
        ['{"n":2}', { 'x-delivery': '"a"' }],
      ],
      ['{"n":1}', { 'x-delivery': 'b' }],
    ],
    [
      'an expression',
      { by: 'expression', expression: '$trigger.body.id & "/" & $trigger.query.part' },
      [
        ['{"id":1,"n":1}', {}],
        ['{"id":1,"n":2}', {}],
      ],
      ['{"id":2}', {}],
    ],
    [
      'the body',
      { by: 'body' },
      [
        ['{"n":1}', { 'webhook-id': 'a' }],
        ['{"n":1}', { 'webhook-id': 'b' }],
      ],
      ['{"n": 1}', { 'webhook-id': 'a' }],
    ],
    [
      'the delivery id of a preset before anything else',
      { by: 'auto' },
      [
        ['{"n":1}', { 'webhook-id': 'a' }],
        ['{"n":1}', { 'webhook-id': 'a' }],
      ],
      ['{"n":1}', { 'webhook-id': 'a', 'idempotency-key': 'k' }],
    ],
  ];
  for (const [what, dedupe, same, [otherBody, otherHeaders]] of rules) {
    it(`goes by ${what}`, async () => {
      const { id, webhookUrl } = await publish({ dedupe });
      const answers = [];
      for (const [body, headers] of same) answers.push(await post(webhookUrl, body, { ...headers }));
      assert.deepEqual(
        answers.map(({ body }) => body.duplicate),
        [false, true],
      );
      const { body } = await post(webhookUrl, otherBody, { ...otherHeaders });
      assert.equal(body.duplicate, false);
      assert.equal(await runs(id), 2);
    });
  }

  it('can be switched off', async () => {
    const { id, webhookUrl } = await publish({ dedupe: { by: 'none' } });
    for (let index = 0; index < 2; index += 1)
      await post(webhookUrl, '{}', { 'webhook-id': 'a', 'idempotency-key': 'k' });
    assert.equal(await runs(id), 2);
  });

  it('keeps the keys of two webhooks apart', async () => {
    const [one, two] = [await publish(), await publish()];
    for (const { webhookUrl } of [one, two])
      assert.equal((await post(webhookUrl, '{}', { 'webhook-id': 'a' })).body.duplicate, false);
  });
});
