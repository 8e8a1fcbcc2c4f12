import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { applyRetention } from '../../src/store/upkeep/apply-retention.ts';
import { webhookEventsOf } from '../../src/store/inbox/webhook-events.ts';
import { runsOf } from '../../src/store/log/runs.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { countRuns } from '../support/read-events.ts';

const json = { 'content-type': 'application/json' };

describe('the inbox of webhooks', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
  });
  after(() => hookloom?.stop());

  const publish = (webhook: object = {}) =>
    hookloom.publish({ nodes: { root: { type: 'webhook' } } }, { webhook });
  const inbox = async (workflowId: string, more = '') =>
    (await hookloom.call('GET', `/v1/webhook-events?workflowId=${workflowId}${more}`)).body.items as any[];
  const replay = (id: string) => hookloom.call('POST', `/v1/webhook-events/${id}/replay`, {});

  it('runs a rejected request again once its secret was mended, as it was sent', async () => {
    const secret = 'the-right-secret';
    const { id, webhookUrl } = await publish({ verification: { type: 'stripe', secret: 'a-wrong-secret' } });
    const body = '{"id":"evt_1",  "total": 7}';
    // Signed an hour ago: when it is replayed it is judged by when it came, not by now.
    const at = Math.floor(Date.now() / 1_000) - 3_600;
    const sign = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
    const headers = { ...json, 'stripe-signature': `t=${at},v1=${sign}` };
    assert.equal((await fetch(webhookUrl, { method: 'POST', body, headers })).status, 401);
    const came = { $set: { receivedAt: new Date(at * 1_000) } };
    await webhookEventsOf(hookloom.db).updateOne({ workflowId: id }, came);
    const [rejected] = await inbox(id);
    assert.deepEqual([rejected.status, rejected.reason, rejected.runIds], ['rejected', 'bad-signature', []]);

    // Not mended yet: refused again, and that is listed as well.
    assert.equal((await replay(rejected.id)).status, 401);
    const settings = { verification: { type: 'stripe', secret } };
    assert.equal((await hookloom.call('PUT', `/v1/workflows/${id}/webhook`, settings)).status, 200);
    const accepted = await replay(rejected.id);
    assert.equal(accepted.status, 202, JSON.stringify(accepted.body));
    assert.equal(accepted.body.replayOf, rejected.id);
    const run = await hookloom.call('GET', `/v1/runs/${accepted.body.runIds[0]}`);
    assert.deepEqual(run.body.input, { id: 'evt_1', total: 7 });
    assert.equal(run.body.trigger.replayOf, rejected.id);
    const rows = await inbox(id);
    assert.deepEqual(
      rows.map((row) => [row.status, row.replayOf]),
      [
        ['accepted', rejected.id],
        ['rejected', rejected.id],
        ['rejected', null],
      ],
    );
    const stored = JSON.stringify(await webhookEventsOf(hookloom.db).find({ workflowId: id }).toArray());
    assert.ok(!stored.includes(sign), 'a signature is in the inbox');
  });

  it('replays what was accepted as often as one likes, although it has a key', async () => {
    const { id, webhookUrl } = await publish();
    const headers = { ...json, 'webhook-id': 'a' };
    const first = await fetch(webhookUrl, { method: 'POST', body: '{"n":1}', headers });
    const { eventId } = (await first.json()) as { eventId: string };
    for (let index = 0; index < 2; index += 1) {
      const { status, body } = await replay(eventId);
      assert.deepEqual([status, body.action, body.duplicate], [202, 'triggered', false]);
    }
    assert.equal(await countRuns(hookloom.db, id), 3);
  });

  it('is narrowed by status and time, and read page by page', async () => {
    const { id, webhookUrl } = await publish({ methods: ['POST', 'PUT'] });
    const send = (method: string, key: string) =>
      fetch(webhookUrl, { method, body: '{}', headers: { ...json, 'webhook-id': key } });
    for (const key of ['a', 'b', 'a', 'c']) await send('POST', key);
    await send('PATCH', 'd');
    assert.equal((await inbox(id, '&status=accepted')).length, 3);
    assert.equal((await inbox(id, '&status=duplicate')).length, 1);
    assert.deepEqual(
      (await inbox(id, '&status=rejected')).map((row) => row.reason),
      ['method-not-allowed'],
    );
    const all = await inbox(id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: any = await hookloom.call(
        'GET',
        `/v1/webhook-events?workflowId=${id}&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...body.items.map((row: { id: string }) => row.id));
      cursor = body.nextCursor;
    }
    assert.deepEqual(
      seen,
      all.map((row) => row.id),
    );
  });

  it('is deleted after its time, also behind requests whose runs are still open', async () => {
    const { id, webhookUrl } = await publish();
    await fetch(webhookUrl, { method: 'POST', body: '{}', headers: json });
    const rows = webhookEventsOf(hookloom.db);
    const open = await eventually(async () => {
      const [row] = await rows.find({ workflowId: id }).toArray();
      assert.ok(row && (await runsOf(hookloom.db).findOne({ _id: row.runIds[0] ?? '' })));
      return row;
    });
    const day = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1_000);
    // More of them than one look takes.
    const old = Array.from({ length: 1_200 }, (_, index) => ({
      ...open,
      _id: `whe_open${index}`,
      receivedAt: day(60),
    }));
    const over = { ...open, _id: 'whe_over', status: 'rejected' as const, runIds: [], receivedAt: day(40) };
    const young = { ...over, _id: 'whe_young', receivedAt: day(20) };
    await rows.insertMany([...old, over, young]);
    let deleted = 0;
    let report = await applyRetention(hookloom.db, day(30));
    for (; report.after; report = await applyRetention(hookloom.db, day(30), report.after))
      deleted += report.webhookEvents;
    assert.equal(deleted + report.webhookEvents, 1);
    assert.equal(await rows.countDocuments({ _id: 'whe_over' }), 0);
    assert.equal(await rows.countDocuments({ workflowId: id }), 1_202);
  });
});
