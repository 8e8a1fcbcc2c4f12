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
    await closePage(page);
  });
}
