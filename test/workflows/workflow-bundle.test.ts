import assert from 'node:assert/strict';
import { readSandboxSource, withoutPromiseTraces } from '../../src/processes/promise-traces.ts';

describe('the workflow bundle', () => {
  it('takes the traces of promises out of this release of the SDK', async () => {
    assert.ok(withoutPromiseTraces(await readSandboxSource()));
  });

  it('leaves an SDK alone that traces in another way', async () => {
    const sdk = await readSandboxSource();
    for (const changed of ['', sdk.replace("('return globalThis.Error')", "('return Error')")])
      assert.equal(withoutPromiseTraces(changed), undefined);
  });
});
