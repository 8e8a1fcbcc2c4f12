import assert from 'node:assert/strict';
import { checkShape } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { hooksPath, startHookBench } from '../support/hooks.ts';
import type { HookBench } from '../support/hooks.ts';
import { readEvents } from '../support/read-events.ts';

const dayMs = 24 * 60 * 60 * 1000;

describe('the health of a hook endpoint', function () {
  this.timeout(180_000);
  let bench: HookBench;
  let watcherId: string;
  const status = (code: number) => (_: unknown, response: any) => void response.writeHead(code).end();

  before(async () => {
    bench = await startHookBench({ HOOKLOOM_HOOK_SCHEDULE: '0s,50ms,50ms' });
    const news = { subscribedEventTypes: ['endpoint.*', 'delivery.exhausted'], maxInFlight: 5 };
    ({ id: watcherId } = await bench.createEndpoint('/watcher', news));
  });
  after(() => bench?.stop());

  const read = async (id: string) => (await bench.hookloom.call('GET', `${hooksPath}/${id}`)).body;
  /** What the other endpoints hear of one, in order. */
  const told = (endpointId: string) =>
    bench
      .got('/watcher')
      .filter(({ event }) => event.data['endpointId'] === endpointId)
      .map(({ event }) => event);
  const hears = (endpointId: string, types: string[]) =>
    eventually(() => {
      const heard = told(endpointId);
      assert.deepEqual(heard.map(({ type }) => type).sort(), [...types].sort());
      return heard;
    }, 30_000);
  /** Events about an endpoint as they are recorded. */
  const recorded = (endpointId: string) =>
    readEvents(bench.hookloom.db, (event) => event.endpointId === endpointId);

  it('is failing after three failed attempts and recovers with a success; the others hear it, each thing once', async () => {
    bench.answers.set('/ill', status(500));
    const types = { subscribedEventTypes: ['run.waiting', 'endpoint.*', 'delivery.*'] };
    const { id, workflowId } = await bench.createEndpoint('/ill', types);
    await bench.createEndpoint('/star', { subscribedEventTypes: ['*'], workflowIds: [] });
    await bench.emit(workflowId, 1, 4);
    const exhausted = Array.from({ length: 4 }, () => 'delivery.exhausted');
    const heard = await hears(id, ['endpoint.failing', ...exhausted]);
    const failing = heard.find(({ type }) => type === 'endpoint.failing');
    assert.deepEqual([failing?.data['failures'], failing?.data['endpointName']], [3, '/ill']);
    assert.match(failing?.data['lastError'], /500/);
    const { health } = await read(id);
    assert.deepEqual([health.status, health.failuresInRow, health.lastSuccessAt], ['failing', 3, null]);
    assert.ok(Date.parse(health.disablesAt) - Date.parse(health.failingSince) === 5 * dayMs);
    bench.answers.delete('/ill');
    await bench.emit(workflowId, 1, 3);
    await hears(id, ['endpoint.failing', 'endpoint.recovered', ...exhausted]);
    const well = await read(id);
    assert.deepEqual([well.health.status, well.health.failuresInRow], ['healthy', 0]);
    assert.ok(well.health.lastSuccessAt);
    const events = await recorded(id);
    assert.equal(events.length, 6);
    for (const event of events) {
      checkShape(event);
      assert.ok(!('sequence' in JSON.parse(event.body).data));
    }
    const heardAt = (path: string) => new Set(bench.got(path).map(({ event }) => event.type));
    assert.deepEqual([...heardAt('/ill')], ['run.waiting'], 'it hears nothing of itself');
    assert.ok(![...heardAt('/star')].some((type) => /^(endpoint|delivery)\./.test(type)));
    await eventually(async () => {
      const { items } = (await bench.hookloom.call('GET', '/v1/activity?limit=100&types=endpoint.*')).body;
      assert.equal(items.filter((event: any) => event.data.endpointId === id).length, 2);
    }, 20_000);
  });

  it('is told once however many attempts fail at once', async () => {
    bench.answers.set('/dead', status(503));
    const { id, workflowId } = await bench.createEndpoint('/dead', { maxRetries: 0 });
    await bench.emit(workflowId, 1, 30);
    const exhausted = Array.from({ length: 30 }, () => 'delivery.exhausted');
    await hears(id, ['endpoint.failing', ...exhausted]);
    const deliveries = await bench.deliveries(id);
    for (const one of deliveries) {
      assert.deepEqual(
        [one.status, one.reason, one.attempts.length, one.retryCount],
        ['failure', 'exhausted', 1, 0],
      );
    }
  });

  it('is not changed by the deliveries of such news, and they make no news', async () => {
    bench.answers.set('/deaf', status(500));
    const news = {
      subscribedEventTypes: ['endpoint.disabled'],
      retrySchedule: ['0s', '50ms', '50ms', '50ms'],
    };
    const deaf = await bench.createEndpoint('/deaf', news);
    const { id } = await bench.createEndpoint('/by-hand');
    for (const action of ['disable', 'disable', 'enable', 'disable'])
      assert.equal((await bench.hookloom.call('POST', `${hooksPath}/${id}/${action}`, {})).status, 200);
    const heard = await hears(id, ['endpoint.disabled', 'endpoint.disabled']);
    assert.equal(heard[0]?.data['reason'], 'by_hand');
    await eventually(async () => {
      const deliveries = await bench.deliveries(deaf.id);
      assert.deepEqual(
        deliveries.map((one) => [one.status, one.attempts.length, one.runId]),
        [
          ['failure', 4, null],
          ['failure', 4, null],
        ],
      );
    }, 20_000);
    assert.equal((await read(deaf.id)).health.status, 'healthy');
    assert.deepEqual(await recorded(deaf.id), []);
    assert.deepEqual(await recorded(watcherId), []);
  });

  it('disables an endpoint that is gone', async () => {
    bench.answers.set('/gone', status(410));
    const { id, workflowId } = await bench.createEndpoint('/gone');
    await bench.emit(workflowId, 1);
    const heard = await hears(id, ['endpoint.disabled']);
    assert.equal(heard[0]?.data['reason'], 'gone');
    const { status: state, disabledReason } = await read(id);
    assert.deepEqual([state, disabledReason], ['disabled', 'gone']);
  });

  it('lists those that fail, and those that were disabled for it', async () => {
    const list = async (query: string) =>
      (await bench.hookloom.call('GET', `${hooksPath}?limit=100${query}`)).body.items.map(
        (row: any) => row.name,
      );
    const failing = await list('&failing=true');
    assert.deepEqual([...failing].sort(), ['/dead', '/gone']);
    const all = await list('');
    for (const name of ['/dead', '/gone', '/ill', '/by-hand']) assert.ok(all.includes(name), name);
    const refused = await bench.hookloom.call('GET', `${hooksPath}?failing=maybe`);
    assert.equal(refused.status, 400);
    assert.match(JSON.stringify(refused.body), /failing/);
  });

  it('warns at half of five days without a success and later, and disables at their end, each once', async () => {
    bench.answers.set('/lost', status(500));
    const { id, workflowId } = await bench.createEndpoint('/lost', { maxRetries: 0 });
    await bench.emit(workflowId, 1, 3);
    await eventually(async () => assert.equal((await read(id)).health.status, 'failing'), 20_000);
    const age = (days: number) =>
      bench.hookloom.db
        .collection<{ _id: string }>('endpoints')
        .updateOne({ _id: id }, { $set: { 'health.failingSince': new Date(Date.now() - days * dayMs) } });
    const percents = () =>
      told(id)
        .filter(({ type }) => type === 'endpoint.failing')
        .map(({ data }) => data['percent']);
    await eventually(() => assert.deepEqual(percents(), [undefined]), 20_000);
    for (const [days, percent] of [
      [2.6, 50],
      [3.6, 70],
      [4.6, 90],
    ] as const) {
      await age(days);
      await eventually(() => assert.equal(percents().at(-1), percent), 20_000);
    }
    assert.equal((await read(id)).status, 'active');
    await age(5.1);
    await eventually(() => assert.equal(told(id).at(-1)?.type, 'endpoint.disabled'), 20_000);
    const { status: state, disabledReason } = await read(id);
    assert.deepEqual([state, disabledReason], ['disabled', 'no_success']);
    assert.deepEqual(percents(), [undefined, 50, 70, 90]);
    await bench.emit(workflowId, 1);
    assert.equal((await bench.deliveries(id, '&status=held')).length, 1);
    const enabled = await bench.hookloom.call('POST', `${hooksPath}/${id}/enable`, { held: 'discard' });
    assert.ok(Date.parse(enabled.body.health.disablesAt) > Date.now() + 4.9 * dayMs, 'the time begins anew');
    const [discarded] = await bench.deliveries(id, '&status=discarded');
    assert.equal(discarded.reason, 'asked_for');
  });
});
