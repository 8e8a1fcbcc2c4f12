import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { importWorkflow } from '../../src/import/import-workflow.ts';
import type { ImportFormat } from '../../src/import/import-workflow.ts';
import { aslMachines } from '../import/sources/asl.ts';
import { n8nWorkflows } from '../import/sources/n8n.ts';
import { owsDocuments } from '../import/sources/ows.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('workflows that were imported', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;
  let server: Server;
  let asked = 0;
  let url: string;

  before(async () => {
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: '127.0.0.1/32' });
    server = createServer((_, response) => {
      asked += 1;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ state: asked < 3 ? 'busy' : 'ready' }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server?.close();
    await hookloom?.stop();
  });

  async function run(format: ImportFormat, source: unknown, payload: unknown): Promise<any> {
    const imported = importWorkflow(format, source);
    assert.ok(imported);
    const { id } = await hookloom.publish(imported.definition);
    const started = await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload });
    assert.equal(started.status, 202, JSON.stringify(started.body));
    return hookloom.runEnd(started.body.runId);
  }

  it('split, loop and compute as in n8n', async () => {
    const ended = await run('n8n', n8nWorkflows['lists'], { data: { items: [{ n: 1 }, { n: 2 }] } });
    assert.equal(ended.status, 'success', JSON.stringify(ended.error));
    assert.deepEqual(ended.output.Done ?? ended.output, { output: { items: [{ total: 60 }] } });
  });

  it('go round a cycle until its condition is met', async () => {
    const source = structuredClone(aslMachines['polling']) as any;
    source.States.Status.Parameters.ApiEndpoint = url;
    source.States.Sleep.Seconds = 0;
    const ended = await run('asl', source, {});
    assert.equal(ended.status, 'success', JSON.stringify(ended.error));
    assert.equal(asked, 3);
  });

  it('map and run side by side as a state machine does', async () => {
    const source = structuredClone(aslMachines['nested']) as any;
    source.States.Both = { ...source.States.Both, Next: undefined, End: true, Catch: undefined };
    const ended = await run('asl', source, { items: [{ n: 1 }, { n: 4 }] });
    assert.equal(ended.status, 'success', JSON.stringify(ended.error));
    assert.deepEqual(ended.output.each, [{ twice: 2 }, { twice: 8 }]);
    assert.deepEqual(ended.output.both, [{ count: 2 }, 'named']);
  });

  it('decide, skip and end as a Serverless Workflow does', async () => {
    const source = { ...(owsDocuments['flow'] as object), schedule: undefined };
    const low = await run('ows', source, { n: 4 });
    assert.equal(low.status, 'success', JSON.stringify(low.error));
    assert.deepEqual(low.output, { b: 2 });
    const high = await run('ows', source, { n: 20 });
    assert.deepEqual(high.output, { big: true });
  });
});
