/**
 * The dashboard in a real browser. `BENCH_WEB_ITEMS` (10,000), `BENCH_WEB_NODES` (1,000) and `BENCH_WEB_SECONDS` (600) make it
 * shorter. The browser draws without a graphics card here, on the same cores as everything else.
 */
import assert from 'node:assert/strict';
import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { closePage, openPage } from '../test/web/dashboard.ts';
import type { Dashboard } from '../test/web/dashboard.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';

const nodeCount = Number(process.env['BENCH_WEB_NODES'] ?? 1_000);
const itemCount = Number(process.env['BENCH_WEB_ITEMS'] ?? 10_000);
const steadySeconds = Number(process.env['BENCH_WEB_SECONDS'] ?? 600);

const set = (children: string[] = []) => ({ type: 'set', payload: { values: { a: 1 } }, children });

/** Ten chains side by side. */
function chains(length: number): object {
  const ids = Array.from({ length }, (_, index) => `n${index}`);
  return {
    nodes: {
      root: { type: 'webhook', children: ids.slice(0, 10) },
      ...Object.fromEntries(ids.map((id, index) => [id, set(ids.slice(index + 10, index + 11))])),
    },
  };
}

function loop(items: number): object {
  const payload = { array: `{{[1..${items}]}}`, maxConcurrency: 50, collect: '{{$index}}' };
  return {
    nodes: {
      root: { type: 'webhook', children: ['each'] },
      each: { type: 'for-each', payload, loopBody: ['step'] },
      step: set(),
    },
  };
}

/** A loop of delays: twelve items a second, of five events each. */
const ticking = {
  nodes: {
    root: { type: 'webhook', children: ['each'] },
    each: {
      type: 'for-each',
      payload: { array: '{{[1..10000]}}', maxConcurrency: 12, collect: '{{$index}}' },
      loopBody: ['pause'],
    },
    pause: { type: 'delay', payload: { delayMs: 1_000 } },
  },
};

async function begin(hookloom: Hookloom, definition: object): Promise<string> {
  const { webhookUrl } = await hookloom.publish(definition);
  const { body } = await hookloom.call('POST', webhookUrl, {});
  return body.runIds[0];
}

/** First paint of the first page, and what of it had to be loaded. */
async function measureFirst(dashboard: Dashboard): Promise<Measure[]> {
  const paints: number[] = [];
  let bytes = 0;
  for (let round = 0; round < 5; round += 1) {
    const page = await openPage(dashboard, '/runs');
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    paints.push(await page.evaluate<number>(firstPaint));
    bytes = await page.evaluate<number>(loadedBytes);
    await closePage(page);
  }
  return [
    {
      what: 'first page: first paint, median of 5',
      value: quantile(paints, 0.5),
      unit: 'ms',
      target: '< 1500',
    },
    { what: 'first page: scripts and styles, gzipped', value: bytes / 1_000, unit: 'kB', target: '< 250' },
  ];
}

const firstPaint = `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`;
const loadedBytes = `performance.getEntriesByType('resource').filter(({ name }) => /\\.(js|css)$/.test(name))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

/** Waits until something is there, to the moment: Playwright's own waiting looks twice a second at last. */
const untilThere = (selector: string) => `new Promise((resolve) => {
    const isThere = () => document.querySelector(${JSON.stringify(selector)}) !== null;
    if (isThere()) return resolve();
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document, { childList: true, subtree: true });
  })`;

/** From the address to a page that answers: what is clicked shows its details. */
async function measureInteractive(
  dashboard: Dashboard,
  given: { what: string; path: string; click: string; sign: string },
): Promise<Measure> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const page = await openPage(dashboard, '/runs');
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    const from = performance.now();
    await page.goto(dashboard.hookloom.url + given.path);
    await page.evaluate(untilThere(given.click));
    await page.locator(given.click).first().click();
    await page.evaluate(untilThere(given.sign));
    times.push(performance.now() - from);
    await closePage(page);
  }
  return {
    what: `${given.what}: address → a click is answered, best of 3`,
    value: Math.min(...times),
    unit: 'ms',
    target: '< 2000',
  };
}

/** Counts frames and events by the second while a run goes on, and looks at the memory at both ends. */
async function measureLive(dashboard: Dashboard): Promise<Measure[]> {
  const runId = await begin(dashboard.hookloom, ticking);
  const page = await openPage(dashboard, `/runs/${runId}`);
  await page.locator('[data-node=each]').waitFor();
  const session = await page.context().newCDPSession(page);
  const sequence = async () =>
    (await dashboard.hookloom.call('GET', `/v1/runs/${runId}`)).body.lastSequence as number;
  const [before, heapBefore] = [await sequence(), await heapOf(session)];
  const frames = await countFrames(page, Math.min(20, steadySeconds));
  const events = ((await sequence()) - before) / frames.length;
  await page.waitForTimeout(Math.max(0, steadySeconds - frames.length) * 1_000);
  const [told, heapAfter] = [await sequence(), await heapOf(session)];
  await dashboard.hookloom.call('POST', `/v1/runs/${runId}/cancel`, {});
  await closePage(page);
  const perThousand = (heapAfter - heapBefore) / ((told - before) / 1_000);
  return [
    { what: 'a run that goes on: events a second', value: events, unit: '/s' },
    { what: 'frames a second, least of any second', value: Math.min(...frames), unit: '/s', target: '≥ 30' },
    { what: 'frames a second, median', value: quantile(frames, 0.5), unit: '/s' },
    { what: `memory of the page after ${steadySeconds} s`, value: heapAfter, unit: 'MB' },
    { what: 'memory for each 1,000 events of its log', value: perThousand, unit: 'MB' },
  ];
}

/** Frames in each of some seconds. */
function countFrames(page: Page, seconds: number): Promise<number[]> {
  return page.evaluate<number[]>(`new Promise((resolve) => {
    const frames = Array.from({ length: ${seconds} }, () => 0);
    const from = performance.now();
    const step = (now) => {
      const second = Math.floor((now - from) / 1000);
      if (second >= ${seconds}) return resolve(frames);
      if (second >= 0) frames[second] += 1;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`);
}

/** What is in use after a collection, in MB. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1_000_000;
}

/** Benchmark. */
export const bench: Bench = {
  question: 'How soon is the dashboard there, with large runs and live ones?',
  async run() {
    const [hookloom, browser] = await Promise.all([startHookloom(), launchBrowser()]);
    const dashboard = { hookloom, browser };
    try {
      const large = await begin(hookloom, chains(nodeCount));
      const looped = await begin(hookloom, loop(itemCount));
      for (const runId of [large, looped])
        assert.equal((await hookloom.runEnd(runId, 1_800_000)).status, 'success');
      return [
        ...(await measureFirst(dashboard)),
        await measureInteractive(dashboard, {
          what: `run of ${nodeCount} nodes`,
          path: `/runs/${large}`,
          click: '[data-node^=n]',
          sign: '[role=tab]',
        }),
        await measureInteractive(dashboard, {
          what: `loop of ${itemCount} items`,
          path: `/runs/${looped}?view=items`,
          click: '[aria-label^="each[0]/step"]',
          sign: '[role=tab]',
        }),
        ...(await measureLive(dashboard)),
      ];
    } finally {
      await browser.close();
      await hookloom.stop();
    }
  },
};
