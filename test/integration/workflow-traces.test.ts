import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('the query __stack_trace', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  before(async () => (hookloom = await startHookloom({ HOOKLOOM_WORKFLOW_TRACES: 'true' })));
  after(() => hookloom?.stop());

  it('shows where workflow code waits, when the setting asks for it', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['ask'] }, ask: { type: 'wait' } },
    });
    const { body } = await hookloom.call('POST', webhookUrl, {});
    const runId = body.runIds[0] as string;
    await eventually(async () => {
      const { status } = (await hookloom.call('GET', `/v1/runs/${runId}`)).body;
      assert.equal(status, 'waiting');
    });
    const trace = await hookloom.temporal.workflow.getHandle(runId).query<string>('__stack_trace');
    assert.match(trace, /\bat /);
  });
});
