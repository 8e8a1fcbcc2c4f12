import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { readHistory } from '../support/read-history.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

const token = 'tk-7f!A+9z/Q"w~ü';
const password = 'pa55-w0rd-Zebra';
const basic = Buffer.from(`ledger:${password}`).toString('base64');
/** Everything by which somebody could get at a secret. */
const forms = [
  token,
  JSON.stringify(token).slice(1, -1),
  encodeURIComponent(token),
  new URLSearchParams({ '': token }).toString().slice(1),
  Buffer.from(token).toString('base64'),
  password,
  basic,
];

describe('a stored credential', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let processes: HookloomProcess[];

  before(async () => {
    receiver = await startReceiver((request, response) => {
      const status = request.path.startsWith('/broken') ? 500 : 200;
      response.writeHead(status, {
        'content-type': 'application/json',
        'x-seen': request.headers['x-token'] ?? '',
      });
      response.end(
        JSON.stringify({
          ...request,
          again: JSON.stringify(request),
          [String(request.headers['x-token'])]: 1,
        }),
      );
    });
    hookloom = await startHookloom(
      { HOOKLOOM_EGRESS_ALLOW: receiver.host, LOG_LEVEL: 'trace' },
      { api: false, worker: false },
    );
    const [api, worker] = await Promise.all([hookloom.startApi(), hookloom.startWorker()]);
    hookloom.url = api.url;
    processes = [api, worker];
    for (const [name, value] of Object.entries({ token, 'ledger-password': password }))
      assert.equal((await hookloom.call('POST', '/v1/credentials', { name, value })).status, 201);
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  async function runNode(node: object, body: unknown = {}) {
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['n'] },
        n: { ...node, children: ['after'], onError: ['after'] },
        after: { type: 'log', payload: { message: '{{ $nodes.n.result || $nodes.n.error }}' } },
      },
    });
    return hookloom.runEnd((await hookloom.call('POST', webhookUrl, body)).body.runIds[0]);
  }

  /** Reads everything that is kept of a run, in Temporal and in MongoDB, and what the processes wrote. */
  async function everythingOf(runId: string): Promise<string> {
    const { events } = await hookloom.temporal.workflow.getHandle(runId).fetchHistory();
    const payloads = readHistory(events).text;
    assert.ok(payloads.includes(runId), 'the history was not read');
    const collections = await hookloom.db.listCollections().toArray();
    const rows = await Promise.all(
      collections.map(({ name }) => hookloom.db.collection(name).find({}).toArray()),
    );
    return [payloads, JSON.stringify(rows), ...processes.map((process) => process.output())].join('\n');
  }

  async function assertHidden(runId: string): Promise<void> {
    await checkLog(hookloom.db, runId);
    const everything = await everythingOf(runId);
    for (const form of forms) {
      assert.ok(!everything.includes(form), `${form} shows`);
      assert.ok(!everything.includes(JSON.stringify(form).slice(1, -1)), `${form} shows in JSON`);
    }
  }

  const sent = (path: string) => receiver.requests.filter((request) => request.path.startsWith(path));

  it('is sent in url, headers, query and body, and shows nowhere, even when it is echoed', async () => {
    const end = await runNode(
      {
        type: 'http-request',
        payload: {
          method: 'POST',
          url: `${receiver.url}/all/{{ $encodeUrlComponent($secrets.token) }}`,
          headers: {
            'x-token': '{{ $encodeUrlComponent($secrets.token) }}',
            authorization: "Basic {{ $base64encode('ledger:' & $secrets.ledger-password) }}",
          },
          query: { key: '{{ $secrets.token }}', plain: 'seen' },
          body: {
            token: '{{ $secrets.token }}',
            note: '{{ $trigger.body.note }}',
            all: '{{ {"t": $secrets.token, "n": 7} }}',
          },
        },
      },
      { note: 'a note' },
    );
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    const [request] = sent('/all');
    assert.equal(request?.headers['authorization'], `Basic ${basic}`);
    assert.deepEqual(JSON.parse(request?.body ?? ''), { token, note: 'a note', all: { t: token, n: 7 } });
    assert.equal(new URL(request?.path ?? '', receiver.url).searchParams.get('key'), token);
    const { items } = (await hookloom.call('GET', `/v1/runs/${end.id}/executions`)).body;
    const { input } = items.find((one: any) => one.path === 'n');
    assert.equal(input.headers.authorization, 'Basic [redacted]');
    assert.deepEqual(input.body, { token: '[redacted]', note: 'a note', all: { t: '[redacted]', n: 7 } });
    assert.equal(end.output.after.message.body.method, 'POST');
    assert.equal(end.output.after.message.headers['x-seen'], '[redacted]');
    await assertHidden(end.id);
  });

  it('shows in no error, retry or address', async () => {
    const failing = await runNode({
      type: 'http-request',
      payload: {
        url: `${receiver.url}/broken`,
        headers: { 'x-token': '{{ $encodeUrlComponent($secrets.token) }}' },
      },
      retry: { maxAttempts: 2, initialIntervalMs: 1 },
    });
    assert.equal(failing.output.after.message.type, 'http_status');
    await assertHidden(failing.id);
    for (const url of [
      'https://{{$secrets.ledger-password}}.invalid/',
      '{{ "x" & $secrets.token }}',
      `${receiver.url}{{ $number($secrets.token) }}`,
    ]) {
      const end = await runNode({
        type: 'http-request',
        payload: { url, query: { a: 1 } },
        retry: { maxAttempts: 1 },
      });
      assert.ok(
        ['dns_failure', 'address_denied', 'invalid_input', 'expression_error'].includes(
          end.output.after.message.type,
        ),
        JSON.stringify(end.output),
      );
      await assertHidden(end.id);
    }
  });

  it('does not follow a redirect to another origin', async () => {
    const other = await startReceiver();
    const first = await startReceiver(
      (_, response) => void response.writeHead(307, { location: `${other.url}/there` }).end(),
    );
    const elsewhere = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: `${first.host},${other.host}` });
    try {
      await elsewhere.call('POST', '/v1/credentials', { name: 'token', value: 'only-for-the-first' });
      const run = async (payload: object) => {
        const { webhookUrl } = await elsewhere.publish({
          nodes: {
            root: { type: 'webhook', children: ['n'] },
            n: { type: 'http-request', payload: { url: first.url, followRedirects: 2, ...payload } },
          },
        });
        return elsewhere.runEnd((await elsewhere.call('POST', webhookUrl, {})).body.runIds[0]);
      };
      assert.equal((await run({ headers: { 'x-api-key': '{{$secrets.token}}' } })).status, 'success');
      assert.equal(other.requests[0]?.headers['x-api-key'], undefined);
      const kept = await run({ method: 'POST', body: { key: '{{$secrets.token}}' } });
      assert.equal(kept.error.status, 307);
      assert.equal(other.requests.length, 1);
    } finally {
      await elsewhere.stop();
      await first.stop();
      await other.stop();
    }
  });

  it('signs a webhook, and its secret is not recorded', async () => {
    const value = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    await hookloom.call('POST', '/v1/credentials', { name: 'signing', value });
    for (const secret of [value, '{{$secrets.signing}}']) {
      const end = await runNode({
        type: 'send-webhook',
        payload: { url: `${receiver.url}/signed`, body: {}, secret },
      });
      const { items } = (await hookloom.call('GET', `/v1/runs/${end.id}/executions`)).body;
      assert.equal(items.find((one: any) => one.path === 'n').input.secret, '[redacted]');
    }
    assert.ok(
      sent('/signed').every((request) => String(request.headers['webhook-signature']).startsWith('v1,')),
    );
  });

  it('is refused where it would be recorded, also by another way, and warned of when it is not stored', async () => {
    const problemsOf = async (node: object) => {
      const definition = { nodes: { root: { type: 'webhook', children: ['n'] }, n: node } };
      return (await hookloom.call('POST', '/v1/workflows/validate', { definition })).body;
    };
    for (const text of [
      '{{ $secrets.token }}',
      '{{ ($s := $secrets.token; $s) }}',
      '{{ $map([1], function($v){ $secrets.token }) }}',
      '{{ $trigger.body[x = $secrets.token] }}',
      '{{ $nodes.root || $secrets.`token` }}',
    ]) {
      const { valid, problems } = await problemsOf({ type: 'log', payload: { message: text } });
      assert.equal(valid, false, text);
      assert.ok(
        problems.some((one: any) => one.code === 'secret_recorded'),
        `${text}: ${JSON.stringify(problems)}`,
      );
    }
    for (const text of [
      '{{ $secrets }}',
      '{{ $lookup($secrets, "token") }}',
      '{{ ($s := $secrets; $s.token) }}',
      '{{ $secrets.* }}',
      '{{ $secrets["token"] }}',
    ])
      assert.equal((await problemsOf({ type: 'log', payload: { message: text } })).valid, false, text);
    const unknown = await problemsOf({
      type: 'http-request',
      payload: { url: 'https://a.example/{{$secrets.nobody}}' },
    });
    assert.deepEqual(
      [unknown.valid, unknown.problems.map((one: any) => [one.code, one.severity, one.pointer])],
      [true, [['secret_unknown', 'warning', '/nodes/n/payload/url']]],
    );
    const other = await problemsOf({
      type: 'http-request',
      credential: 'signing',
      payload: { url: 'https://a.example/{{$secrets.token}}' },
    });
    assert.deepEqual(
      other.problems.map((one: any) => one.code),
      ['secret_other_credential'],
    );
  });

  it('that is not stored fails its node', async () => {
    const end = await runNode({
      type: 'http-request',
      payload: { url: 'https://a.example/{{$secrets.nobody}}' },
    });
    assert.deepEqual(
      [end.output.after.message.type, end.output.after.message.message],
      ['invalid_input', '$secrets.nobody: no credential of this name is stored'],
    );
  });

  it('can be replaced, renamed and deleted, and never read', async () => {
    const created = await hookloom.call('POST', '/v1/credentials', { name: 'mine', value: 'first-value' });
    const { id } = created.body;
    const url = `${receiver.url}/mine?v={{$secrets.mine}}`;
    await runNode({ type: 'http-request', payload: { url } });
    await hookloom.call('PUT', `/v1/credentials/${id}`, { value: 'second-value' });
    await runNode({ type: 'http-request', payload: { url } });
    assert.deepEqual(
      sent('/mine').map((request) => request.path),
      ['/mine?v=first-value', '/mine?v=second-value'],
    );
    const read = await hookloom.call('GET', `/v1/credentials/${id}`);
    assert.deepEqual(Object.keys(read.body).sort(), ['createdAt', 'id', 'lastUsedAt', 'name', 'updatedAt']);
    assert.ok(read.body.lastUsedAt);
    assert.equal(
      (await hookloom.call('POST', '/v1/credentials', { name: 'mine', value: 'third-value' })).status,
      409,
    );
    assert.equal((await hookloom.call('PATCH', `/v1/credentials/${id}`, { name: 'token' })).status, 409);
    assert.equal(
      (await hookloom.call('PATCH', `/v1/credentials/${id}`, { name: 'yours' })).body.name,
      'yours',
    );
    const refused = await hookloom.call('POST', '/v1/credentials', { name: 'x y', value: 'abc' });
    assert.equal(refused.status, 400);
    assert.ok(!JSON.stringify(refused.body).includes('abc'));
    const listed = await hookloom.call('GET', '/v1/credentials?limit=100');
    const answers = JSON.stringify([created.body, read.body, listed.body]);
    for (const value of ['first-value', 'second-value', token, password]) assert.ok(!answers.includes(value));
    const stored = JSON.stringify(await hookloom.db.collection('credentials').find({}).toArray());
    assert.ok(!stored.includes('second-value'));
    assert.equal((await hookloom.call('DELETE', `/v1/credentials/${id}`)).status, 204);
    assert.equal((await hookloom.call('GET', `/v1/credentials/${id}`)).status, 404);
  });
});
