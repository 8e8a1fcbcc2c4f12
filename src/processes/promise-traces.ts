/** Takes the SDK's traces of promises out of the sandbox. See docs/decisions/0005-workflow-code-takes-no-traces.md. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Code that the SDK compiles for every promise in the sandbox, and what stands in for it: an error without a stack, so that
 * nothing is traced. Source: `GlobalHandlers` of @temporalio/worker 1.24.
 */
const standIns = {
  'return globalThis.__TEMPORAL_ACTIVATOR__': '() => globalThis.__TEMPORAL_ACTIVATOR__',
  'return globalThis.Error': '() => class {}',
} as const;

/**
 * Returns what is to run before all else in the sandbox, on one line. Code that is not listed is compiled as ever.
 * @param sdk source of the SDK's sandbox
 * @returns `undefined` when the SDK does not trace promises by the code that is listed: then its own way holds
 */
export function withoutPromiseTraces(sdk: string): string | undefined {
  const codes = Object.entries(standIns);
  if (!codes.every(([code]) => sdk.includes(`('${code}')`))) return undefined;
  const known = codes.map(([code, standIn]) => `['${code}', ${standIn}]`).join(', ');
  return [
    'Error.stackTraceLimit = 0;',
    `{ const known = new Map([${known}]);`,
    `Object.defineProperty(Promise, 'constructor', { value: (code) => known.get(code) ?? Function(code) }); } `,
  ].join(' ');
}

/** Reads the source of the SDK's sandbox; an empty text when the SDK has no such file. */
export async function readSandboxSource(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('@temporalio/worker/package.json'));
  return readFile(join(folder, 'lib', 'workflow', 'vm-shared.js'), 'utf8').catch(() => '');
}
