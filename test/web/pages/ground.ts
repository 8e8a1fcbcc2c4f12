import assert from 'node:assert/strict';
import { createSignInLinks } from '../../../src/api/access/sign-in/sign-in-links.ts';
import { assertAccessible, closePage, openPage, watch } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

/** How the dashboard is served, and who gets in. */
export function groundTests(dashboard: Dashboard): void {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(dashboard.hookloom.url + path, { headers });
  const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  it('is served at / with a policy that takes scripts from its own files alone', async () => {
    const first = await get('/');
    const second = await get('/');
    const policy = first.headers.get('content-security-policy') ?? '';
    assert.equal(first.status, 200);
    assert.match(policy, /script-src 'self';/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.notEqual(policy, second.headers.get('content-security-policy'), 'a nonce is used once');
    const page = await first.text();
    assert.doesNotMatch(page, /<script(?![^>]*src=)/);
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page) ?? [];
    const asset = await get(script);
    assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.match(asset.headers.get('content-type') ?? '', /^text\/javascript/);
    const again = await get(script, {
      'if-none-match': asset.headers.get('etag') ?? '',
      'cache-control': 'max-age=0',
    });
    assert.equal(again.status, 304);
  });

  it('answers its page at its own addresses to browsers, and leaves unknown routes of the API alone', async () => {
    assert.match(await (await get('/runs/run_x?view=log', asBrowser)).text(), /<div id="root">/);
    for (const path of ['/v1/nothing', '/v1/runs/x/nothing', '/docs/nothing', '/assets/nothing.js']) {
      const answer = await get(path, asBrowser);
      assert.equal(answer.status, 404, path);
      assert.doesNotMatch(await answer.text(), /<div id="root">/, path);
    }
    assert.equal((await get('/runs', { accept: 'application/json' })).status, 404);
  });

  it('asks for a key, refuses a wrong one, and keeps a good one in the tab and out of the address', async () => {
    const context = await dashboard.browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    watch(page);
    await page.goto(`${dashboard.hookloom.url}/runs?status=failure`);
    await page.locator('input').fill('hl_not-a-key-of-this-deployment');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await assertAccessible(page);
    await page.locator('input').fill(dashboard.hookloom.key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    assert.equal(new URL(page.url()).search, '?status=failure', 'goes where one wanted to go');
    const kept = async (place: string) => JSON.stringify(await page.evaluate(place));
    assert.ok((await kept('Object.values(sessionStorage)')).includes(dashboard.hookloom.key));
    assert.doesNotMatch(await kept('[Object.values(localStorage), document.cookie, location.href]'), /hl_/);
    await page.getByRole('button', { name: 'first organization' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.locator('input').waitFor();
    await closePage(page);
  });

  it('tells a key what it is and may do', async () => {
    const { hookloom } = dashboard;
    const { body } = await hookloom.call('GET', '/v1/whoami');
    assert.deepEqual(body.scopes, ['operator']);
    assert.equal(body.organization.name, 'first organization');
    assert.equal((await fetch(`${hookloom.url}/v1/whoami`)).status, 401);
  });

  it('takes a sign-in link once, for an hour', async () => {
    let now = 0;
    const links = createSignInLinks(() => now);
    const token = links.create('hl_key');
    assert.equal(links.redeem(token), 'hl_key');
    assert.equal(links.redeem(token), undefined);
    const late = links.create('hl_key');
    now = 60 * 60 * 1000;
    assert.equal(links.redeem(late), undefined);
    const answer = await dashboard.hookloom.call('POST', '/v1/sign-in', { token: late });
    assert.equal(answer.status, 404);
  });

  it('goes to pages by keys, and says which keys there are', async () => {
    const page = await openPage(dashboard, '/runs');
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Go to Runs').waitFor();
    await assertAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.type('ga');
    await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor();
    await closePage(page);
  });

  it('goes through the rows of a list by j and k', async () => {
    const { hookloom } = dashboard;
    for (const name of ['Row A', 'Row B'])
      await hookloom.publish({ nodes: { root: { type: 'manual' } } }, { name });
    const page = await openPage(dashboard, '/workflows?search=row ');
    await page.getByRole('link', { name: 'Row A' }).waitFor();
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    const going = [
      ['j', 'Row B'],
      ['j', 'Row A'],
      ['j', 'Row A'],
      ['k', 'Row B'],
    ] as const;
    for (const [key, row] of going) {
      await page.keyboard.press(key);
      assert.equal(await focused(), row);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Row B', level: 1 }).waitFor();
    await closePage(page);
  });

  it('goes to a page, a workflow or an id from the command palette', async () => {
    const { id } = await dashboard.hookloom.publish(
      { nodes: { root: { type: 'manual' } } },
      { name: 'Sought after' },
    );
    const page = await openPage(dashboard, '/runs');
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    const search = async (text: string, option: string) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('textbox', { name: 'Search', exact: true }).fill(text);
      await page.locator('[role=option][data-combobox-selected]', { hasText: option }).waitFor();
    };
    await search('sought', 'Sought after workflow');
    await assertAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sought after', level: 1 }).waitFor();
    await search('setti', 'Settings page');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await search(id, `${id} workflow`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sought after', level: 1 }).waitFor();
    await closePage(page);
  });

  it('shows its first page after less than 250 kB, without the chart that follows', async () => {
    const page = await openPage(dashboard, '/livez');
    const sizes = new Map<string, number>();
    page.on('requestfinished', async (request) => {
      const { pathname } = new URL(request.url());
      const { responseBodySize } = await request.sizes();
      if (pathname.startsWith('/assets/') && !pathname.includes('run-chart'))
        sizes.set(pathname, responseBodySize);
    });
    await page.goto(`${dashboard.hookloom.url}/`);
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    await page.waitForLoadState('load');
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    assert.ok(sizes.size > 3 && total > 50_000, `${sizes.size} files of ${total} bytes`);
    assert.ok(total < 250_000, `the first page takes ${total} bytes: ${JSON.stringify([...sizes])}`);
    await closePage(page);
  });
}
