import assert from 'node:assert/strict';
import { checkAllLogs } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { flowOf, waitingWorkflow } from '../support/flow.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('flow control', function () {
  this.timeout(600_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom();
  });
  after(async () => {
    try {
      await endAll();
      await checkAllLogs(hookloom.db);
    } finally {
      await hookloom.stop();
    }
  });
  /** Once every run has ended, nobody waits, and no slot is taken. */
  const endAll = async () => {
    const open = { status: { $in: ['queued', 'running', 'waiting'] } };
    const runs = () => hookloom.db.collection<any>('runs').find(open).toArray();
    await eventually(async () => {
      for (const { _id } of await runs()) await call('POST', `/v1/runs/${_id}/cancel`, {});
      assert.equal((await runs()).length, 0);
    }, 150_000);
    await eventually(async () => {
      assert.equal(await hookloom.db.collection('flowWaiting').countDocuments(), 0);
      const held = await hookloom.db
        .collection('flowLanes')
        .find({ 'holders.0': { $exists: true } })
        .toArray();
      assert.deepEqual(held, []);
    }, 150_000);
  };
  const { call, begin, read, under, queued, letGo, end, lanes, eventsOf, statusOf } = flowOf(() => hookloom);
  const publish = (flow: object, root?: object) => hookloom.publish(waitingWorkflow(flow, root));
  const republish = async (id: string, flow: object) => {
    await call('PUT', `/v1/workflows/${id}`, { definition: waitingWorkflow(flow) });
    assert.equal((await call('POST', `/v1/workflows/${id}/publish`, {})).status, 200);
  };

  /** Lists of runs tell each run's place as the run itself does; answers the places, newest run first. */
  const listed = async (workflowId: string): Promise<any[]> => {
    const { items } = (await call('GET', `/v1/workflows/${workflowId}/runs?limit=100`)).body;
    const all = (await call('GET', `/v1/runs?workflowId=${workflowId}&limit=100`)).body.items;
    for (const [index, { id, queue }] of items.entries()) {
      assert.deepEqual(queue, (await read(id)).queue, id);
      assert.deepEqual(all[index].queue, queue, id);
    }
    return items.map(({ queue }: any) => queue);
  };

  it('lets so many runs of a key go at a time, and tells the others where they stand', async () => {
    const { id, webhookUrl } = await publish({
      concurrency: { limit: 2, key: '{{$trigger.body.customer}}' },
    });
    const first = await begin(webhookUrl, { customer: 'a' });
    const second = await begin(webhookUrl, { customer: 'a' });
    await Promise.all([under(first), under(second)]);
    const third = await begin(webhookUrl, { customer: 'a' });
    const fourth = await begin(webhookUrl, { customer: 'a' });
    const other = await begin(webhookUrl, { customer: 'b' });
    await under(other);
    const { lane, since, ...place } = await queued(third);
    assert.deepEqual(place, { reason: 'concurrency', key: 'a', position: 1, ahead: 2 });
    assert.ok(since);
    assert.equal((await queued(fourth)).position, 2);
    assert.deepEqual(
      (await listed(id)).map((queue) => queue && [queue.position, queue.ahead]),
      [null, [2, 3], [1, 2], null, null],
    );
    const [, blocked] = await eventually(async () => {
      const events = await eventsOf(third);
      assert.equal(events.length, 2);
      return events;
    });
    assert.equal(blocked.type, 'run.blocked');
    assert.deepEqual(blocked.data.queue, { ...place, lane });
    const found = await lanes(id);
    assert.deepEqual(found.map(({ key, running, waiting, limit }) => [key, running, waiting, limit]).sort(), [
      ['a', 2, 2, 2],
      ['b', 1, 0, 2],
    ]);
    await letGo(first);
    await under(third);
    assert.equal((await queued(fourth)).position, 1);
    assert.equal((await read(third)).queue, null);
    for (const runId of [second, third, other]) await letGo(runId);
    await under(fourth);
    await letGo(fourth);
    assert.equal((await end(fourth)).status, 'success');
    await eventually(async () => assert.ok((await lanes(id)).every(({ running }) => running === 0)));
  });

  it('starts those that wait by priority, then by time', async () => {
    const { id, webhookUrl } = await publish({
      concurrency: { limit: 1 },
      priority: '{{$trigger.body.priority}}',
    });
    const first = await begin(webhookUrl);
    await under(first);
    const waiting: string[] = [];
    for (const priority of [5, null, 1, 3, '1', 9]) {
      const runId = await begin(webhookUrl, { priority });
      await queued(runId);
      waiting.push(runId);
    }
    const expected = [2, 4, 1, 3, 0, 5].map((index) => waiting[index] ?? '');
    for (const [index, runId] of expected.entries()) assert.equal((await queued(runId)).position, index + 1);
    assert.deepEqual(
      (await listed(id)).map((queue) => queue?.position),
      [6, 2, 4, 1, 3, 5, undefined],
    );
    let before = first;
    for (const runId of expected) {
      await letGo(before);
      await under(runId);
      before = runId;
    }
    await letGo(before);
    const described = await hookloom.temporal.workflow.getHandle(expected[0] ?? '').describe();
    assert.equal(described.priority?.priorityKey, 1, 'Temporal knows the priority too');
    assert.match((await described.staticDetails()) ?? '', /^Waited \d+ s for its turn: its lane was full$/);
  });

  it('frees a slot however its run ends: failed, cancelled, terminated, out of time', async () => {
    const { id, webhookUrl } = await publish({ concurrency: { limit: 1 } });
    const cancelled = await begin(webhookUrl);
    await under(cancelled);
    const terminated = await begin(webhookUrl);
    await queued(terminated);
    await call('POST', `/v1/runs/${cancelled}/cancel`, {});
    await under(terminated);
    const last = await begin(webhookUrl);
    await queued(last);
    await hookloom.temporal.workflow.getHandle(terminated).terminate('by hand');
    await under(last);
    await letGo(last);
    await end(last);
    const [lane] = await eventually(async () => {
      const found = await lanes(id);
      assert.deepEqual(found[0].runIds, []);
      return found;
    });
    assert.equal(lane.running, 0);
  });

  it('forgets a run that is cancelled while it waits', async () => {
    const { id, webhookUrl } = await publish({ concurrency: { limit: 1 } });
    const first = await begin(webhookUrl);
    await under(first);
    const second = await begin(webhookUrl);
    const third = await begin(webhookUrl);
    await queued(second);
    await queued(third);
    assert.equal((await call('POST', `/v1/runs/${second}/cancel`, {})).body.status, 'cancelled');
    await eventually(async () => assert.equal((await queued(third)).position, 1));
    assert.equal((await lanes(id))[0].waiting, 1);
    await letGo(first);
    await under(third);
    await letGo(third);
    await end(third);
    assert.deepEqual(
      (await eventsOf(second)).map(({ type }) => type).filter((type) => type.startsWith('run.')),
      ['run.queued', 'run.blocked', 'run.cancelled'],
    );
  });

  it('gives back at once what it takes for a run that has ended, whose row a killed process has left', async () => {
    const { id, webhookUrl } = await publish({ concurrency: { limit: 1 } });
    const first = await begin(webhookUrl);
    await under(first);
    const runId = await begin(webhookUrl);
    await queued(runId);
    const waiting = hookloom.db.collection<any>('flowWaiting');
    const row = (await waiting.findOne({ _id: runId })) ?? assert.fail('it does not wait');
    for (const one of [first, runId]) {
      await under(one);
      await letGo(one);
      await end(one);
    }
    await eventually(async () => assert.ok((await lanes(id)).every(({ running }) => running === 0)));
    await waiting.insertOne(row);
    await call('POST', `/v1/flow/${id}/pause`, {});
    await call('POST', `/v1/flow/${id}/resume`, {});
    await eventually(async () => {
      assert.equal(await waiting.countDocuments({ _id: runId }), 0);
      assert.ok((await lanes(id)).every(({ running }) => running === 0));
    });
  });

  it('gives a retry a slot of its own, and one only', async () => {
    const { id, webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['ask'] },
        ask: { type: 'wait', payload: {}, children: ['bad'] },
        bad: { type: 'fail', payload: { type: 'broken', message: 'on purpose' } },
      },
      settings: { flow: { concurrency: { limit: 1 } } },
    });
    const first = await begin(webhookUrl);
    await under(first);
    await letGo(first);
    assert.equal((await end(first)).status, 'failure');
    const holder = await begin(webhookUrl);
    await under(holder);
    const retry = (await call('POST', `/v1/runs/${first}/retry`, { from: 'ask' })).body.runId;
    await queued(retry);
    await letGo(holder);
    await under(retry);
    assert.deepEqual((await lanes(id))[0].runIds, [retry]);
    await letGo(retry);
    await end(retry);
  });

  it('takes any key: long, empty, with signs, null and none', async () => {
    const { id, webhookUrl } = await publish({ concurrency: { limit: 1, key: '{{$trigger.body.key}}' } });
    const keys = [
      '',
      ' ',
      '$where',
      'a.b',
      '__proto__',
      '{"$gt":1}',
      'x'.repeat(50_000),
      [1, { a: 2 }],
      false,
    ];
    const runs = await Promise.all(keys.map((key) => begin(webhookUrl, { key })));
    await Promise.all(runs.map(under));
    const none = await begin(webhookUrl, {});
    await under(none);
    const isNull = await begin(webhookUrl, { key: null });
    assert.equal((await queued(isNull)).key, null);
    const again = await begin(webhookUrl, { key: 'x'.repeat(50_000) });
    assert.equal((await queued(again)).key.length, 256);
    const number = await begin(webhookUrl, { key: 7 });
    await under(number);
    await queued(await begin(webhookUrl, { key: '7' }));
    assert.equal((await lanes(id)).length, keys.length + 2);
    const list = await hookloom.db.collection('flowWaiting').countDocuments({ workflowId: id });
    assert.equal(list, 3);
  });

  it('drops, cancels or keeps runs as `onFull` says', async () => {
    const skip = await publish({ concurrency: { limit: 1, onFull: 'skip' } });
    const [kept] = [await begin(skip.webhookUrl)];
    await under(kept);
    const skipped = await end(await begin(skip.webhookUrl));
    assert.deepEqual([skipped.status, skipped.startedAt], ['cancelled', null]);
    const last = (await eventsOf(skipped.id)).at(-1);
    assert.deepEqual([last.data.reason, last.data.source], ['skipped: its lane was full', 'flow']);

    const newest = await publish({ concurrency: { limit: 1, onFull: 'keep_newest' } });
    const running = await begin(newest.webhookUrl);
    await under(running);
    const older = await begin(newest.webhookUrl);
    await queued(older);
    const newer = await begin(newest.webhookUrl);
    assert.equal((await end(older)).status, 'cancelled');
    assert.equal((await queued(newer)).position, 1);
    await letGo(running);
    await under(newer);

    const oldest = await publish({ concurrency: { limit: 1, onFull: 'keep_oldest' } });
    const holder = await begin(oldest.webhookUrl);
    await under(holder);
    const waits = await begin(oldest.webhookUrl);
    await queued(waits);
    assert.equal((await end(await begin(oldest.webhookUrl))).status, 'cancelled');
    assert.equal((await queued(waits)).position, 1);

    const replaced = await publish({ concurrency: { limit: 1, onFull: 'cancel_running' } });
    const replacedRun = await begin(replaced.webhookUrl);
    await under(replacedRun);
    const replacing = await begin(replaced.webhookUrl);
    assert.equal((await end(replacedRun)).status, 'cancelled');
    await under(replacing);
    assert.deepEqual((await lanes(replaced.id))[0].runIds, [replacing]);
  });

  it('lets a limit of 0 hold everything until it is overridden, and obeys the override at once', async () => {
    const { id, webhookUrl } = await publish({ concurrency: { limit: 0, key: '{{$trigger.body.key}}' } });
    const runs: string[] = [];
    for (let index = 0; index < 5; index += 1) runs.push(await begin(webhookUrl, { key: 'a' }));
    for (const runId of runs) await queued(runId);
    const limits = `/v1/flow/${id}/limits`;
    const lane = await call('PATCH', limits, { key: 'a', limit: 3 });
    assert.deepEqual([lane.status, lane.body.override, lane.body.key], [200, 3, 'a']);
    await Promise.all(runs.slice(0, 3).map(under));
    await queued(runs[3] ?? '');
    // Lowered under load: those that run go on, and nothing starts until there are fewer.
    assert.equal((await call('PATCH', limits, { key: 'a', limit: 1 })).status, 200);
    await letGo(runs[0] ?? '');
    await letGo(runs[1] ?? '');
    await end(runs[1] ?? '');
    await eventually(async () => assert.equal((await lanes(id))[0].running, 1));
    await queued(runs[3] ?? '');
    await letGo(runs[2] ?? '');
    await under(runs[3] ?? '');
    assert.equal((await call('PATCH', limits, { key: 'a', limit: null })).body.override, null);
    await letGo(runs[3] ?? '');
    await end(runs[3] ?? '');
    await queued(runs[4] ?? '');
    assert.equal((await call('PATCH', limits, { limit: 1, index: 1 })).status, 400);
    assert.equal((await call('PATCH', limits, { limit: -1 })).status, 400);
    assert.equal(
      (await call('PATCH', '/v1/flow/wf_aaaaaaaaaaaaaaaaaaaaaaaaaa/limits', { limit: 1 })).status,
      404,
    );
    assert.equal((await call('PATCH', '/v1/flow/nobody/limits', { limit: 1 })).status, 404);
    const audit = (await call('GET', '/v1/audit?limit=100')).body.items;
    assert.ok(audit.some((row: any) => row.resource === limits && row.status === 200));
  });

  it('judges those that wait by the live version', async () => {
    const { id, webhookUrl } = await publish({ concurrency: { limit: 1 } });
    const runs: string[] = [];
    for (let index = 0; index < 6; index += 1) runs.push(await begin(webhookUrl));
    await under(runs[0] ?? '');
    for (const runId of runs.slice(1)) await queued(runId);
    await republish(id, { concurrency: { limit: 4 } });
    await Promise.all(runs.slice(0, 4).map(under));
    await queued(runs[4] ?? '');
    await call('PUT', `/v1/workflows/${id}`, { definition: { ...waitingWorkflow({}), settings: {} } });
    await call('POST', `/v1/workflows/${id}/publish`, {});
    await Promise.all(runs.map(under));
    assert.equal(await statusOf(runs[5] ?? ''), 'waiting');
  });

  it('counts workflows of one scope together, each by its own limit', async () => {
    const low = await publish({ concurrency: { limit: 1, scope: 'shared-api' } });
    const high = await publish({ concurrency: { limit: 2, scope: 'shared-api' } });
    const first = await begin(low.webhookUrl);
    await under(first);
    const second = await begin(low.webhookUrl);
    await queued(second);
    const third = await begin(high.webhookUrl);
    await under(third);
    const fourth = await begin(high.webhookUrl);
    await queued(fourth);
    await letGo(first);
    await under(fourth);
    await queued(second);
    await letGo(third);
    await letGo(fourth);
    await under(second);
    assert.equal((await lanes('shared-api'))[0].index, null);
    assert.equal((await call('POST', '/v1/flow/shared-api/pause', {})).body.isPaused, true);
    await letGo(second);
    const paused = await begin(high.webhookUrl);
    assert.deepEqual((await queued(paused)).reason, 'paused');
    assert.deepEqual((await call('GET', '/v1/flow')).body.paused, ['shared-api']);
    assert.equal((await call('POST', '/v1/flow/shared-api/resume', {})).body.isPaused, false);
    await under(paused);
  });

  it('starts nothing of a paused workflow, and goes on in order', async () => {
    const { id, webhookUrl } = await publish({});
    const before = await begin(webhookUrl);
    await under(before);
    assert.equal((await call('POST', `/v1/flow/${id}/pause`, {})).status, 200);
    const first = await begin(webhookUrl);
    const { reason, position } = await queued(first);
    assert.deepEqual([reason, position], ['paused', 1]);
    const second = await begin(webhookUrl);
    assert.equal((await queued(second)).position, 2);
    const third = await begin(webhookUrl);
    assert.equal((await queued(third)).position, 3);
    assert.deepEqual(
      (await listed(id)).map((queue) => queue && [queue.reason, queue.lane, queue.position]),
      [3, 2, 1].map((at): unknown => ['paused', null, at]).concat([null]),
    );
    await call('POST', `/v1/runs/${third}/cancel`, {});
    await letGo(before);
    assert.equal((await call('POST', `/v1/flow/${id}/resume`, {})).status, 200);
    await Promise.all([under(first), under(second)]);
    const { id: plain } = await hookloom.publish({ ...waitingWorkflow({}), settings: {} });
    assert.equal((await call('POST', `/v1/flow/${plain}/pause`, {})).status, 409);
  });

  it('lets a child share the slot of the run that waits for it, so that a limit of 1 does not lock', async () => {
    const flow = { concurrency: { limit: 1, scope: 'family' } };
    const child = await publish(flow, { type: 'manual' });
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['each'] },
        each: {
          type: 'for-each',
          payload: { array: [1, 2], maxConcurrency: 2 },
          loopBody: ['child'],
        },
        child: { type: 'trigger-workflow', payload: { workflowId: child.id } },
      },
      settings: { flow },
    });
    const parent = await begin(webhookUrl);
    const children: any[] = await eventually(async () => {
      const { items } = (await call('GET', `/v1/workflows/${child.id}/runs`)).body;
      assert.equal(items.length, 2);
      return items;
    }, 150_000);
    for (const { id } of children) await under(id);
    const [lane] = await lanes('family');
    assert.deepEqual([lane.running, lane.runIds.length], [1, 3]);
    const stranger = (await call('POST', `/v1/workflows/${child.id}/run`, { payload: null })).body.runId;
    await queued(stranger);
    for (const { id } of children) await letGo(id);
    assert.equal((await end(parent)).status, 'success');
    await under(stranger);
    await letGo(stranger);
    await end(stranger);
  });

  it('fails a run whose limit is no number', async () => {
    const { webhookUrl } = await publish({ concurrency: { limit: '{{$trigger.body.limit}}' } });
    const bad = await end(await begin(webhookUrl, { limit: 'many' }));
    assert.deepEqual([bad.status, bad.error.type], ['failure', 'invalid_input']);
    assert.match(
      bad.error.message,
      /settings\.flow\.concurrency\.limit: expected a number from 0; came a text/,
    );
    const negative = await end(await begin(webhookUrl, { limit: -1 }));
    assert.equal(negative.error.type, 'invalid_input');
    await under(await begin(webhookUrl, { limit: 1 }));
    await queued(await begin(webhookUrl, { limit: 1 }));
    await under(await begin(webhookUrl, { limit: '2' }));
  });

  it('takes every slot that a run needs or none', async () => {
    const { id, webhookUrl } = await publish({
      concurrency: [{ limit: 2 }, { limit: 1, key: '{{$trigger.body.customer}}' }],
    });
    const a1 = await begin(webhookUrl, { customer: 'a' });
    await under(a1);
    const a2 = await begin(webhookUrl, { customer: 'a' });
    const a3 = await begin(webhookUrl, { customer: 'a' });
    assert.equal((await queued(a2)).key, 'a');
    await queued(a3);
    // Those of a wait for a: they keep no slot from b.
    const b1 = await begin(webhookUrl, { customer: 'b' });
    await under(b1);
    const c1 = await begin(webhookUrl, { customer: 'c' });
    assert.equal((await queued(c1)).key, null);
    await letGo(b1);
    await under(c1);
    await queued(a2);
    await letGo(a1);
    await under(a2);
    const held = (await lanes(id)).flatMap(({ runIds }) => runIds);
    assert.deepEqual(held.sort(), [a2, a2, c1, c1].sort());
    await letGo(a2);
    await under(a3);
  });

  it('starts so many runs in a window, and the others when there is room in it', async () => {
    const { id, webhookUrl } = await publish({
      rate: { limit: 2, perMs: 3_000, key: '{{$trigger.body.key}}' },
    });
    const runs: string[] = [];
    for (let index = 0; index < 5; index += 1) runs.push(await begin(webhookUrl, { key: 'a' }));
    await under(await begin(webhookUrl, { key: 'b' }));
    for (const runId of runs) await under(runId);
    const starts = await Promise.all(runs.map(async (runId) => Date.parse((await read(runId)).startedAt)));
    const lane = await hookloom.db.collection<any>('flowLanes').findOne({ owner: id, key: 'a' });
    // What counts is when they were let go; a slow machine starts them later.
    assert.ok((starts[4] ?? 0) - (starts[0] ?? 0) > 3_000, starts.join());
    assert.ok(lane.starts.length <= 2);
    assert.ok((await eventsOf(runs[4] ?? '')).some(({ data }) => data.queue?.reason === 'rate'));
    const skipping = await publish({ rate: { limit: 1, perMs: 3_600_000, onFull: 'skip' } });
    await under(await begin(skipping.webhookUrl));
    const skipped = await end(await begin(skipping.webhookUrl));
    assert.equal(skipped.status, 'cancelled');
    assert.equal((await eventsOf(skipped.id)).at(-1).data.reason, 'skipped: its rate was reached');
  });
});
