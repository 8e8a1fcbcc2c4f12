import assert from 'node:assert/strict';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const manual = { nodes: { root: { type: 'manual' } } };
const webhook = {
  nodes: {
    root: { type: 'webhook', children: ['seen'] },
    seen: {
      type: 'set',
      payload: { values: { n: '{{$trigger.body.n}}', shop: '{{$trigger.headers."x-shop"}}' } },
    },
  },
};
const hourly = { nodes: { root: { type: 'schedule', payload: { cron: '0 * * * *' } } } };

describe('what overviews are made of', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom();
  });
  after(() => hookloom?.stop());

  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await hookloom.call(method, path, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer.body;
  };
  const start = async (id: string, body: object = {}) =>
    (await call('POST', `/v1/workflows/${id}/run`, body)).runId as string;

  it('lists workflows with their trigger, their last run and when they fire next', async () => {
    const { id: first } = await hookloom.publish(manual, { name: 'Nightly (old)' });
    const { id: scheduled } = await hookloom.publish(hourly, { name: 'Hourly' });
    await start(first);
    const last = await start(first);
    await hookloom.runEnd(last);
    const { items } = await call('GET', '/v1/workflows?search=nightly (OLD');
    assert.deepEqual(
      items.map((row: any) => [row.id, row.trigger, row.lastRun.id, row.lastRun.status, row.nextAt]),
      [[first, 'manual', last, 'success', null]],
    );
    const [hour] = (await call('GET', '/v1/workflows?search=Hourly')).items;
    const { next } = await call('GET', `/v1/workflows/${scheduled}/schedule`);
    assert.equal(hour.nextAt, next[0]);
    assert.equal(hour.lastRun, null);
    await call('POST', `/v1/workflows/${scheduled}/pause`, {});
    assert.equal((await call('GET', '/v1/workflows?search=Hourly')).items[0].nextAt, null);
    await call('DELETE', `/v1/workflows/${scheduled}`);
    assert.deepEqual((await call('GET', '/v1/workflows?search=Hourly')).items, []);
    assert.equal((await call('GET', '/v1/workflows?status=archived')).items[0].id, scheduled);
  });

  it('lists the workflows whose last run is so, however many newer ones there are', async () => {
    const broken = { type: 'fail', payload: { type: 'broken', message: 'out of order' } };
    const failing = { nodes: { root: { type: 'manual', children: ['only'] }, only: broken } };
    const { id: old } = await hookloom.publish(failing, { name: 'Fails' });
    const { id: mended } = await hookloom.publish(failing, { name: 'Failed once' });
    await hookloom.runEnd(await start(old));
    await hookloom.runEnd(await start(mended));
    await call('PUT', `/v1/workflows/${mended}`, { definition: manual });
    await call('POST', `/v1/workflows/${mended}/publish`, {});
    await hookloom.runEnd(await start(mended));
    await hookloom.publish(manual, { name: 'Never ran' });
    const { items, nextCursor } = await call('GET', '/v1/workflows?lastRunStatus=failure&limit=1');
    assert.deepEqual(
      items.map(({ id, lastRun }: any) => [id, lastRun.status]),
      [[old, 'failure']],
    );
    assert.equal(nextCursor, null);
    const refused = await hookloom.call('GET', '/v1/workflows?lastRunStatus=broken');
    assert.equal(refused.status, 400);
    assert.match(JSON.stringify(refused.body), /lastRunStatus/);
  });

  it('counts the runs of a time by step, by workflow and by status', async () => {
    const { id } = await hookloom.publish(manual, { name: 'Counted' });
    for (const runId of [await start(id), await start(id)]) await hookloom.runEnd(runId);
    const stats = await call('GET', `/v1/stats/runs?workflowId=${id}`);
    assert.equal(stats.points.length, 60);
    assert.equal(
      stats.points.reduce((sum: number, point: any) => sum + point.byStatus.success, 0),
      2,
    );
    const [counted] = stats.workflows;
    assert.deepEqual([counted.workflowId, counted.total, counted.byStatus.success], [id, 2, 2]);
    const since = new Date(Date.parse(stats.until) - 60_000).toISOString();
    const fine = await call('GET', `/v1/stats/runs?since=${since}&until=${stats.until}&stepSeconds=7`);
    assert.equal(fine.points.length, 9);
    assert.equal(fine.points[1].at, new Date(Date.parse(since) + 7_000).toISOString());
    const refused = await hookloom.call('GET', `/v1/stats/runs?stepSeconds=1&until=${stats.until}`);
    assert.equal(refused.status, 400);
    assert.equal(refused.body.errors[0].pointer, '/stepSeconds');
  });

  it('runs a draft by hand with a request that was captured, as if it came now', async () => {
    const { webhook: made, id } = await call('POST', '/v1/workflows', { name: 'Draft', definition: webhook });
    await call('POST', `/v1/workflows/${id}/webhook/capture`, { seconds: 60 });
    await hookloom.call('POST', made.url, { n: 7 }, { 'x-shop': 'north' });
    const [sample] = (await call('GET', `/v1/webhook-events?workflowId=${id}&status=sample`)).items;
    const runId = await start(id, { webhookEventId: sample.id, version: 'draft' });
    const run = await hookloom.runEnd(runId);
    assert.equal(run.status, 'success');
    assert.deepEqual(run.trigger, { source: 'manual', webhookEventId: sample.id });
    const [seen] = (await call('GET', `/v1/runs/${runId}/executions`)).items;
    assert.deepEqual((await call('GET', `/v1/executions/${seen.id}`)).output, { n: 7, shop: 'north' });
    const { id: other } = await hookloom.publish(webhook, { name: 'Other' });
    const foreign = await hookloom.call('POST', `/v1/workflows/${other}/run`, { webhookEventId: sample.id });
    assert.equal(foreign.status, 400);
    assert.equal(foreign.body.errors[0].pointer, '/webhookEventId');
    const both = { webhookEventId: sample.id, payload: {} };
    assert.equal((await hookloom.call('POST', `/v1/workflows/${id}/run`, both)).status, 400);
  });

  it('gives editors the schema of definitions, and forms the settings of each verification', async () => {
    const schema = await call('GET', '/v1/definition-schema');
    const node = schema.properties.nodes.additionalProperties;
    const types = node.properties.type.oneOf.map((one: any) => one.const);
    assert.ok(types.includes('webhook') && types.includes('http-request'));
    assert.deepEqual(
      node.allOf.map((one: any) => one.if.properties.type.const),
      types,
    );
    const { items } = await call('GET', '/v1/verification-types');
    const hmac = items.find((one: any) => one.type === 'hmac');
    assert.equal(hmac.settings.properties.secret.writeOnly, true);
    assert.equal(hmac.settings.properties.header.writeOnly, undefined);
    for (const { type, settings } of items)
      for (const name of ['secret', 'token', 'password'])
        assert.notEqual(settings.properties[name]?.writeOnly, false, `${type} ${name}`);
  });
});
