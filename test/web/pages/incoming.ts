import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { assertAccessible, closePage, openPage } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

const definition = {
  nodes: {
    root: { type: 'webhook', children: ['seen'] },
    seen: { type: 'set', payload: { values: { order: '{{$trigger.body.order}}' } } },
  },
};

/** The inbox: what came in, how it was judged, and the same once more. */
export function incomingTests(dashboard: Dashboard): void {
  it('lists what comes in as it comes, shows it as it was sent, and replays it', async () => {
    const { hookloom } = dashboard;
    const { id, webhookUrl } = await hookloom.publish(definition, { name: 'Inbox' });
    const page = await openPage(dashboard, `/incoming?workflowId=${id}`);
    await page.getByText('Nothing has come in').waitFor();
    await hookloom.call('POST', webhookUrl, { order: 'A-17' }, { 'x-shop': 'north' });
    await page.getByRole('cell', { name: 'accepted' }).waitFor();
    await assertAccessible(page);
    await page.locator('[data-row]').click();
    await page.getByRole('region', { name: 'Body' }).getByText('"A-17"').waitFor();
    await page.getByRole('row', { name: 'x-shop north' }).waitFor();
    await page.getByText('As sent', { exact: true }).click();
    await page.getByRole('region', { name: 'Body' }).getByText('{"order":"A-17"}').waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByRole('dialog').getByText('Starts a new run of the live version').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
    await page.waitForURL(/\/runs\/run_/);
    await page.locator('[data-node=seen][data-status=success]').waitFor();
    await page.getByRole('link', { name: 'the request' }).click();
    await page.waitForURL(/\/incoming\/whe_/);
    const { body } = await hookloom.call('GET', `/v1/runs?workflowId=${id}`);
    assert.equal(body.items.length, 2);
    await closePage(page);
  });

  it('says why a request was refused', async () => {
    const { hookloom } = dashboard;
    const { id, webhookUrl } = await hookloom.publish(definition, { name: 'Refusals' });
    await hookloom.call('POST', webhookUrl, '{"order":', { 'content-type': 'application/json' });
    const page = await openPage(dashboard, `/incoming?workflowId=${id}&status=rejected`, {
      colorScheme: 'dark',
    });
    await page.getByRole('cell', { name: 'rejected' }).waitFor();
    await page.locator('[data-row]').click();
    await page.getByRole('region', { name: 'Body' }).getByText('{"order":').waitFor();
    await assertAccessible(page);
    await closePage(page);
  });

  it('narrows requests by their reason, and replays many after counting them', async () => {
    const { hookloom } = dashboard;
    const { id, webhookUrl } = await hookloom.publish(definition, { name: 'Many' });
    for (const order of ['A-1', 'A-2']) {
      const key = { 'idempotency-key': order };
      await hookloom.call('POST', webhookUrl, { order }, key);
    }
    await hookloom.call('POST', webhookUrl, { order: 'A-1' }, { 'idempotency-key': 'A-1' });
    await hookloom.call('POST', webhookUrl, '{"order":', { 'content-type': 'application/json' });
    const page = await openPage(dashboard, `/incoming?workflowId=${id}`);
    await page.getByRole('cell', { name: 'duplicate' }).first().waitFor();
    await page.getByRole('combobox', { name: 'Reason' }).click();
    await page.getByRole('option', { name: 'invalid-json' }).click();
    await page.getByRole('cell', { name: 'accepted' }).first().waitFor({ state: 'detached' });
    assert.equal(await page.locator('[data-row]').count(), 1);
    assert.match(page.url(), /reason=invalid-json/);
    await page.goto(`${hookloom.url}/incoming?workflowId=${id}&status=accepted`);
    await page.getByRole('button', { name: 'Replay many' }).click();
    await page.getByRole('button', { name: 'Replay 2 requests' }).waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Replay 2 requests' }).click();
    await page.getByText('Being replayed: 2 requests').waitFor();
    await eventually(async () => {
      const { body } = await hookloom.call('GET', `/v1/runs?workflowId=${id}`);
      assert.equal(body.items.length, 4);
    }, 20_000);
    await closePage(page);
  });
}
