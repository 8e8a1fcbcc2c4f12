import { assertAccessible, closePage, openPage } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

const definition = {
  nodes: {
    root: { type: 'manual', children: ['only'] },
    only: { type: 'set', payload: { values: { a: 1 } } },
  },
};

/** The feed of what happens. */
export function activityTests(dashboard: Dashboard): void {
  it('shows what happens as it happens, keeps it back while it is paused, and leads to the run', async () => {
    const { hookloom } = dashboard;
    const { id } = await hookloom.publish(definition, { name: 'Active' });
    const begin = () => hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: {} });
    const page = await openPage(dashboard, `/activity?workflowId=${id}&types=run.succeeded`);
    await page.getByText('Nothing has happened since you came').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const { body: first } = await begin();
    await page.getByRole('list', { name: '1 event' }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const { body: second } = await begin();
    await hookloom.runEnd(second.runId);
    await page.getByRole('list', { name: '1 event' }).waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('list', { name: '2 events' }).waitFor();
    await page.getByRole('link', { name: 'Active' }).last().click();
    await page.waitForURL((url) => url.pathname.endsWith(first.runId));
    await closePage(page);
  });
}
