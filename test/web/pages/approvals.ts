import assert from 'node:assert/strict';
import { createResumeLinks } from '../../../src/store/waits/resume-links.ts';
import { eventually } from '../../support/eventually.ts';
import { assertAccessible, closePage, openPage, watch } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

/** A question with a form and two answers; also what the pictures show. */
export const refund = {
  nodes: {
    root: { type: 'webhook', children: ['ask'] },
    ask: {
      type: 'wait',
      payload: {
        title: 'Refund {{$trigger.body.amount}} € to {{$trigger.body.customer}}?',
        description:
          'Order {{$trigger.body.order}}: the parcel came back unopened.\nRefuse when it was used.',
        choices: [
          { value: 'approve', label: 'Approve the refund' },
          { value: 'refuse', label: 'Refuse' },
        ],
        timeoutMs: 172_800_000,
        formSchema: {
          type: 'object',
          required: ['reason'],
          properties: {
            reason: { enum: ['returned', 'damaged', 'late'], title: 'Reason' },
            amount: { type: 'integer', title: 'Amount in cents', minimum: 1 },
            note: { type: 'string', title: 'Note to the customer', maxLength: 1_000 },
            notify: { type: 'boolean', title: 'Tell the customer by mail', default: true },
          },
        },
      },
      branches: { resumed: ['end'], timed_out: [] },
    },
    end: { type: 'set', payload: { values: '{{$nodes.ask.result.data}}' } },
  },
};
/** What is sent to it. */
export const refundRequest = { amount: 49, customer: 'Ada Lovelace', order: 'A-1017' };

/** Questions to people: their inbox, and the page of their links. */
export function approvalTests(dashboard: Dashboard): void {
  const begin = async () => {
    const { hookloom } = dashboard;
    const { id, webhookUrl } = await hookloom.publish(refund, { name: 'Refunds' });
    const { body } = await hookloom.call('POST', webhookUrl, refundRequest);
    const [runId] = body.runIds;
    const links = createResumeLinks(hookloom.env['HOOKLOOM_MASTER_KEY'] ?? '', hookloom.url);
    return { id, runId, link: links.urlOf({ runId, path: 'ask' }) };
  };
  const waiting = (runId: string) =>
    eventually(async () => {
      const { body } = await dashboard.hookloom.call('GET', `/v1/runs/${runId}`);
      assert.equal(body.nodes.ask?.status, 'waiting');
    }, 20_000);

  it('lists what waits for somebody as it begins to wait, and takes the answer', async () => {
    const { hookloom } = dashboard;
    const { id, runId } = await begin();
    const page = await openPage(dashboard, `/approvals?workflowId=${id}`);
    await page.getByRole('heading', { name: 'Refund 49 € to Ada Lovelace?' }).waitFor();
    await assertAccessible(page);
    await page.getByRole('combobox', { name: 'Reason' }).click();
    await page.getByRole('option', { name: 'damaged' }).click();
    await page.getByLabel('Who answers').fill('Grace');
    await page.getByLabel('Who answers').press('Enter');
    await page.getByRole('button', { name: 'Refuse' }).click();
    await page.getByText('Answered: Refund 49 € to Ada Lovelace?').waitFor();
    await page.getByText('Nothing waits for an answer').waitFor();
    const run = await hookloom.runEnd(runId);
    assert.deepEqual(run.output.end, { reason: 'damaged', notify: true, choice: 'refuse' });
    await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: { ...refundRequest, amount: 12 } });
    await page.getByRole('heading', { name: 'Refund 12 € to Ada Lovelace?' }).waitFor();
    await closePage(page);
  });

  it('shows a key that may only read what is asked, and no button', async () => {
    const { id, runId } = await begin();
    await waiting(runId);
    const given = { name: 'reader of approvals', scopes: ['read'] };
    const { body } = await dashboard.hookloom.call('POST', '/v1/api-keys', given);
    const page = await openPage(dashboard, `/approvals?workflowId=${id}`, { key: body.apiKey });
    await page.getByRole('heading', { name: 'Refund 49 € to Ada Lovelace?' }).waitFor();
    await page.getByText('first organization').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Approve the refund' }).count(), 0);
    await assertAccessible(page);
    await closePage(page);
  });

  it('is answered by a link on a phone, without JavaScript and without a sign-in', async () => {
    const { runId, link } = await begin();
    await waiting(runId);
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await dashboard.browser.newContext({
        colorScheme,
        viewport: { width: 390, height: 860 },
      });
      const page = await context.newPage();
      watch(page);
      await page.goto(link);
      await page.getByRole('button', { name: 'Approve the refund' }).waitFor();
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      assert.ok(width <= 390, `the page is ${width} pixels wide`);
      await assertAccessible(page);
      await closePage(page);
    }
    const context = await dashboard.browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 860 },
    });
    const page = await context.newPage();
    watch(page);
    await page.goto(link);
    await page.getByLabel('Reason').selectOption('late');
    await page.getByLabel('Amount in cents').fill('4900');
    await page.getByLabel('Your name').fill('Grace Hopper');
    await page.getByLabel('Your name').press('Enter');
    assert.equal(await page.getByText(/^Answered by/).count(), 0, 'Enter chooses for nobody');
    await page.getByRole('button', { name: 'Approve the refund' }).click();
    await page.getByText(/^Answered by Grace Hopper/).waitFor();
    await closePage(page);
    const run = await dashboard.hookloom.runEnd(runId);
    const data = { reason: 'late', amount: 4900, notify: true, choice: 'approve' };
    assert.deepEqual(run.output.end, data);
  });
}
