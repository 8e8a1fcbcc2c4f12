import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { eventually } from '../../support/eventually.ts';
import { assertAccessible, closePage, openPage } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

interface Point {
  x: number;
  y: number;
}

/** Branches, a loop with an item that fails, and a wait with a form. */
export const order = {
  nodes: {
    root: { type: 'webhook', children: ['check'] },
    check: {
      type: 'set',
      payload: { values: { total: '{{$trigger.body.total}}', lines: '{{$trigger.body.lines}}' } },
      children: ['each', 'size'],
    },
    each: {
      type: 'for-each',
      payload: { array: '{{$nodes.check.result.lines}}', toleratedFailures: 2 },
      loopBody: ['stock', 'missing'],
      children: ['ask'],
    },
    stock: {
      type: 'if',
      payload: { condition: '{{$item.quantity > 0}}' },
      branches: { then: [], else: ['missing'] },
    },
    missing: { type: 'fail', payload: { type: 'out_of_stock', message: 'no {{$item.name}}' } },
    size: {
      type: 'if',
      payload: { condition: '{{$nodes.check.result.total > 100}}' },
      branches: { then: ['note'], else: [] },
    },
    note: { type: 'log', payload: { message: 'a large order' }, children: ['ask'] },
    ask: {
      type: 'wait',
      payload: {
        formSchema: {
          type: 'object',
          required: ['by'],
          properties: {
            by: { type: 'string', title: 'Your name' },
            approved: { type: 'boolean', title: 'Approve' },
          },
        },
      },
      branches: { resumed: ['end'], timed_out: [] },
    },
    end: { type: 'set', payload: { values: { by: '{{$nodes.ask.result.data.by}}' } } },
  },
};
/** What is sent to it. */
export const payload = {
  total: 250,
  lines: [
    { name: 'tea', quantity: 2 },
    { name: 'salt', quantity: 0 },
    { name: 'rice', quantity: 1 },
  ],
};

/** Its second node fails. */
export const failing = {
  nodes: {
    root: { type: 'manual', children: ['first'] },
    first: { type: 'set', payload: { values: { a: 1 } }, children: ['second'] },
    second: { type: 'fail', payload: { type: 'broken', message: 'this node always fails' } },
  },
};

