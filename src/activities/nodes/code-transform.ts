import type { Json } from '../../engine/json/json.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { SandboxLine } from '../sandbox/sandbox-messages.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';
import { numberOf } from './numbers.ts';

const defaultTimeoutMs = 5_000;
const maxTimeoutMs = 10_000;

/** Creates the code that runs the user's `transform(input)` in a sandbox. */
export function createCodeTransform(sandbox: Pick<Sandbox, 'run'>): NodeCode {
  return async ({ call, payload, attempt }) => {
    const given = payload['timeoutMs'] ?? defaultTimeoutMs;
    const timeoutMs = numberOf('timeoutMs', given, { min: 1, max: maxTimeoutMs, isWhole: false });
    const { signal, log } = attempt;
    const reply = await sandbox.run(
      {
        code: String(payload['code'] ?? ''),
        input: JSON.stringify(payload['input'] ?? null),
        timeoutMs,
      },
      {
        key: call.runId,
        signal,
        onLine: ({ level, message }: SandboxLine) => log[level](message),
        onLeftOut: (lines: number) => log.leaveOut(lines),
      },
    );
    if ('output' in reply) return { value: { output: JSON.parse(reply.output) as Json } };
    throw new NodeFailure({ type: reply.error, message: reply.message, retryable: false });
  };
}
