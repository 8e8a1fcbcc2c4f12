import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sandboxCode } from '../../src/processes/workflow-bundle.ts';

describe('the workflow bundle', () => {
  it('stands in for code that the SDK does compile for every promise', async () => {
    const folder = dirname(createRequire(import.meta.url).resolve('@temporalio/worker/package.json'));
    const sdk = await readFile(join(folder, 'lib/workflow/vm-shared.js'), 'utf8');
    for (const code of Object.keys(sandboxCode)) assert.ok(sdk.includes(`'${code}'`), code);
  });
});
