/** The dashboard under test: one deployment and one browser for all of its pages. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { Hookloom } from '../support/hookloom.ts';

export interface Dashboard {
  hookloom: Hookloom;
  browser: Browser;
}

/** How a page is opened. */
export interface OpenOptions {
  /** Default: the deployment's first key. */
  key?: string;
  /** Where the API is; default: the deployment's. */
  url?: string;
  colorScheme?: 'light' | 'dark';
  width?: number;
}

/** What a page wrote to its console that is wrong, by page. */
const complaints = new WeakMap<Page, string[]>();

/** Opens a page of the dashboard, signed in. */
export async function openPage(dashboard: Dashboard, path: string, options: OpenOptions = {}): Promise<Page> {
  const { key = dashboard.hookloom.key, url = dashboard.hookloom.url } = options;
  const { colorScheme = 'light', width = 1280 } = options;
  const context = await dashboard.browser.newContext({
    viewport: { width, height: 860 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  await context.addInitScript({ content: `sessionStorage.setItem('hookloom.key', ${JSON.stringify(key)})` });
  const page = await context.newPage();
  page.setDefaultTimeout(25_000);
  watch(page);
  await page.goto(url + path);
  return page;
}

/** Notes what a page complains of: refused styles and scripts, errors that nobody caught. */
export function watch(page: Page): void {
  const found: string[] = [];
  complaints.set(page, found);
  page.on('pageerror', (error) => found.push(error.message));
  page.on('console', (message) => {
    const isNetwork = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isNetwork) found.push(message.text());
  });
}

/** Closes a page with its context. @throws AssertionError when it complained of something */
export async function closePage(page: Page): Promise<void> {
  await page.context().close();
  assert.deepEqual(complaints.get(page) ?? [], []);
}

/** Makes a key that may only read. */
export async function readerKey({ hookloom }: Dashboard): Promise<string> {
  const { body } = await hookloom.call('POST', '/v1/api-keys', { name: 'reader', scopes: ['read'] });
  return body.apiKey;
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** @throws AssertionError with every violation that axe calls serious or critical */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    const found = (await axe.run()).violations;
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  });
  assert.deepEqual(violations, []);
}

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}
