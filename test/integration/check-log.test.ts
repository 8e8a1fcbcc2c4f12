import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { checkAllLogs } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';

type Row = Record<string, unknown> & { _id: string };

describe('npm run check:log', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  let runId: string;
  const stops: (() => Promise<void>)[] = [];
  const rows = (name: string) => hookloom.db.collection<Row>(name);

  function checkLog(...args: string[]) {
    const { MONGODB_URL, MONGODB_DB } = hookloom.env as Record<string, string>;
    const { PATH = '', HOME = '' } = process.env;
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'src/dev/check-log.ts', ...args], {
      env: { PATH, HOME, MONGODB_URL, MONGODB_DB },
      encoding: 'utf8',
    });
    return { status: run.status, text: run.stdout + run.stderr };
  }

  function assertWhole(): void {
    const { status, text } = checkLog();
    assert.equal(status, 0, text);
  }

  before(async () => {
    const receiver = await startReceiver();
    stops.push(receiver.stop);
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
    stops.push(() => hookloom.stop());
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['each'] },
        each: { type: 'for-each', payload: { array: [1, 2, 3] }, loopBody: ['say'], children: ['big'] },
        say: {
          type: 'code-transform',
          payload: {
            code: 'const transform = (x) => { console.log("line", x); return x; };',
            input: '{{$item}}',
          },
        },
        big: { type: 'set', payload: { values: { text: 'x'.repeat(100_000) } } },
      },
    });
    const created = await hookloom.call('POST', '/v1/execution-webhooks', {
      name: 'all',
      url: receiver.url,
      subscribedEventTypes: ['*'],
    });
    assert.equal(created.status, 201);
    // An endpoint as it was when the events were recorded: changed longer ago than an append may take.
    const longAgo = new Date(Date.now() - 60_000);
    await rows('endpoints').updateOne({ _id: created.body.endpoint.id }, { $set: { updatedAt: longAgo } });
    runId = (await hookloom.call('POST', webhookUrl, {})).body.runIds[0];
    await hookloom.runEnd(runId);
    await eventually(async () => {
      assert.equal(await rows('deliveries').countDocuments({ status: { $ne: 'success' } }), 0);
    });
  });
  after(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('finds nothing wrong with a log that nobody touched', async () => {
    await checkAllLogs(hookloom.db);
    const { status, text } = checkLog();
    assert.equal(text.trim().split('\n').at(-1), '1 runs, 0 wrong, 0 repaired');
    assert.equal(status, 0);
  });

  it('tells records that are not what the log says, and repairs them', async () => {
    const runBefore = await rows('runs').findOne({ _id: runId });
    const executionsBefore = await rows('executions').find({ runId }).sort({ path: 1 }).toArray();
    await rows('runs').updateOne({ _id: runId }, { $set: { status: 'failure', 'counts.success': 99 } });
    await rows('executions').updateOne({ runId, path: 'each[1]/say' }, { $set: { status: 'running' } });
    await rows('executions').deleteOne({ runId, path: 'big' });
    const found = checkLog();
    assert.equal(found.status, 1);
    for (const part of ['run.status', 'run.counts', 'each[1]/say.status', 'big has events and no record'])
      assert.ok(found.text.includes(part), `${part}: ${found.text}`);
    assert.match(checkLog('--repair').text, /1 runs, 1 wrong, 1 repaired/);
    assert.deepEqual(await rows('runs').findOne({ _id: runId }), runBefore);
    assert.deepEqual(await rows('executions').find({ runId }).sort({ path: 1 }).toArray(), executionsBefore);
  });

  it('makes a missing delivery again, which then goes out', async () => {
    const lost = await rows('deliveries').findOneAndDelete({ runId, eventType: 'run.succeeded' });
    assert.match(checkLog().text, /has no delivery to endpoint/);
    assert.equal(checkLog('--repair').status, 0);
    await eventually(async () => {
      const made = await rows('deliveries').findOne({ _id: lost?._id ?? '' });
      assert.equal(made?.['status'], 'success');
    }, 20_000);
  });

  it('tells a gap, a second end and a missing value, and does not invent them', async () => {
    const [first, ...later] = await rows('appends').find({ runId }).sort({ _id: 1 }).toArray();
    const [removed, next] = later;
    assert.ok(first && removed && next);
    await rows('appends').deleteOne({ _id: removed._id });
    const gap = new RegExp(`expected sequence ${removed['from']}; came ${next['from']}[^]*NOT repaired`);
    assert.match(checkLog('--repair').text, gap);
    await rows('appends').insertOne(removed);
    const end = later.at(-1) as Row;
    const place = Number(end['to']) + 1;
    const type = 'run.succeeded';
    const body = {
      id: 'evt_second',
      type,
      timestamp: new Date().toISOString(),
      data: { runId, sequence: place },
    };
    const second = {
      ...{ ...end, _id: `${runId}:${String(place).padStart(8, '0')}`, from: place, to: place, types: [type] },
      ...{ heads: JSON.stringify([{ _id: 'evt_second', type }]), events: JSON.stringify(body) },
    };
    await rows('appends').insertOne(second);
    assert.match(checkLog().text, /stands after the end of the run/);
    await rows('appends').deleteOne({ _id: second._id });
    const payload = await rows('payloads').findOneAndDelete({ runId });
    assert.match(checkLog().text, new RegExp(`the value ${payload?._id} is missing`));
    await rows('payloads').insertOne(payload as Row);
    assertWhole();
  });

  it('tells an append that does not hold what it says, and does not mend it', async () => {
    const append = (await rows('appends').find({ runId }).sort({ _id: 1 }).skip(1).next()) as Row;
    const change = async (set: Record<string, unknown>, found: RegExp) => {
      await rows('appends').updateOne({ _id: append._id }, { $set: set });
      assert.match(checkLog('--repair').text, found);
      await rows('appends').replaceOne({ _id: append._id }, append);
    };
    await change({ to: Number(append['to']) + 1 }, /says that it holds [^]*NOT repaired/);
    await change({ counts: { success: 99 } }, /the append says \{"success":99\}/);
    const heads = JSON.parse(String(append['heads'])) as object[];
    const other = [{ ...heads[0], _id: 'evt_other' }, ...heads.slice(1)];
    await change({ heads: JSON.stringify(other) }, /is not what its head says[^]*NOT repaired/);
    assertWhole();
  });

  it('finds a log without a record and makes the record again; executions without a log it only tells', async () => {
    const run = (await rows('runs').findOneAndDelete({ _id: runId })) as Row;
    await rows('executions').insertOne({ _id: 'exe_lost', runId: 'run_lost', path: 'n', status: 'success' });
    const found = checkLog();
    assert.match(found.text, new RegExp(`${runId}: the run has a log and no record`));
    assert.match(found.text, /run_lost: the log does not begin with run.queued/);
    assert.match(checkLog('--repair').text, /2 runs, 2 wrong, 1 repaired/);
    assert.deepEqual(await rows('runs').findOne({ _id: runId }), run);
    await rows('executions').deleteOne({ _id: 'exe_lost' });
    assertWhole();
  });

  it('repairs a run that goes on, too, and changes none that is as its log says', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['ask'] },
        ask: { type: 'wait', payload: {}, branches: { resumed: ['end'] } },
        end: { type: 'log', payload: { message: 'over' } },
      },
    });
    const [open] = (await hookloom.call('POST', webhookUrl, {})).body.runIds as [string];
    await eventually(async () => {
      assert.equal((await hookloom.call('GET', `/v1/runs/${open}`)).body.status, 'waiting');
    }, 30_000);
    const before = await rows('executions').findOne({ runId: open, path: 'ask' });
    await rows('executions').updateOne({ runId: open, path: 'ask' }, { $set: { attempt: 7 } });
    await rows('runs').updateOne({ _id: open }, { $set: { status: 'running' } });
    assert.match(checkLog('--run', open).text, /ask\.attempt: the log says 1; the record says 7/);
    assert.match(checkLog('--run', open, '--repair').text, /1 runs, 1 wrong, 1 repaired/);
    assert.deepEqual(await rows('executions').findOne({ runId: open, path: 'ask' }), before);
    const resumed = await hookloom.call('POST', `/v1/runs/${open}/nodes/ask/resume`, { data: {} });
    assert.ok(resumed.status < 300, JSON.stringify(resumed.body));
    assert.equal((await hookloom.runEnd(open)).status, 'success');
    assertWhole();
  });

  it('has the lines of the code in the log, as events', async () => {
    const { body } = await hookloom.call('GET', `/v1/runs/${runId}/events?limit=100`);
    const lines = body.items.filter((event: any) => event.type === 'node.log');
    assert.deepEqual(
      lines.map((event: any) => [event.data.path, event.data.level, event.data.message]),
      [1, 2, 3].map((item) => [`each[${item - 1}]/say`, 'info', `line ${item}`]),
    );
  });
});
