import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertAccessible, closePage, openPage, readerKey } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

const counting = {
  nodes: {
    root: { type: 'manual', children: ['small'] },
    small: {
      type: 'if',
      payload: { condition: '{{$trigger.body.n < 3}}' },
      branches: { then: [], else: ['large'] },
    },
    large: { type: 'fail', payload: { type: 'too_large', message: '{{$trigger.body.n}} is too large' } },
  },
};
const nightly = { nodes: { root: { type: 'schedule', payload: { cron: '0 3 * * *' } } } };

/** Of the Amazon States Language: its first state has no counterpart. */
const machine = {
  StartAt: 'Query',
  States: {
    Query: { Type: 'Task', Resource: 'arn:aws:states:::athena:startQueryExecution.sync', Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

/** The list of workflows, and how a workflow begins. */
export function workflowsTests(dashboard: Dashboard): void {
  it('lists workflows with how their runs end as they end, and finds them by name', async () => {
    const { hookloom } = dashboard;
    const { id } = await hookloom.publish(counting, { name: 'Counts to three' });
    await hookloom.publish(nightly, { name: 'Every night' });
    const page = await openPage(dashboard, '/workflows?search=COUNTS');
    const row = page.getByRole('row', { name: /Counts to three/ });
    await row.getByText('never').waitFor();
    for (const n of [1, 2, 3]) {
      const { body } = await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: { n } });
      await hookloom.runEnd(body.runId);
    }
    await row.getByText('failure').waitFor();
    await row.getByText('66 %').waitFor();
    await assertAccessible(page);
    const search = page.getByLabel('Search by name');
    await search.fill('every night');
    await page.getByRole('row', { name: /Every night.*active.*schedule.*in/ }).waitFor();
    await row.waitFor({ state: 'hidden' });
    assert.match(page.url(), /search=every\+night/);
    await search.fill('nothing is called so');
    await page.getByText('No workflow is like this').waitFor();
    await closePage(page);
  });

  it('begins a workflow from an example and from a file, and says what is wrong with a file', async () => {
    const { hookloom } = dashboard;
    const page = await openPage(dashboard, '/workflows');
    await page.getByRole('button', { name: 'New workflow' }).click();
    await page.getByRole('radio', { name: 'Payment received' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Payments of mine');
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Payments of mine', level: 1 }).waitFor();
    await page.goto(`${hookloom.url}/workflows`);
    const file = join(hookloom.env['HOOKLOOM_DATA_DIR'] ?? '', 'imported.yaml');
    const choose = async (text: string) => {
      await writeFile(file, text);
      await page.locator('input[type=file]').setInputFiles(file);
    };
    await choose('name: From a file\nnodes: [');
    await page.getByRole('dialog').getByText('This file holds no workflow.').waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    await choose('nodes:\n  root: {type: manual, children: [a]}\n  a: {type: lgo}\n');
    await page.getByText('Creates the draft “imported” with 2 nodes.').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('alert').getByText('/definition/nodes/a/type').waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    await choose(JSON.stringify(machine));
    const report = page.getByRole('list', { name: 'What does not carry over' });
    await report.getByText(/lost.*Query: the call/).waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Not now' }).click();
    await choose('nodes:\n  root: {type: manual}\n');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'imported', level: 1 }).waitFor();
    await closePage(page);
  });

  it('offers a key that may only read nothing that would begin one', async () => {
    const page = await openPage(dashboard, '/workflows', { key: await readerKey(dashboard) });
    await page.locator('[data-row]').first().waitFor();
    await page.getByText('first organization').waitFor();
    for (const name of ['New workflow', 'Import a file'])
      assert.equal(await page.getByRole('button', { name }).count(), 0, name);
    await closePage(page);
  });
}
