import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import { deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import { eventually } from '../support/eventually.ts';
import { createWorkflow, hookPathOf, startHookBench } from '../support/hooks.ts';
import type { HookBench } from '../support/hooks.ts';
import type { HookloomProcess } from '../support/hookloom.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** So many headers with values of so many characters. */
const many = (count: number, length: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, 'v'.repeat(length)]));

/** Each setting with values that it takes, one after the other, and values that it refuses. */
const settings: Record<string, { takes: unknown[]; refuses: unknown[] }> = {
  name: { takes: ['ledger', 'x'.repeat(200)], refuses: ['', 'x'.repeat(201), 1, null] },
  description: { takes: ['for the books', ''], refuses: ['x'.repeat(2_001), null] },
  url: {
    takes: [],
    refuses: [
      ...[
        'https://10.0.0.1/',
        'http://example.com/',
        'https://me:you@example.com/',
        'https://me@example.com/',
      ],
      ...['https://example.com/#part', 'ftp://example.com/', 'nothing', '', null],
      `https://example.com/${'x'.repeat(2_000)}`,
      ...['https://1.1.1.1:0/', 'https://1.1.1.1:65536/', 'https://localhost../', 'https://db.internal/'],
      ...[
        'https://printer.local/',
        'https://router.home.arpa/',
        'https://db/',
        'https://db./',
        'https://a..b/',
      ],
    ],
  },
  subscribedEventTypes: {
    takes: [['run.*', 'node.failed'], ['*'], ['node.log', 'endpoint.*']],
    refuses: [[], ['nothing.*'], ['*.failed'], ['run'], ['run.*', ''], 'run.*', null, Array(51).fill('*')],
  },
  workflowIds: { takes: [[]], refuses: ['wf_a', [1], null, ['x'.repeat(65)], ['wf_nope']] },
  maxRetries: { takes: [0, 50, 3], refuses: [-1, 51, 1.5, '3', null] },
  retrySchedule: {
    takes: [['0s'], ['0s', '200ms', '5m', '2h', '7d'], Array(30).fill('1s')],
    refuses: [
      [],
      ['5'],
      ['5 m'],
      ['-5s'],
      ['soon'],
      [5],
      '5s',
      null,
      Array(31).fill('1s'),
      ['0s', '8d'],
      ['99999999h'],
    ],
  },
  timeoutMs: { takes: [100, 30_000], refuses: [99, 30_001, 1_000.5, null] },
  rateLimitPerSecond: { takes: [0.5, 10_000, null], refuses: [0, -1, 10_001, '5'] },
  maxInFlight: { takes: [1, 1_000], refuses: [0, 1_001, 2.5, null] },
  ordering: { takes: ['run', 'none'], refuses: ['strict', null, ''] },
  headers: {
    takes: [{ 'X-Team': 'ledger', accept: '*/*' }, many(50, 100), {}],
    refuses: [
      ...['Webhook-Id', 'webhook-timestamp', 'WEBHOOK-SIGNATURE', 'Hookloom-Attempt', 'hookloom-replay'],
      ...['Host', 'Content-Type', 'content-length', 'User-Agent', 'Connection', 'Transfer-Encoding', 'TE'],
    ]
      .map((name): unknown => ({ [name]: 'mine' }))
      .concat([
        many(51, 1),
        many(50, 400),
        { 'x-a': 'b\r\nwebhook-id: mine' },
        { 'x a': 'b' },
        { 'x-a': 1 },
        [],
        null,
      ]),
  },
  payload: { takes: ['thin', 'full'], refuses: ['small', null] },
  filter: {
    takes: ['{{ $event.data.status = "failure" }}', null],
    refuses: ['{{ $event.', '{{ $nodes.a.result }}', '{{ $secrets.x }}', 'a {{ $event.type }}', '', 5],
  },
  transform: {
    takes: [
      { preset: 'slack' },
      { preset: 'cloudevents-binary' },
      { body: { what: '{{ $event.type }}' }, contentType: 'application/json' },
      null,
    ],
    refuses: [
      ...[{ preset: 'fax' }, { preset: 'pagerduty' }, { preset: 'pagerduty', routingKey: '[redacted]' }],
      ...[{ body: '{{ $trigger.body }}' }, { body: 'x', contentType: 'text' }, {}, 'slack'],
      { body: '{{ $event.id }}', contentType: 'text/plain\r\nx: y' },
    ],
  },
  signing: {
    takes: [{ ed25519: true }, { ed25519: false }],
    refuses: [{}, { ed25519: 'yes' }, { rsa: true }],
  },
};
/** Source: the contract, execution hooks; `reason`, `replayId` and the flag of the headers are ours. */
const deliveryMembers = [
  ...['createdAt', 'endpointId', 'eventId', 'eventType', 'id', 'maxRetries', 'nextRetryAt', 'reason'],
  ...['replayId', 'replayOf', 'retryCount', 'runId', 'status', 'workflowId'],
];
const attemptMembers = [
  ...['durationMs', 'error', 'number', 'remoteAddress', 'requestHeaders', 'responseBody'],
  ...['responseBodyTruncated', 'responseHeaders', 'responseHeadersTruncated', 'responseStatus', 'startedAt'],
  'timings',
];
/** Members that nobody sets. */
const given = [
  'id',
  'status',
  'disabledReason',
  'secrets',
  'signingSecret',
  'health',
  'createdAt',
  'deletedAt',
];

