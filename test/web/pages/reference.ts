import assert from 'node:assert/strict';
import { closePage, openPage } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

/** What the API reference at `/docs` shows and does. */
export function referenceTests(dashboard: Dashboard): void {
  it('shows the reference of the API, with the key of the dashboard, and tries a call', async () => {
    const { key } = dashboard.hookloom;
    const page = await openPage(dashboard, '/docs#tag/platform/GET/v1/whoami');
    const field = page.getByPlaceholder('Token').first();
    assert.equal(await field.inputValue(), key);
    await page.getByRole('button', { name: /Test Request.*whoami/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Send/ }).first().click();
    await dialog.getByText('200 OK').waitFor();
    await dialog.getByText('"keyId"').waitFor();
    // What the policy had to refuse, such as a call to another server, would be a complaint.
    await closePage(page);
  });

  it('lists every route at /docs without scripts, and allows inline styles there alone', async () => {
    const { url } = dashboard.hookloom;
    const response = await fetch(`${url}/docs`);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /style-src 'self' 'unsafe-inline'/);
    assert.match(policy, /script-src 'self';/);
    const html = await response.text();
    assert.match(html, /<noscript>[^]*GET \/v1\/runs\/\{id\}\/stream[^]*<\/noscript>/);
    assert.doesNotMatch(html, /<script(?! src="\/docs\/\w+\.js"><\/script>)| style=| on\w+=/);
    for (const path of ['/', '/openapi.json', '/v1/runs']) {
      const other = (await fetch(url + path)).headers.get('content-security-policy') ?? '';
      assert.doesNotMatch(other, /unsafe-inline/, path);
    }
  });
}
