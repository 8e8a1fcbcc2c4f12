import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { assertAccessible, closePage, openPage, readerKey } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

const greeting = (message: string, type = 'log') => ({
  nodes: {
    root: { type: 'webhook', children: ['note'] },
    note: { type, payload: { message } },
  },
});
const hourly = { nodes: { root: { type: 'schedule', payload: { cron: '0 * * * *' } } } };

/** One workflow: edited, published, compared, rolled back, and run with what came in. */
export function workflowTests(dashboard: Dashboard): void {
  const call = (method: string, path: string, body?: unknown) => dashboard.hookloom.call(method, path, body);
  const write = async (page: Page, definition: object) => {
    await page.getByRole('textbox', { name: 'Definition' }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(JSON.stringify(definition, null, 2));
  };

  it('shows what is wrong in its place, and completes what is being written', async () => {
    const { id } = await dashboard.hookloom.publish(greeting('hello'), { name: 'Greets' });
    const page = await openPage(dashboard, `/workflows/${id}`);
    const problems = page.getByRole('region', { name: 'Problems' });
    await problems.getByText('No problem').waitFor();
    await write(page, greeting('hello', 'lgo'));
    await problems.getByText('1 problem').waitFor();
    await page.locator('[data-node=note][data-problem=error]').waitFor();
    await page.locator('.cm-lintRange-error').first().waitFor();
    assert.ok(await page.getByRole('button', { name: 'Save as a new version' }).isDisabled());
    await assertAccessible(page);
    await problems.getByRole('button', { name: /nodes\/note\/type/ }).click();
    await page.keyboard.press('Delete');
    await page.keyboard.type('"type": "lo');
    await page.getByRole('option', { name: /"log"/ }).click();
    await problems.getByText('No problem').waitFor();
    await write(page, { nodes: 7 });
    await problems.getByText('1 problem').waitFor();
    await page.getByRole('button', { name: 'Undo all' }).click();
    await problems.getByText('No problem').waitFor();
    await closePage(page);
  });

  it('shows the text of a node that is clicked, and the node of the text that one is in', async () => {
    const { id } = await dashboard.hookloom.publish(greeting('hello'), { name: 'Both ways' });
    const page = await openPage(dashboard, `/workflows/${id}`);
    await page.locator('[data-node=note]').click();
    await page.locator('.cm-activeLine', { hasText: '"note"' }).first().waitFor();
    await page.locator('[data-node=note][data-selected]').waitFor();
    await page.locator('.cm-line', { hasText: '"webhook"' }).click();
    await page.locator('[data-node=root][data-selected]').waitFor();
    assert.match(page.url(), /node=root/);
    await closePage(page);
  });

  it('saves a version, publishes it after it has shown what changes, and rolls back', async () => {
    const { id } = await dashboard.hookloom.publish(greeting('hello'), { name: 'Changes' });
    const page = await openPage(dashboard, `/workflows/${id}`);
    await page.getByRole('region', { name: 'Problems' }).getByText('No problem').waitFor();
    await write(page, greeting('good day'));
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByRole('button', { name: 'Publish version 2' }).click();
    await page.getByRole('dialog').getByText('/nodes/note/payload/message').waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('version 2 is live').waitFor();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByRole('row', { name: /^2 / }).getByRole('button', { name: 'What changed' }).click();
    await page
      .getByRole('region', { name: '/nodes/note/payload/message before' })
      .getByText('hello')
      .waitFor();
    await page
      .getByRole('region', { name: '/nodes/note/payload/message after' })
      .getByText('good day')
      .waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Roll back to 1' }).click();
    await page.getByRole('button', { name: 'Roll back', exact: true }).click();
    await page.getByText('version 1 is live, version 2 is the newest').waitFor();
    assert.equal((await call('GET', `/v1/workflows/${id}`)).body.liveVersion, 1);
    await closePage(page);
  });

  it('captures a sample of what comes to a draft, and runs it with that', async () => {
    const { body } = await call('POST', '/v1/workflows', { name: 'Sampled', definition: greeting('hello') });
    const page = await openPage(dashboard, `/workflows/${body.id}?tab=webhook`);
    await page.getByRole('button', { name: 'Capture for ten minutes' }).click();
    await page.getByText('Captures until').waitFor();
    await assertAccessible(page);
    await call('POST', body.webhook.url, { order: 'A-17' });
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('cell', { name: 'sample' }).waitFor();
    await page.getByRole('button', { name: 'Run with it' }).click();
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.locator('[data-node=note][data-status=success]').waitFor();
    await page.getByRole('region', { name: 'Input of the run' }).getByText('"A-17"').waitFor();
    await closePage(page);
  });

  it('shows a URL once, rotates it, and asks for what a verification needs', async () => {
    const { id, webhookUrl } = await dashboard.hookloom.publish(greeting('hello'), { name: 'Reached' });
    const page = await openPage(dashboard, `/workflows/${id}?tab=webhook`);
    await page.getByText('Whoever knows the URL can start runs').waitFor();
    await page.getByRole('button', { name: 'Rotate' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    const shown = page.locator('code').filter({ hasText: /webhooks\/[\w-]{43}/ });
    const url = (await shown.textContent()) ?? '';
    assert.notEqual(url, webhookUrl);
    assert.equal((await call('POST', url, {})).status, 202);
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('combobox', { name: 'Sender' }).click();
    await page.getByRole('option', { name: 'github' }).click();
    await page.getByLabel('secret').fill('a secret of some length');
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Save the verification' }).click();
    await page.getByText('github').waitFor();
    assert.equal((await call('POST', url, {})).status, 401);
    await page.reload();
    await page.getByText('Its secret was shown when it was made').waitFor();
    assert.doesNotMatch(await page.content(), /a secret of some length/);
    await closePage(page);
  });

  it('shows when a schedule fires next, fires it by hand, and pauses', async () => {
    const { id } = await dashboard.hookloom.publish(hourly, { name: 'Hourly' });
    const page = await openPage(dashboard, `/workflows/${id}?tab=schedule`);
    await page.getByRole('list', { name: 'Next times' }).getByRole('listitem').nth(9).waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('nothing fires until it is resumed').waitFor();
    await page.getByRole('button', { name: 'Fire now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Fire now' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/runs/'));
    await eventually(async () => {
      const { body } = await call('GET', `/v1/workflows/${id}/runs`);
      assert.equal(body.items[0].trigger.source, 'schedule');
    });
    await closePage(page);
  });

  it('shows the lanes of a workflow, gives one another limit, and lets no run start', async () => {
    const definition = {
      nodes: { root: { type: 'manual', children: ['ask'] }, ask: { type: 'wait' } },
      settings: { flow: { concurrency: { limit: 1, key: '{{$trigger.body.shop}}' } } },
    };
    const { id } = await dashboard.hookloom.publish(definition, { name: 'One at a time' });
    const page = await openPage(dashboard, `/workflows/${id}?tab=flow`);
    await page.getByText('No lane yet').waitFor();
    const begin = () => call('POST', `/v1/workflows/${id}/run`, { payload: { shop: 'north' } });
    await begin();
    await begin();
    await page.getByRole('row', { name: /north 1 of 1 1/ }).waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Limit' }).click();
    await page.getByLabel('Runs at a time').fill('3');
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Set the limit' }).click();
    await page.getByRole('row', { name: /north 2 of 3 ?instead of 1 0/ }).waitFor();
    await page.getByRole('button', { name: 'Let no run start' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Let no run start' }).click();
    await page.getByText('paused', { exact: true }).waitFor();
    await begin();
    await page.getByRole('row', { name: /north 2 of 3 ?instead of 1 1/ }).waitFor();
    await closePage(page);
  });

  it('offers a key that may only read nothing that would change or run it', async () => {
    const { id } = await dashboard.hookloom.publish(greeting('hello'), { name: 'Read only' });
    const page = await openPage(dashboard, `/workflows/${id}`, { key: await readerKey(dashboard) });
    await page.getByText('read only', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Definition' }).click();
    await page.keyboard.insertText('x');
    await page.getByRole('tab', { name: 'Definition', exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Webhook' }).click();
    await page.getByText('Nothing has come in').waitFor();
    for (const name of ['Run', 'More', 'Save as a new version', 'Rotate', 'Change', 'Publish version 1'])
      assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name);
    await closePage(page);
  });

  it('is of use on a phone, in the dark', async () => {
    const { id } = await dashboard.hookloom.publish(greeting('hello'), { name: 'On a phone' });
    const page = await openPage(dashboard, `/workflows/${id}`, { width: 390, colorScheme: 'dark' });
    await page.locator('[data-node=note]').waitFor();
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= 390, `the page is ${width} pixels wide`);
    await assertAccessible(page);
    await closePage(page);
  });
}
