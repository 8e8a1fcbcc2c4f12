import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { hooksPath, startHookBench } from '../support/hooks.ts';
import type { HookBench } from '../support/hooks.ts';

const slots = 20;
const hanging = 5;

describe('a hook endpoint beside others that hang', function () {
  this.timeout(180_000);
  let bench: HookBench;
  before(async () => {
    bench = await startHookBench({ HOOKLOOM_HOOK_SLOTS: String(slots) });
  });
  after(() => bench?.stop());

  it('gets its own while they hang, although each of them would take a quarter of the worker', async () => {
    let open = 0;
    let ended = 0;
    const paths = Array.from({ length: hanging }, (_, index) => `/hangs-${index}`);
    const settings = { timeoutMs: 30_000, maxRetries: 0 };
    const endpoints = await Promise.all(paths.map((path) => bench.createEndpoint(path, settings)));
    for (const path of paths)
      bench.answers.set(path, (_, response) => {
        open += 1;
        response.once('close', () => {
          open -= 1;
          ended += 1;
        });
      });
    for (const { workflowId } of endpoints) await bench.emit(workflowId, 1, 8);
    // Two each, and a third for the first ones: a quarter of what the others leave.
    await eventually(() => assert.ok(open >= 2 * hanging, `${open} hang`), 25_000);
    const { id } = await bench.createEndpoint('/well');
    for (let sent = 0; sent < slots; sent += 1) {
      const answer = await bench.hookloom.call('POST', `${hooksPath}/${id}/test`, {});
      assert.equal(answer.status, 202);
    }
    await eventually(() => assert.equal(bench.got('/well').length, slots), 60_000);
    assert.equal(ended, 0, 'it has waited for the others');
    assert.ok(open >= 2 * hanging && open < slots, `${open} of ${slots} slots hang`);
    const deliveries = await eventually(async () => {
      const rows = await bench.deliveries(id, '&status=success');
      assert.equal(rows.length, slots);
      return rows;
    }, 60_000);
    for (const { attempts } of deliveries) assert.equal(attempts.length, 1);
  });
});
