import assert from 'node:assert/strict';
import { assertAccessible, closePage, openPage } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

const failing = {
  nodes: {
    root: { type: 'manual', children: ['only'] },
    only: { type: 'fail', payload: { type: 'broken', message: 'out of order' } },
  },
};
const asking = { nodes: { root: { type: 'manual', children: ['ask'] }, ask: { type: 'wait' } } };

/** The first page: what needs a person, and how the runs go. */
export function homeTests(dashboard: Dashboard): void {
  it('shows what fails and what waits as it happens, and leads there', async () => {
    const { hookloom } = dashboard;
    const { id } = await hookloom.publish(failing, { name: 'Needs mending' });
    const { id: wait } = await hookloom.publish(asking, { name: 'Needs an answer' });
    const begin = (workflowId: string) =>
      hookloom.call('POST', `/v1/workflows/${workflowId}/run`, { payload: {} });
    await begin(wait);
    const page = await openPage(dashboard, '/');
    await page
      .getByRole('region', { name: /open waits?/ })
      .getByText('Needs an answer')
      .waitFor();
    await page.getByRole('row', { name: /Needs an answer.*1 under way/ }).waitFor();
    await page
      .getByRole('img', { name: /runs? began/ })
      .locator('canvas')
      .waitFor();
    const { body } = await begin(id);
    const failures = page.getByRole('region', { name: /failing workflows?/ });
    await failures.getByText('Needs mending').waitFor();
    await page.getByRole('row', { name: /Needs mending 1 0 % of 1/ }).waitFor();
    await assertAccessible(page);
    await page.getByText('Last day', { exact: true }).click();
    await page.getByText('Runs per quarter of an hour').waitFor();
    assert.match(page.url(), /span=day/);
    await page.getByRole('row', { name: /Needs mending 1 0 % of 1/ }).waitFor();
    await failures.getByRole('listitem').filter({ hasText: 'Needs mending' }).getByText('failed').click();
    await page.waitForURL((url) => url.pathname.endsWith(body.runId));
    await closePage(page);
  });

  it('says so when nothing needs anybody', async () => {
    const { hookloom } = dashboard;
    const { body } = await hookloom.call('POST', '/v1/organizations', { name: 'quiet' });
    const page = await openPage(dashboard, '/', { key: body.apiKey, width: 390, colorScheme: 'dark' });
    await page.getByText('Nothing needs you').waitFor();
    await page.getByText('No run in this time').waitFor();
    await assertAccessible(page);
    await closePage(page);
  });
}
