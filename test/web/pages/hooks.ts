import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { startReceiver } from '../../support/receiver.ts';
import type { Receiver } from '../../support/receiver.ts';
import { assertAccessible, closePage, openPage } from '../dashboard.ts';
import type { Dashboard } from '../dashboard.ts';

const definition = {
  nodes: {
    root: { type: 'manual', children: ['only'] },
    only: { type: 'set', payload: { values: { a: 1 } } },
  },
};

/** What a receiver answers: first it fails, then it is mended. */
export interface FailingReceiver extends Receiver {
  mend(): void;
}

/** Starts a receiver that fails until it is mended. */
export async function startFailingReceiver(): Promise<FailingReceiver> {
  let status = 500;
  const receiver = await startReceiver((_, response) => {
    response
      .writeHead(status, { 'content-type': 'text/plain' })
      .end(status === 500 ? 'out of order' : 'thanks');
  });
  return { ...receiver, mend: () => (status = 200) };
}

/** Hook endpoints: what was sent, what was answered, and the same once more. */
export function hookTests(dashboard: Dashboard & { receiver: FailingReceiver }): void {
  it('shows a failed delivery with each answer, retries it, and replays many after counting them', async () => {
    const { hookloom, receiver } = dashboard;
    const { id } = await hookloom.publish(definition, { name: 'Hooked' });
    const given = {
      name: 'Ledger',
      url: `${receiver.url}/hooks`,
      subscribedEventTypes: ['run.succeeded'],
      workflowIds: [id],
      retrySchedule: ['0s'],
      maxRetries: 0,
    };
    const { body } = await hookloom.call('POST', '/v1/execution-webhooks', given);
    const { body: run } = await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: {} });
    await hookloom.runEnd(run.runId);
    const deliveries = `/v1/deliveries?endpointId=${body.endpoint.id}`;
    await eventually(async () =>
      assert.equal((await hookloom.call('GET', deliveries)).body.items[0]?.status, 'failure'),
    );
    const page = await openPage(dashboard, '/hooks');
    await page.getByRole('cell', { name: 'healthy' }).waitFor();
    await assertAccessible(page);
    await page.getByRole('link', { name: 'Ledger' }).click();
    await page.getByRole('cell', { name: '500' }).waitFor();
    await assertAccessible(page);
    await page.locator('[data-row]').click();
    await page.getByRole('region', { name: 'Answer of attempt 1' }).getByText('out of order').waitFor();
    await page.getByRole('list', { name: 'Phases of the attempt' }).waitFor();
    await page.getByRole('region', { name: 'Body that would go out' }).waitFor();
    await assertAccessible(page);
    receiver.mend();
    await page.getByRole('button', { name: 'Retry now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retry now' }).click();
    await eventually(async () =>
      assert.equal((await hookloom.call('GET', deliveries)).body.items[0]?.status, 'success'),
    );
    await page.goto(`${hookloom.url}/hooks/${body.endpoint.id}`);
    await page.getByRole('button', { name: 'Replay many' }).click();
    await page.getByRole('button', { name: 'Replay 0 events' }).waitFor();
    await page.getByRole('checkbox', { name: 'success' }).check();
    await page.getByRole('button', { name: 'Replay 1 event' }).waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Replay 1 event' }).click();
    await eventually(() => assert.equal(receiver.requests.length, 3));
    const ids = new Set(receiver.requests.map(({ headers }) => headers['webhook-id']));
    assert.equal(ids.size, 1, 'the receiver can tell that it is the same event');
    await closePage(page);
  });

  it('tries a filter on an event, and rotates the secret, which shows once', async () => {
    const { hookloom, receiver } = dashboard;
    const { id } = await hookloom.publish(definition, { name: 'Filtered' });
    const { body: made } = await hookloom.call('POST', '/v1/execution-webhooks', {
      name: 'Filtered',
      url: `${receiver.url}/filtered`,
      subscribedEventTypes: ['run.*'],
      workflowIds: [id],
      filter: "{{ $event.type = 'run.succeeded' }}",
    });
    const { body: run } = await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: {} });
    await hookloom.runEnd(run.runId);
    const page = await openPage(dashboard, `/hooks/${made.endpoint.id}`);
    const events = page.getByRole('combobox', { name: 'An event of the newest run' });
    await events.click();
    await page.getByRole('option', { name: /run\.queued/ }).click();
    await page.getByText('The filter leaves this event out.').waitFor();
    await events.click();
    await page.getByRole('option', { name: /run\.succeeded/ }).click();
    await page.getByRole('region', { name: 'Body that would go out' }).getByText('"run.succeeded"').waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Rotate the secret' }).click();
    await page.getByRole('dialog').getByText('It is shown once').waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    const secret = await page.getByText(/^whsec_/).textContent();
    assert.notEqual(secret, made.signingSecret);
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText(/^whsec_/).waitFor({ state: 'detached' });
    await closePage(page);
  });
}
