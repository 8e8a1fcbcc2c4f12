import assert from 'node:assert/strict';
import { assertAccessible, closePage, openPage, readerKey } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

const manual = { nodes: { root: { type: 'manual' } } };

/** What an organization has beside its workflows. */
export function settingsTests(dashboard: Dashboard): void {
  /** An organization of its own: what is changed here is nobody else's. */
  const organization = async (name: string) => {
    const { body } = await dashboard.hookloom.call('POST', '/v1/organizations', { name });
    const key = body.apiKey as string;
    const call = (method: string, path: string, given?: unknown) =>
      dashboard.hookloom.call(method, path, given, { authorization: `Bearer ${key}` });
    return { key, call };
  };

  it('makes a key, shows it once, and revokes it after it has said what that does', async () => {
    const { key, call } = await organization('keys');
    const page = await openPage(dashboard, '/settings?tab=keys', { key });
    await page.getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('of the shop');
    await assertAccessible(page);
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const text = (await page.locator('code').textContent()) ?? '';
    assert.match(text, /^hl_/);
    const mayRead = async () => (await call('GET', '/v1/whoami')).status;
    assert.equal(await mayRead(), 200);
    await page.getByRole('row', { name: /of the shop read active/ }).waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Done' }).click();
    assert.doesNotMatch(await page.content(), new RegExp(text));
    await page
      .getByRole('row', { name: /of the shop/ })
      .getByRole('button', { name: 'Revoke' })
      .click();
    await page.getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByRole('row', { name: /of the shop read revoked/ }).waitFor();
    const refused = await fetch(`${dashboard.hookloom.url}/v1/whoami`, {
      headers: { authorization: `Bearer ${text}` },
    });
    assert.equal(refused.status, 401);
    await page.getByRole('tab', { name: 'Audit' }).click();
    await page.getByRole('row', { name: /DELETE \/v1\/api-keys\/key_\w+ 204/ }).waitFor();
    await assertAccessible(page);
    await closePage(page);
  });

  it('stores a credential and never shows its value', async () => {
    const { key } = await organization('credentials');
    const page = await openPage(dashboard, '/settings?tab=credentials', { key });
    await page.getByText('No credential is stored').waitFor();
    await page.getByRole('button', { name: 'Store a credential' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('shop token');
    await dialog.getByLabel('Value').fill('s3cret-of-the-shop');
    await dialog.getByRole('button', { name: 'Store' }).click();
    await dialog.getByRole('alert').getByText('/name').waitFor();
    await dialog.getByLabel('Name').fill('shop_token');
    await dialog.getByRole('button', { name: 'Store' }).click();
    await page.getByRole('cell', { name: 'shop_token' }).waitFor();
    await assertAccessible(page);
    assert.doesNotMatch(await page.content(), /s3cret-of-the-shop/);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the credential' }).click();
    await page.getByText('No credential is stored').waitFor();
    await closePage(page);
  });

  it('sets a variable, shows its history, and says what failed runs start', async () => {
    const { key, call } = await organization('variables');
    const { body } = await call('POST', '/v1/workflows', { name: 'Mends', definition: manual });
    const page = await openPage(dashboard, '/settings?tab=variables', { key });
    await page.getByRole('button', { name: 'Set a variable' }).click();
    await page.getByLabel('Name').fill('rate');
    await page.getByLabel('Value (JSON)').fill('1.25');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByRole('row', { name: /rate 1\.25/ }).waitFor();
    await call('PUT', '/v1/variables/rate', { value: 1.5 });
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByLabel('Value (JSON)').fill('2');
    await page.getByRole('dialog').getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByRole('region', { name: 'Version 1' }).getByText('1.25').waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('tab', { name: 'Organization' }).click();
    await page.getByText('Starts nothing.').waitFor();
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('combobox', { name: 'Start the workflow' }).click();
    await page.getByRole('option', { name: 'Mends' }).click();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Mends' }).waitFor();
    const { onFailure } = (await call('GET', '/v1/organization')).body;
    assert.deepEqual(onFailure, { workflowId: body.id });
    await closePage(page);
  });

  it('shows a key that may only read what it may see, and nothing that changes it', async () => {
    await dashboard.hookloom.call('PUT', '/v1/variables/seen', { value: 1 });
    const key = await readerKey(dashboard);
    const page = await openPage(dashboard, '/settings?tab=keys', { key, width: 390, colorScheme: 'dark' });
    await page.getByText('When a run fails').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Change' }).count(), 0);
    assert.deepEqual(await page.getByRole('tab').allTextContents(), ['Organization', 'Variables']);
    await page.getByRole('tab', { name: 'Variables' }).click();
    await page.getByRole('button', { name: 'History' }).first().waitFor();
    for (const name of ['Set a variable', 'Set', 'Delete'])
      assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name);
    await assertAccessible(page);
    await closePage(page);
  });
}
