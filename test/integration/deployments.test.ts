import assert from 'node:assert/strict';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const log = (message: string, root = 'webhook') => ({
  nodes: { root: { type: root, children: ['say'] }, say: { type: 'log', payload: { message } } },
});

describe('deployments', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;

  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
  });
  after(() => hookloom?.stop());

  async function deploy(workflows: object[], options: object = {}) {
    const { status, body } = await hookloom.call('POST', '/v1/deployments', {
      source: 'shop',
      workflows,
      ...options,
    });
    assert.equal(status, 200, JSON.stringify(body));
    return body.plan as {
      name: string;
      action: string;
      publishes: boolean;
      workflowId: string;
      changes: { change: string; pointer: string }[];
      webhookUrl?: string;
    }[];
  }
  const actions = (plan: { name: string; action: string }[]) =>
    Object.fromEntries(plan.map(({ name, action }) => [name, action]));
  const workflows = async () =>
    (await hookloom.db.collection('workflows').find().sort({ _id: 1 }).toArray()) as any[];

  it('plan without changing anything, then create, and the second time change nothing at all', async () => {
    const files = [
      {
        name: 'first',
        definition: log('1'),
        webhook: { verification: { type: 'github', secret: 'a secret' } },
      },
      { name: 'second', definition: log('2', 'manual') },
    ];
    assert.deepEqual(actions(await deploy(files, { dryRun: true, publish: true })), {
      first: 'create',
      second: 'create',
    });
    assert.deepEqual(await workflows(), []);
    const plan = await deploy(files, { publish: true });
    assert.match(plan[0]?.webhookUrl ?? '', /\/v1\/webhooks\/.{30}/);
    const after = await workflows();
    assert.deepEqual(
      after.map(({ status, liveVersion, source }) => ({ status, liveVersion, source })),
      [
        { status: 'active', liveVersion: 1, source: 'shop' },
        { status: 'active', liveVersion: 1, source: 'shop' },
      ],
    );
    const webhooks = () => hookloom.db.collection('webhooks').find().toArray();
    const webhooksBefore = await webhooks();
    assert.deepEqual(actions(await deploy(files, { publish: true })), {
      first: 'unchanged',
      second: 'unchanged',
    });
    assert.deepEqual(await workflows(), after);
    assert.deepEqual(await webhooks(), webhooksBefore);
  });

  it('show what differs, and change what is live only when asked', async () => {
    const changed = [{ name: 'first', definition: log('other') }];
    const plan = await deploy(changed, { dryRun: true });
    assert.deepEqual(plan[0]?.changes, [
      { change: 'changed', pointer: '/nodes/say/payload/message', before: '1', after: 'other' },
    ]);
    assert.deepEqual(actions(await deploy(changed)), { first: 'update' });
    const read = async () => (await hookloom.call('GET', `/v1/workflows/${plan[0]?.workflowId}`)).body;
    assert.equal((await read()).liveVersion, 1);
    assert.deepEqual(actions(await deploy(changed, { publish: true })), { first: 'publish' });
    assert.equal((await read()).liveVersion, 2);
  });

  it('change nothing at all for one broken file, and name every problem of every file', async () => {
    const before = await workflows();
    const { status, body } = await hookloom.call('POST', '/v1/deployments', {
      source: 'shop',
      workflows: [
        { name: 'third', definition: log('3') },
        { name: 'broken', definition: { nodes: { root: { type: 'manual', children: ['gone'] } } } },
        { name: 'worse', definition: {} },
      ],
      prune: true,
    });
    assert.equal(status, 400);
    const pointers = body.errors.map((error: { pointer: string }) => error.pointer);
    assert.ok(pointers.includes('/workflows/1/definition/nodes/root/children/0'), pointers.join());
    assert.ok(pointers.some((pointer: string) => pointer.startsWith('/workflows/2/definition')));
    assert.deepEqual(await workflows(), before);
  });

  it('archive only what their source made and no longer names', async () => {
    await hookloom.call('POST', '/v1/workflows', { name: 'by hand', definition: log('h') });
    await deploy([{ name: 'of another', definition: log('o') }], { source: 'another' });
    const plan = await deploy([{ name: 'second', definition: log('2', 'manual') }], { prune: true });
    assert.deepEqual(actions(plan), { second: 'unchanged', first: 'archive' });
    const archived = (await workflows()).filter(({ status }) => status === 'archived');
    assert.deepEqual(
      archived.map(({ name }) => name),
      ['first'],
    );
  });

  it('refuse a name that several workflows have, and one that is given twice', async () => {
    for (const message of ['a', 'b'])
      await hookloom.call('POST', '/v1/workflows', { name: 'twins', definition: log(message) });
    const call = (names: string[]) =>
      hookloom.call('POST', '/v1/deployments', {
        source: 'shop',
        workflows: names.map((name) => ({ name, definition: log('x') })),
      });
    assert.equal((await call(['twins'])).status, 409);
    assert.equal((await call(['new', 'new'])).status, 400);
  });

  it('that come at once create a workflow once', async () => {
    const files = [{ name: 'at once', definition: log('x') }];
    const plans = await Promise.all([1, 2, 3].map(() => deploy(files)));
    assert.deepEqual(plans.map((plan) => plan[0]?.action).toSorted(), ['create', 'unchanged', 'unchanged']);
  });

  it('saving equal content changes nothing, the time of the last change included', async () => {
    const settings = { verification: { type: 'bearer', token: 'a token' }, methods: ['POST'] };
    const given = { name: 'same', description: 'd', definition: log('s'), webhook: settings };
    const { body } = await hookloom.call('POST', '/v1/workflows', given);
    const read = async () => [
      (await hookloom.call('GET', `/v1/workflows/${body.id}`)).body,
      (await hookloom.call('GET', `/v1/workflows/${body.id}/webhook`)).body,
    ];
    const before = await read();
    assert.equal((await hookloom.call('PUT', `/v1/workflows/${body.id}`, given)).status, 200);
    assert.deepEqual(await read(), before);
  });
});
