/** `npm run screenshots`: pictures of the dashboard for the documentation, of a deployment with something in it. */
import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { createResumeLinks } from '../../src/store/waits/resume-links.ts';
import { launchBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { openPage } from './dashboard.ts';
import { refund, refundRequest } from './pages/approvals.ts';
import { startFailingReceiver } from './pages/hooks.ts';
import type { FailingReceiver } from './pages/hooks.ts';
import { failing, order, payload } from './pages/run.ts';

const folder = 'docs/images';

/** A page to take. */
interface Place {
  name: string;
  path: string;
  /** What is there once the page is whole. */
  sign: string;
  /** What happens while it is open. */
  meanwhile?: () => Promise<unknown>;
}

describe('the pictures of the dashboard', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;
  let browser: Browser;
  let receiver: FailingReceiver;

  before(async () => {
    receiver = await startFailingReceiver();
    const settings = { HOOKLOOM_EGRESS_ALLOW: receiver.host };
    [hookloom, browser] = await Promise.all([startHookloom(settings), launchBrowser()]);
    await mkdir(folder, { recursive: true });
  });

  after(async () => {
    await browser?.close();
    await hookloom?.stop();
    await receiver?.stop();
  });

  it('are taken in both themes', async () => {
    const { id, webhookUrl } = await hookloom.publish(order, { name: 'Orders' });
    for (const total of [120, 80, 990]) await hookloom.call('POST', webhookUrl, { ...payload, total });
    const { body } = await hookloom.call('POST', webhookUrl, payload);
    const run = `/runs/${body.runIds[0]}`;
    await hookloom.call('POST', webhookUrl, '{"order":', { 'content-type': 'application/json' });
    const asked = await hookloom.publish(refund, { name: 'Refunds' });
    const { body: question } = await hookloom.call('POST', asked.webhookUrl, refundRequest);
    const links = createResumeLinks(hookloom.env['HOOKLOOM_MASTER_KEY'] ?? '', hookloom.url);
    const link = new URL(links.urlOf({ runId: question.runIds[0], path: 'ask' }));
    const failed = await hookloom.publish(failing, { name: 'Ledger export' });
    for (let count = 0; count < 3; count += 1)
      await hookloom.call('POST', `/v1/workflows/${failed.id}/run`, { payload: {} });
    const endpointId = await createEndpoint('Ledger', failed.id, ['run.failed']);
    await createEndpoint('Audit', id, ['run.succeeded']);
    const fail = () => hookloom.call('POST', `/v1/workflows/${failed.id}/run`, { payload: {} });
    await fail();
    const deliveryId = await eventually(async () => {
      const { body: list } = await hookloom.call(
        'GET',
        `/v1/deliveries?endpointId=${endpointId}&status=failure`,
      );
      return (list.items[0]?.id ?? '') as string;
    }, 30_000);
    const places: Place[] = [
      { name: 'home', path: '/', sign: 'canvas' },
      { name: 'workflows', path: '/workflows', sign: '[data-row]' },
      { name: 'workflow', path: `/workflows/${id}?node=size`, sign: '[data-node=size][data-selected]' },
      { name: 'webhook', path: `/workflows/${id}?tab=webhook`, sign: '[data-row]' },
      { name: 'settings', path: '/settings?tab=keys', sign: 'tbody tr' },
      { name: 'approvals', path: `/approvals?workflowId=${asked.id}`, sign: 'button:has-text("Refuse")' },
      { name: 'approval-page', path: link.pathname, sign: 'button:has-text("Refuse")' },
      { name: 'run', path: `${run}?node=ask`, sign: '[data-node=ask][data-status=waiting]' },
      { name: 'timeline', path: `${run}?view=timeline`, sign: '[aria-label="Nodes by time"]' },
      { name: 'items', path: `${run}?view=items`, sign: '[aria-label="Items"]' },
      { name: 'incoming', path: '/incoming', sign: '[data-row]' },
      { name: 'runs', path: '/runs', sign: '[data-row]' },
      { name: 'hooks', path: '/hooks', sign: 'td:has-text("healthy")' },
      { name: 'endpoint', path: `/hooks/${endpointId}`, sign: 'td:has-text("500")' },
      {
        name: 'delivery',
        path: `/deliveries/${deliveryId}`,
        sign: 'text=out of order',
      },
      { name: 'activity', path: '/activity', sign: '[aria-label$=" events"]', meanwhile: fail },
    ];
    for (const { name, path, sign, meanwhile } of places)
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await openPage({ hookloom, browser }, path, { colorScheme });
        if (meanwhile) await page.getByText('Live', { exact: true }).first().waitFor();
        await meanwhile?.();
        await page.locator(sign).first().waitFor();
        await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
        await page.context().close();
      }
  });

  async function createEndpoint(name: string, workflowId: string, types: string[]): Promise<string> {
    const url = `${receiver.url}/${name.toLowerCase()}`;
    const given = { name, url, subscribedEventTypes: types, workflowIds: [workflowId] };
    const schedule = { retrySchedule: ['0s'], maxRetries: 0 };
    const { body } = await hookloom.call('POST', '/v1/execution-webhooks', { ...given, ...schedule });
    return body.endpoint.id as string;
  }
});
