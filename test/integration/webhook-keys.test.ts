import assert from 'node:assert/strict';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const json = { 'content-type': 'application/json' };
const looping = '($f:=function($n){$f($n)};$f(1))';

describe('keys and filters of a webhook', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
  });
  after(() => hookloom?.stop());

  const root = { type: 'webhook' };
  const publish = (settings: object, resume?: object) =>
    hookloom.publish(
      { nodes: { root: { ...root, ...(resume ? { payload: { resume } } : {}) } } },
      { webhook: settings },
    );
  const byExpression = (expression: string) => ({ dedupe: { by: 'expression', expression } });
  const post = async (url: string, body: string) => {
    const answer = await fetch(url, { method: 'POST', headers: json, body });
    return { status: answer.status, ...((await answer.json()) as any) };
  };

  it('tell apart numbers that a double cannot (fault 8)', async () => {
    const { webhookUrl } = await publish(byExpression('{{$trigger.body.id}}'));
    const ids = ['7615917337495251231', '7615917337495251232', '7615917337495251231'];
    const answers = [];
    for (const id of ids) answers.push(await post(webhookUrl, `{"id":${id},"n":1e400}`));
    assert.deepEqual(
      answers.map(({ duplicate }) => duplicate),
      [false, false, true],
    );
    const { body } = await hookloom.call('GET', `/v1/runs/${answers[0].runIds[0]}`);
    assert.deepEqual(body.input, { id: ids[0], n: '1e400' });
  });

  it('meet the waits of their digits alone, by a number or its text (fault 8)', async () => {
    const { id, webhookUrl } = await publish({}, { key: '$trigger.body.payment', otherwise: 'hold' });
    await post(webhookUrl, '{"payment":7615917337495251231}');
    const key = async () =>
      (await hookloom.db.collection('correlations').find({}).toArray()).map(({ _id }) => String(_id));
    const before = await key();
    await post(webhookUrl, '{"payment":7615917337495251232}');
    assert.equal((await key()).length, before.length + 1);
    await post(webhookUrl, '{"payment":"7615917337495251231"}');
    assert.equal((await key()).length, before.length + 1);
    assert.ok(before.every((one) => one.startsWith(id) || !one.includes(id)));
  });

  const wrong: [text: string, says: RegExp][] = [
    ['{{$trigger.body.id', /expected \}\} at the end/],
    ['{{$secrets.x}}', /came \$secrets/],
    ['{{ $string($secrets.x) & $trigger.body.id }}', /came \$secrets/],
    ['order-1', /came the node order/],
    ['"always"', /depends on the request/],
    ['{{ $now() }}', /depends on the request/],
    ['{{$vars.x}}', /depends on the request/],
    ['{{$nodes.a.result}}', /came the node a/],
    ['{{$run.id}}-{{$trigger.body.id}}', /came \$run/],
    ['$trigger.', /an expression: /],
    ['', /./],
  ];
  for (const [text, says] of wrong) {
    it(`are refused at save: ${text} (fault 27)`, async () => {
      const workflow = { name: 'x', definition: { nodes: { root } } };
      for (const webhook of [byExpression(text), { filter: text }]) {
        const { status, body } = await hookloom.call('POST', '/v1/workflows', { ...workflow, webhook });
        assert.equal(status, 400, JSON.stringify(webhook));
        assert.match(body.detail, says);
      }
      const resume = { key: text, otherwise: 'hold' };
      const nodes = { root: { ...root, payload: { resume } } };
      const { status, body } = await hookloom.call('POST', '/v1/workflows', {
        name: 'x',
        definition: { nodes },
      });
      assert.equal(status, 400);
      assert.equal(body.errors[0].pointer, '/definition/nodes/root/payload/resume/key');
    });
  }

  it('take a text that holds expressions as well as one expression, with or without braces (fault 27)', async () => {
    for (const text of [
      'order-{{$trigger.body.id}}',
      '$trigger.body.id',
      '{{ $uppercase($trigger.body.id) }}',
      '$inputs.id & "x"',
    ]) {
      const { webhookUrl } = await publish(byExpression(text));
      const answers = [];
      for (const id of ['a', 'b', 'a']) answers.push(await post(webhookUrl, JSON.stringify({ id })));
      assert.deepEqual(
        answers.map(({ duplicate }) => duplicate),
        [false, false, true],
        text,
      );
    }
  });

  it('give no key where the request has no value for one of their expressions', async () => {
    const { webhookUrl } = await publish(byExpression('order-{{$trigger.body.id}}'));
    for (const body of ['{}', '{}', '{"id":null}', '{"id":""}'])
      assert.equal((await post(webhookUrl, body)).action, 'triggered');
  });

  it('let a request without a key start, be skipped or be refused, as chosen', async () => {
    const expected = { start: [202, 'triggered'], skip: [202, 'skipped'], reject: [400, undefined] };
    for (const [whenKeyMissing, [status, action]] of Object.entries(expected)) {
      const { webhookUrl } = await publish({}, { key: '{{$trigger.body.payment}}', whenKeyMissing });
      const answer = await post(webhookUrl, '{"other":1}');
      assert.deepEqual([answer.status, answer.action], [status, action], whenKeyMissing);
      if (whenKeyMissing === 'skip') assert.equal(answer.reason, 'no_key');
    }
  });

  it('start nothing for what does not pass the filter, which is listed and can be replayed', async () => {
    const { id, webhookUrl } = await publish({ filter: '$trigger.body.total > 100' });
    const small = await post(webhookUrl, '{"total":7}');
    assert.deepEqual([small.status, small.action, small.reason], [202, 'skipped', 'filtered']);
    assert.equal((await post(webhookUrl, '{"total":700}')).action, 'triggered');
    const { body } = await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}`);
    assert.deepEqual(
      body.items.map((row: any) => [row.action, row.reason]),
      [
        ['triggered', null],
        ['skipped', 'filtered'],
      ],
    );
    const replayed = await hookloom.call('POST', `/v1/webhook-events/${small.eventId}/replay`, {});
    assert.equal(replayed.body.action, 'triggered');
    assert.equal((await post(webhookUrl, 'null')).reason, 'filtered');
  });

  it('of one workflow never delay another, however many of them loop (fault 5)', async () => {
    const slow = await publish(byExpression(`${looping} & $trigger.body.id`));
    const quick = await publish(byExpression('$string($trigger.body.order) & "-x"'));
    assert.equal((await post(quick.webhookUrl, '{"order":0}')).status, 202);
    const left = new AbortController();
    let ended = 0;
    let endedAt = 0;
    const loops = Array.from({ length: 40 }, async (_, lane) => {
      for (let id = lane; !left.signal.aborted; id += 40) {
        const body = JSON.stringify({ id });
        await fetch(slow.webhookUrl, { method: 'POST', headers: json, body, signal: left.signal });
        // What a machine that stood still for a moment ends at once has had one turn.
        if (performance.now() - endedAt > 100) ended += 1;
        endedAt = performance.now();
      }
    });
    // By what others have got meanwhile, so that it holds on a slow machine too.
    for (let order = 1; order <= 100; order += 1) {
      const before = ended;
      assert.equal((await post(quick.webhookUrl, JSON.stringify({ order }))).status, 202);
      assert.ok(ended - before <= 3, `${ended - before} turns of loops ended while request ${order} waited`);
    }
    left.abort();
    await Promise.allSettled(loops);
  });
});