describe('hook endpoints', function () {
  this.timeout(180_000);
  let bench: HookBench;
  let processes: HookloomProcess[];

  before(async () => {
    bench = await startHookBench({ HOOKLOOM_HOOK_SCHEDULE: '0s,100ms' }, { worker: false });
    processes = [await bench.hookloom.startWorker()];
  });
  after(() => bench?.stop());

  const call = (method: string, path: string, body?: object) =>
    bench.hookloom.call(method, hookPathOf(path), body);
  const firstOf = (path: string) =>
    eventually(() => bench.got(path)[0] ?? assert.fail(`nothing came to ${path}`), 60_000);

  for (const [name, { takes, refuses }] of Object.entries(settings))
    it(`are changed in ${name} alone, and refuse what it cannot be`, async () => {
      const { id } = await bench.createEndpoint('/patched', { maxRetries: 7 });
      const withoutTime = (body: Record<string, any>) => ({ ...body, updatedAt: null }) as typeof body;
      let before = (await call('GET', `/${id}`)).body;
      const values = name === 'url' ? [`${bench.receiver.url}/other`] : takes;
      for (const value of values) {
        const patched = await call('PATCH', `/${id}`, { [name]: value });
        assert.equal(patched.status, 200, JSON.stringify(patched.body));
        const after = (await call('GET', `/${id}`)).body;
        assert.deepEqual(after, patched.body);
        assert.ok(after.updatedAt >= before.updatedAt);
        // The number of retries follows a new schedule; a signing key is shown by its public part.
        const follows = name === 'retrySchedule' ? { maxRetries: (value as []).length - 1 } : {};
        if (name === 'signing') assert.equal(after.signing.ed25519, (value as { ed25519: boolean }).ed25519);
        else assert.deepEqual(withoutTime(after), withoutTime({ ...before, [name]: value, ...follows }));
        before = after;
      }
      for (const value of refuses) {
        const refused = await call('PATCH', `/${id}`, { [name]: value });
        assert.equal(refused.status, 400, `${name}: ${JSON.stringify(value)}`);
        assert.match(refused.headers.get('content-type') ?? '', /problem\+json/);
        const pointers = refused.body.errors.map(({ pointer }: { pointer: string }) => pointer);
        assert.ok(pointers[0].startsWith(`/${name}`), JSON.stringify(refused.body));
        const asNew = { url: bench.receiver.url, subscribedEventTypes: ['*'], [name]: value };
        assert.equal((await call('POST', '', asNew)).status, 400, `${name}: ${JSON.stringify(value)}`);
      }
      assert.deepEqual((await call('GET', `/${id}`)).body, before);
    });

  it('take the workflows of their organization only, and say which one is none (fault 31)', async () => {
    const own = await createWorkflow(bench.hookloom);
    const foreign = 'wf_of_others';
    await bench.hookloom.db
      .collection<{ _id: string }>('workflows')
      .insertOne({ _id: foreign, organizationId: 'org_of_others' } as { _id: string });
    const { id } = await bench.createEndpoint('/workflows');
    for (const unknown of ['wf_nope', foreign]) {
      const refused = await call('PATCH', `/${id}`, { workflowIds: [own, unknown] });
      assert.deepEqual([refused.status, refused.body.errors[0].pointer], [400, '/workflowIds/1']);
    }
    const taken = await call('PATCH', `/${id}`, { workflowIds: [own] });
    assert.deepEqual([taken.status, taken.body.workflowIds], [200, [own]]);
  });

  it('let nobody set what is theirs', async () => {
    const { id } = await bench.createEndpoint('/theirs');
    for (const name of given)
      assert.equal((await call('PATCH', `/${id}`, { [name]: 'active' })).status, 400, name);
    assert.equal((await call('PATCH', '/ep_nobody', { name: 'x' })).status, 404);
  });

  it('send by their settings as they are at each attempt', async () => {
    bench.answers.set('/before', (_, response) => void response.writeHead(500).end());
    const schedule = { retrySchedule: ['0s', '3s'], maxRetries: 1, headers: { 'x-team': 'before' } };
    const { id, workflowId } = await bench.createEndpoint('/before', schedule);
    await bench.emit(workflowId, 1);
    const first = await firstOf('/before');
    assert.equal(first.headers['x-team'], 'before');
    const url = `${bench.receiver.url}/after`;
    assert.equal((await call('PATCH', `/${id}`, { url, headers: { 'x-team': 'after' } })).status, 200);
    const second = await firstOf('/after');
    assert.deepEqual([second.headers['x-team'], second.id], ['after', first.id]);
    assert.equal(second.headers['hookloom-attempt'], '2');
    const times = [first, second].map(({ headers }) => Number(headers['webhook-timestamp']));
    assert.ok((times[1] ?? 0) - (times[0] ?? 0) >= 2, 'the time is that of the attempt');
    assert.notEqual(first.headers['webhook-signature'], second.headers['webhook-signature']);
  });

  it('get the events of their workflows alone, or of all', async () => {
    const one = await bench.createEndpoint('/one-workflow');
    const two = await bench.createEndpoint('/two-workflows');
    await call('PATCH', `/${two.id}`, { workflowIds: [one.workflowId, two.workflowId] });
    const all = await bench.createEndpoint('/all-workflows', { workflowIds: [] });
    const [a = ''] = await bench.emit(one.workflowId, 1);
    const [b = ''] = await bench.emit(two.workflowId, 1);
    const [c = ''] = await bench.emit('wf_of_none', 1);
    const runsOf = async (id: string) =>
      (await bench.deliveries(id)).map((delivery) => delivery.runId).sort();
    assert.deepEqual(await runsOf(one.id), [a]);
    assert.deepEqual(await runsOf(two.id), [a, b].sort());
    assert.deepEqual(await runsOf(all.id), [a, b, c].sort());
    await call('DELETE', `/${all.id}`);
  });

  it('send what nobody can replace, also when their record was changed behind the API', async () => {
    const { id, workflowId } = await bench.createEndpoint('/forged', { headers: { 'X-Own': 'kept' } });
    const forged = Object.fromEntries(
      ['Webhook-Id', 'WEBHOOK-SIGNATURE', 'Content-Type', 'User-Agent', 'Hookloom-Attempt', 'HOST'].map(
        (name) => [name, 'forged'],
      ),
    );
    await bench.hookloom.db
      .collection<{ _id: string }>('endpoints')
      .updateOne({ _id: id }, { $set: { headers: { 'X-Own': 'kept', ...forged } } });
    await bench.emit(workflowId, 1);
    const { headers, body } = await firstOf('/forged');
    assert.ok(!JSON.stringify(headers).includes('forged'), JSON.stringify(headers));
    assert.deepEqual(
      [headers['x-own'], headers['content-type'], headers['user-agent'], headers['host']],
      ['kept', 'application/json', `Hookloom/${version}`, bench.receiver.host],
    );
    assert.equal(headers['webhook-id'], JSON.parse(body).id);
    assert.equal(body, JSON.stringify(JSON.parse(body)), 'compact JSON');
    const [{ attempts, ...delivery }] = await eventually(async () => {
      const rows = await bench.deliveries(id, '&status=success');
      assert.equal(rows.length, 1);
      return rows;
    }, 60_000);
    assert.deepEqual(Object.keys(delivery).sort(), deliveryMembers);
    assert.deepEqual(Object.keys(attempts[0]).sort(), attemptMembers);
    assert.equal(attempts[0].requestHeaders['webhook-id'], delivery.eventId);
  });

  it('send thin payloads without results, outputs and error details, signed as they are sent', async () => {
    const { id: workflowId, webhookUrl } = await bench.hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['a'] },
        a: { type: 'set', payload: { values: { note: 'heavy-result' } }, children: ['b'] },
        b: {
          type: 'http-request',
          payload: { method: 'POST', url: `${bench.receiver.url}/fails`, body: {} },
          onError: ['c'],
        },
        c: { type: 'log', payload: { message: 'after' } },
      },
    });
    bench.answers.set('/fails', (_, response) => void response.writeHead(400).end('heavy-detail'));
    const wanted = { workflowIds: [workflowId], subscribedEventTypes: ['*'] };
    const thin = await call('POST', '', { url: `${bench.receiver.url}/thin`, ...wanted, payload: 'thin' });
    await call('POST', '', { url: `${bench.receiver.url}/full`, ...wanted });
    await bench.hookloom.call('POST', webhookUrl, { note: 'heavy-input' });
    const ended = (path: string) =>
      eventually(() => {
        const types = bench.got(path).map(({ event }) => event.type);
        assert.ok(types.includes('run.succeeded') && types.includes('node.failed'), String(types));
        return bench.got(path);
      }, 60_000);
    const [full, sent] = [await ended('/full'), await ended('/thin')];
    assert.match(
      full.map(({ body }) => body).join('\n'),
      /heavy-result[^]*heavy-detail|heavy-detail[^]*heavy-result/,
    );
    for (const { body, headers, event } of sent) {
      assert.doesNotMatch(body, /heavy-/, event.type);
      new Webhook(thin.body.signingSecret).verify(body, headers as Record<string, string>);
    }
    const failed = sent.find(({ event }) => event.type === 'node.failed');
    assert.deepEqual(
      [failed?.event.data['error'].type, failed?.event.data['error'].status],
      ['http_status', 400],
    );
  });

  it('are tried with a test that goes to them alone, and not while they are disabled or gone', async () => {
    const { id } = await bench.createEndpoint('/tested', { subscribedEventTypes: ['run.failed'] });
    const other = await bench.createEndpoint('/untested', {
      subscribedEventTypes: ['endpoint.*', 'endpoint.test'],
    });
    const test = (body: object = {}) => call('POST', `/${id}/test`, body);
    const sent = await test();
    assert.deepEqual([sent.status, sent.body.eventType, sent.body.runId], [202, 'endpoint.test', null]);
    const { event } = await firstOf('/tested');
    assert.deepEqual([event.type, event.data['endpointId']], ['endpoint.test', id]);
    assert.equal((await test({ more: 1 })).status, 400);
    await call('POST', `/${id}/disable`, {});
    assert.equal((await test()).status, 409);
    await call('DELETE', `/${id}`);
    assert.equal((await test()).status, 404);
    const heard = await bench.deliveries(other.id);
    assert.ok(!heard.some((delivery) => delivery.eventType === 'endpoint.test'));
  });

  it('that are deleted answer 404, keep their deliveries, and get nothing more by hand', async () => {
    bench.answers.set('/left', (_, response) => void response.writeHead(500).end());
    const { id, workflowId } = await bench.createEndpoint('/left', { maxRetries: 0 });
    await bench.emit(workflowId, 1);
    const [delivery] = await eventually(async () => {
      const rows = await bench.deliveries(id, '&status=failure');
      assert.equal(rows.length, 1);
      return rows;
    }, 60_000);
    assert.equal((await call('DELETE', `/${id}`)).status, 204);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/enable'],
      ['POST', '/disable'],
      ['POST', '/rotate-secret'],
      ['POST', '/rotate-key'],
    ] as const)
      assert.equal(
        (await call(method, `/${id}${path}`, method === 'POST' ? {} : undefined)).status,
        404,
        path,
      );
    assert.equal((await call('PATCH', `/${id}`, { name: 'x' })).status, 404);
    assert.equal((await call('GET', `/deliveries/${delivery.id}`)).body.attempts.length, 1);
    for (const action of ['retry', 'replay'])
      assert.equal((await call('POST', `/deliveries/${delivery.id}/${action}`, {})).status, 409, action);
    await bench.emit(workflowId, 1);
    assert.equal((await bench.deliveries(id)).length, 1);
  });

  it('and their deliveries are of their organization alone, and are listed by what is asked for', async () => {
    const { id, workflowId } = await bench.createEndpoint('/listed', { subscribedEventTypes: ['run.*'] });
    const [runId = ''] = await bench.emit(workflowId, 2);
    await eventually(
      async () => assert.equal((await bench.deliveries(id, '&status=success')).length, 6),
      60_000,
    );
    assert.equal((await bench.deliveries(id, `&runId=${runId}`)).length, 3);
    assert.equal((await bench.deliveries(id, '&eventType=run.queued')).length, 2);
    assert.equal(
      (await bench.deliveries(id, `&runId=${runId}&eventType=run.queued&status=success`)).length,
      1,
    );
    assert.equal((await bench.deliveries(id, '&status=failure')).length, 0);
    for (const query of [
      'status=lost',
      'eventType=run',
      'eventType=run.*',
      'colour=red',
      'limit=101',
      'limit=0',
    ])
      assert.equal((await call('GET', `/deliveries?${query}`)).status, 400, query);
    const [delivery] = await bench.deliveries(id);
    const move = async (organizationId: string) => {
      for (const name of ['endpoints', 'deliveries'])
        await bench.hookloom.db
          .collection(name)
          .updateMany({ $or: [{ _id: id as never }, { endpointId: id }] }, { $set: { organizationId } });
    };
    const organization = await bench.hookloom.db.collection<{ _id: string }>('organizations').findOne({});
    await move('org_other');
    assert.equal((await call('GET', `/${id}`)).status, 404);
    assert.equal((await bench.deliveries(id)).length, 0);
    assert.equal((await call('GET', `/deliveries/${delivery.id}`)).status, 404);
    for (const action of ['retry', 'replay'])
      assert.equal((await call('POST', `/deliveries/${delivery.id}/${action}`, {})).status, 404);
    for (const action of ['enable', 'disable', 'test', 'rotate-secret'])
      assert.equal((await call('POST', `/${id}/${action}`, {})).status, 404, action);
    await move(organization?._id ?? '');
    assert.equal((await call('GET', `/${id}`)).status, 200);
  });

  it('show no secret in any answer, record, log or history of Temporal, even if the receiver echoes it', async () => {
    const credential = 'receivers-own-credential';
    bench.answers.set('/echo', ({ headers, body }, response) => {
      response.setHeader('x-echo', String(headers['authorization']));
      response.writeHead(200, { 'set-cookie': 'session=receivers-cookie' });
      response.end(`${JSON.stringify(headers)} ${body}`);
    });
    const { hookloom } = bench;
    const workflowId = await createWorkflow(hookloom);
    const created = await call('POST', '', {
      url: `${bench.receiver.url}/echo`,
      subscribedEventTypes: ['run.waiting'],
      workflowIds: [workflowId],
      headers: { authorization: `Bearer ${credential}` },
      signing: { ed25519: true },
    });
    const { id } = created.body.endpoint;
    await call('POST', `/${id}/test`, {});
    const rotated = await call('POST', `/${id}/rotate-secret`, {});
    await bench.emit(workflowId, 1);
    const deliveries = await eventually(async () => {
      const rows = await bench.deliveries(id, '&status=success');
      assert.equal(rows.length, 2);
      return rows;
    }, 60_000);
    assert.match(deliveries[0].attempts[0].responseBody, /\[redacted\]/);
    const answers = [
      created.body.endpoint,
      deliveries,
      ...(await Promise.all(
        ['', `/${id}`, '/deliveries?limit=100', `/deliveries/${deliveries[0].id}`, `/${id}/replays`].map(
          async (path) => (await call('GET', path)).body,
        ),
      )),
      (await hookloom.call('GET', '/v1/activity?limit=100')).body,
      rotated.body.endpoint,
      (await call('PATCH', `/${id}`, { name: 'renamed' })).body,
    ];
    const carried = await deliveriesOf(hookloom.db).find({ endpointId: id }).toArray();
    const activityIds = new Set(carried.map(({ _id, batchId }) => batchId ?? _id));
    const histories = await Promise.all(
      [...activityIds].map((activityId) =>
        hookloom.temporal.workflowService
          .describeActivityExecution({
            namespace: 'default',
            activityId,
            includeInput: true,
            includeOutcome: true,
          })
          // A delivery whose batch is not known was carried by one all the same: only then there is no Activity of its own.
          .catch((error: unknown) => {
            const isNotFound = (error as { code?: number }).code === 5;
            if (!isNotFound || !carried.some(({ _id }) => _id === activityId)) throw error;
          }),
      ),
    );
    // Payloads are written as base64 in `data`.
    const decoded = JSON.stringify(histories, (name, value: unknown) =>
      name === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
    );
    assert.match(decoded, /deliveryIds/, 'the input is looked at');
    const rows: string[] = [];
    for (const { name } of await hookloom.db.listCollections().toArray())
      rows.push(JSON.stringify(await hookloom.db.collection(name).find({}).toArray()));
    const logs = processes.map((process) => process.output()).join('\n');
    const everything = [JSON.stringify(answers), decoded, rows.join('\n'), logs].join('\n');
    for (const { signingSecret } of [created.body, rotated.body])
      assert.ok(!everything.includes(signingSecret.slice('whsec_'.length)), 'a signing secret shows');
    assert.doesNotMatch(everything, /whsk_|receivers-cookie|receivers-own/);
    const patch = (headers: object) => call('PATCH', `/${id}`, { headers });
    const kept = await patch({ authorization: '[redacted]', 'x-more': '1' });
    assert.deepEqual(kept.body.headers, { authorization: '[redacted]', 'x-more': '1' });
    await bench.emit(workflowId, 1);
    await eventually(() => assert.equal(bench.got('/echo').length, 3), 60_000);
    assert.equal(bench.got('/echo')[2]?.headers['authorization'], `Bearer ${credential}`);
  });
});
