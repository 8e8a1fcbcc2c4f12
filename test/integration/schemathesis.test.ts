import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { makeOneOfEach } from '../support/one-of-each.ts';
import { runSchemathesis } from '../support/schemathesis.ts';

/** Streams that do not end by themselves. */
const endless = ['streamActivity', 'streamWorkflowRuns'];

describe('the API under Schemathesis', function () {
  this.timeout(600_000);
  let hookloom: Hookloom;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookloom-schemathesis-'));
    hookloom = await startHookloom();
  });
  after(async () => {
    await hookloom?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers nothing but what its document says, and never with an error of its own', async () => {
    const root = { type: 'webhook', children: ['log'] };
    const log = { type: 'log', payload: { message: 'came' } };
    const { webhookUrl } = await hookloom.publish({ nodes: { root, log } });
    const { body } = await hookloom.call('POST', webhookUrl, {});
    const runId: string = body.runIds[0];
    const { nodes } = await hookloom.runEnd(runId);
    const ids = {
      ...(await makeOneOfEach(hookloom)),
      '/v1/webhooks/{secret}': webhookUrl.split('/').at(-1) ?? '',
      '/v1/runs/{id}': runId,
      '/v1/executions/{id}': nodes.log.executionId,
    };
    const { url, key } = hookloom;
    const given = { url, key, ids, folder: resolve(folder), excluded: endless, maxExamples: 5, seed: 1 };
    const { isClean, calls, report } = await runSchemathesis(given);
    assert.ok(isClean, report.slice(0, 20_000));
    assert.ok(calls > 300, report.slice(-2_000));
  });
});