/** The run page: what happens is seen as it happens, and mended. */
export function runTests(dashboard: Dashboard): void {
  let workflowId: string;
  before(async () => {
    workflowId = (await dashboard.hookloom.publish(order, { name: 'Orders' })).id;
  });

  const begin = async (id = workflowId, input: object = payload): Promise<string> => {
    const { body } = await dashboard.hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: input });
    return body.runId;
  };
  const statusOf = async (runId: string) =>
    (await dashboard.hookloom.call('GET', `/v1/runs/${runId}`)).body.status;
  const waiting = async (runId: string) =>
    eventually(async () => assert.equal(await statusOf(runId), 'waiting'), 20_000);

  it('shows a run live from its begin to a wait, and resumes it by its form', async () => {
    const runs = await openPage(dashboard, `/runs?workflowId=${workflowId}`);
    await runs.getByText('No runs here').waitFor();
    const runId = await begin();
    await runs.getByRole('link', { name: runId.slice(0, 12) }).click();
    const page = runs;
    await page.locator('h1').getByText('waiting').waitFor();
    await page.locator('[data-node=note][data-status=success]').waitFor();
    await page.locator('[data-node=each][data-status=partial]').getByText('3 of 3 · 1 failed').waitFor();
    await assertAccessible(page);
    await page.locator('[data-node=ask]').click();
    const form = page.getByRole('region', { name: 'Resume' });
    await form.getByLabel('Your name').fill('Ada');
    await form.getByRole('switch', { name: 'Approve' }).click({ force: true });
    await form.getByRole('button', { name: 'Resume' }).click();
    await page.locator('h1').getByText('partly failed').waitFor();
    await page.locator('[data-node=end]').click();
    await page.getByRole('region', { name: 'Output' }).getByText('"Ada"').waitFor();
    const { body } = await dashboard.hookloom.call('GET', `/v1/runs/${runId}`);
    assert.equal(body.status, 'partial');
    await closePage(page);
  });

  it('begins a graph of many nodes with the first ones, or with the one that is asked for, at a readable size', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `n${index}`);
    const chain = ids.map((id, index) => {
      const children = ids.slice(index + 1, index + 2);
      return [id, { type: 'set', payload: { values: 1 }, children }] as const;
    });
    const root = { type: 'manual', children: ['n0', 'n190'] };
    const nodes = { root, ...Object.fromEntries(chain) };
    const { id } = await dashboard.hookloom.publish({ nodes }, { name: 'A long chain' });
    for (const [asked, seen, hidden] of [
      ['', 'n0', 'n150'],
      ['?node=n150', 'n150', 'n0'],
    ] as const) {
      const page = await openPage(dashboard, `/workflows/${id}${asked}`);
      const node = page.locator(`[data-node=${seen}]`);
      await node.waitFor();
      await eventually(async () => {
        const box = (await node.boundingBox()) ?? assert.fail(`${seen} is not drawn`);
        assert.ok(box.width > 80, `it is ${box.width} pixels wide`);
        assert.equal(await page.locator(`[data-node=${hidden}]`).count(), 0);
      });
      await closePage(page);
    }
  });

  it('places no node of a graph of many on another, and leads every edge from its node to the next', async () => {
    const set = (...children: string[]) => ({ type: 'set', payload: { values: 1 }, children });
    /** Steps in a row, then a choice of two ways of one and of three steps. */
    const part = (index: number) => {
      const [next, at] = [index === 39 ? 'end' : `s${index + 1}`, (step: string) => `${step}${index}`];
      const choice = { type: 'if', payload: { condition: '{{true}}' } };
      return {
        [at('s')]: set(at('t')),
        [at('t')]: { ...choice, branches: { then: [at('u')], else: [at('v')] } },
        [at('u')]: set(next),
        [at('v')]: set(at('w')),
        [at('w')]: set(at('x')),
        [at('x')]: set(next),
      };
    };
    const parts = Array.from({ length: 40 }, (_, index) => part(index));
    const nodes = Object.assign({ root: { type: 'manual', children: ['s0'] }, end: set() }, ...parts);
    const { id } = await dashboard.hookloom.publish({ nodes }, { name: 'Many choices' });
    const page = await openPage(dashboard, `/workflows/${id}`);
    await page.locator('[data-node=x0]').waitFor();
    const boxes = await page.evaluate<[string, number, number, number, number][]>(`[
      ...document.querySelectorAll('[data-node]')].map((node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return [node.dataset.node, left, top, right, bottom];
    })`);
    for (const [a, left, top, right, bottom] of boxes)
      for (const [b, ...other] of boxes) {
        const isApart = right <= other[0] || other[2] <= left || bottom <= other[1] || other[3] <= top;
        assert.ok(a === b || isApart, `${a} and ${b} stand on each other`);
      }
    const ends = await page.evaluate<{ from: Point; to: Point }[]>(`[
      ...document.querySelectorAll('.react-flow__edge path:first-of-type')].map((path) => {
      const at = (length) => {
        const { x, y } = path.getPointAtLength(length).matrixTransform(path.getScreenCTM());
        return { x, y };
      };
      return { from: at(0), to: at(path.getTotalLength()) };
    })`);
    const near = (a: number, b: number) => Math.abs(a - b) < 2;
    const isOn = ({ x, y }: Point, side: 'top' | 'bottom') =>
      boxes.some(
        ([, left, top, right, bottom]) => left < x && x < right && near(y, side === 'top' ? top : bottom),
      );
    const lowest = Math.max(...boxes.map(([, , , , bottom]) => bottom));
    const inSight = ends.filter(({ to }) => to.y < lowest);
    assert.ok(inSight.length >= 7, `${inSight.length} edges`);
    for (const { from, to } of inSight)
      assert.ok(isOn(from, 'bottom') && isOn(to, 'top'), JSON.stringify({ from, to, boxes }));
    const topOf = new Map(boxes.map(([name, , top]) => [name, top]));
    for (const [from, to] of [
      ['s0', 't0'],
      ['t0', 'u0'],
      ['v0', 'w0'],
      ['w0', 'x0'],
      ['x0', 's1'],
    ] as const)
      assert.ok((topOf.get(from) ?? NaN) < (topOf.get(to) ?? NaN), `${to} stands above ${from}`);
    await closePage(page);
  });

  it('shows the data of each node, its attempts, and the items of a loop with the one that failed', async () => {
    const runId = await begin();
    await waiting(runId);
    const page = await openPage(dashboard, `/runs/${runId}?view=items&items=failure`);
    await page.getByText('1 item', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'each[1]/missing: failure' }).click();
    await page.getByText('no salt').first().waitFor();
    await page.getByRole('tab', { name: 'Attempts (1)' }).click();
    await page.getByRole('cell', { name: /out_of_stock/ }).waitFor();
    assert.match(page.url(), /node=each/, 'what is looked at stands in the address');
    await assertAccessible(page);
    await page.goto(`${dashboard.hookloom.url}/runs/${runId}?view=timeline&node=check`);
    await page.getByRole('button', { name: 'note' }).waitFor();
    await page.getByRole('region', { name: 'Output' }).getByText('250').waitFor();
    await assertAccessible(page);
    await closePage(page);
  });

  it('goes back in the log: every node is as it was then', async () => {
    const runId = await begin();
    await waiting(runId);
    const { body } = await dashboard.hookloom.call('GET', `/v1/runs/${runId}/events?limit=1000`);
    const done = body.items.find(
      (event: any) => event.type === 'node.succeeded' && event.data.path === 'check',
    );
    const page = await openPage(dashboard, `/runs/${runId}?at=${done.data.sequence - 1}`);
    await page.locator('[data-node=check][data-status=running]').waitFor();
    await page.locator('[data-node=note][data-status=none]').waitFor();
    await page.getByRole('button', { name: 'Next event' }).click();
    await page.locator('[data-node=check][data-status=success]').waitFor();
    await page.getByText('Log', { exact: true }).click();
    await page.getByText(`${done.data.sequence} events`).waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Back to live' }).click();
    await page.getByText(`${body.items.length} events`).waitFor();
    await page.getByLabel('Find in the log').fill('each[1]/missing');
    await page.getByRole('button', { name: /node\.failed/ }).waitFor();
    await closePage(page);
  });

  it('cancels a run, and says before how much that ends', async () => {
    const runId = await begin();
    await waiting(runId);
    const page = await openPage(dashboard, `/runs/${runId}`);
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Ends 1 node that is under way or waiting').waitFor();
    await dialog.getByLabel('Reason').fill('not needed any more');
    await assertAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel the run' }).click();
    await page.locator('h1').getByText('cancelled').waitFor();
    assert.equal(await statusOf(runId), 'cancelled');
    await closePage(page);
  });

  it('retries a run from a failed node as a new run that takes over the rest', async () => {
    const { id } = await dashboard.hookloom.publish(failing, { name: 'Fails' });
    const runId = await begin(id, {});
    await dashboard.hookloom.runEnd(runId);
    const page = await openPage(dashboard, `/runs/${runId}`);
    await page.locator('[data-node=second][data-status=failure]').click();
    await page.getByRole('button', { name: 'Retry from here' }).click();
    await page
      .getByRole('dialog')
      .getByText(/runs second, and what followed/)
      .waitFor();
    await page.getByRole('button', { name: 'Start the retry' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/runs/') && !url.pathname.endsWith(runId));
    await page.locator('[data-node=first]').getByText('taken over').waitFor();
    await page.locator('[data-node=second][data-status=failure]').waitFor();
    await page.getByRole('link', { name: 'retry of' }).click();
    await page.waitForURL((url) => url.pathname.endsWith(runId));
    await closePage(page);
  });

  it('shows a key that may only read no button that needs more', async () => {
    const runId = await begin();
    await waiting(runId);
    const given = { name: 'reader', scopes: ['read'] };
    const { body } = await dashboard.hookloom.call('POST', '/v1/api-keys', given);
    const page = await openPage(dashboard, `/runs/${runId}?node=ask`, { key: body.apiKey });
    await page.getByRole('tab', { name: 'Input' }).waitFor();
    await page.getByText('first organization').waitFor();
    for (const name of ['Cancel the run', 'Resume', 'Retry from here', 'Retry what failed'])
      assert.equal(await page.getByRole('button', { name }).count(), 0, name);
    await closePage(page);
  });

  it('says that the connection is lost, and catches up without a gap when the API is back', async function () {
    this.timeout(150_000);
    const { hookloom } = dashboard;
    const first = await hookloom.startApi();
    const door = await openDoor(Number(new URL(first.url).port));
    const runId = await begin();
    await waiting(runId);
    const page = await openPage(dashboard, `/runs/${runId}`, { url: door.url });
    await page.locator('h1').getByText('waiting').waitFor();
    await first.kill();
    door.lead(undefined);
    await page.getByText('Connection lost').waitFor();
    await hookloom.call('POST', `/v1/runs/${runId}/nodes/ask/resume`, { data: { by: 'Grace' } });
    await hookloom.runEnd(runId);
    const second = await hookloom.startApi();
    door.lead(Number(new URL(second.url).port));
    // The pause before the next attempt to connect is ten seconds at most.
    await page.locator('h1').getByText('partly failed').waitFor({ timeout: 60_000 });
    const { body } = await hookloom.call('GET', `/v1/runs/${runId}`);
    await page.getByText(`${body.lastSequence}/${body.lastSequence}`).waitFor();
    await page.getByText('Connection lost').waitFor({ state: 'hidden' });
    await closePage(page);
    await second.stop();
    await door.close();
  });

  it('loads its own parts when the API is back, if it was lost before they were', async function () {
    this.timeout(90_000);
    const { hookloom } = dashboard;
    const port = Number(new URL(hookloom.url).port);
    const door = await openDoor(port);
    const runId = await begin();
    await waiting(runId);
    const page = await openPage(dashboard, `/runs/${runId}?view=log`, { url: door.url });
    await page.locator('h1').getByText('waiting').waitFor();
    door.lead(undefined);
    await page.getByText('Connection lost').waitFor();
    await page.getByText('Graph', { exact: true }).click();
    await page.getByText('Loading the graph').waitFor();
    await page.getByRole('link', { name: 'Hooks' }).click();
    await page.waitForURL('**/hooks');
    await page.goBack();
    door.lead(port);
    await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 });
    await page.getByText('Connection lost').waitFor({ state: 'hidden' });
    await closePage(page);
    await door.close();
  });

  it('says why it waits for its turn, and how many are before it', async () => {
    const { hookloom } = dashboard;
    const { id } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['ask'] }, ask: { type: 'wait', payload: {} } },
      settings: { flow: { concurrency: { limit: 1 } } },
    });
    const start = async () =>
      (await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: {} })).body.runId as string;
    await waiting(await start());
    const second = await start();
    await eventually(async () => {
      const { body } = await hookloom.call('GET', `/v1/runs/${second}`);
      assert.equal(body.queue?.ahead, 1);
    });
    const page = await openPage(dashboard, `/runs?workflowId=${id}`);
    await page.getByText('queued, 1 run before it').waitFor();
    await page.goto(new URL(`/runs/${second}`, page.url()).href);
    await page.locator('h1').getByText('waits for its turn: as many runs go as may at a time').waitFor();
    await assertAccessible(page);
    await closePage(page);
  });

  it('is of use on a phone, in the dark', async () => {
    const runId = await begin();
    await waiting(runId);
    const page = await openPage(dashboard, `/runs/${runId}?node=ask`, { width: 390, colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= 390, `the page is ${width} pixels wide`);
    await assertAccessible(page);
    await closePage(page);
  });
}

/** An address that stays while the API behind it comes and goes. */
async function openDoor(port: number) {
  let target: number | undefined = port;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    if (target === undefined) return void socket.destroy();
    const behind = connect(target, '127.0.0.1');
    behind.on('error', () => socket.destroy());
    behind.on('close', () => socket.destroy());
    socket.on('close', () => behind.destroy());
    socket.pipe(behind).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Leads to another port from the next connection on; `undefined`: nowhere. */
    lead(next: number | undefined) {
      target = next;
      for (const socket of open) socket.destroy();
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
