import type { Json } from '../../engine/json.ts';
import { runInSandbox } from '../code-sandbox/run-in-sandbox.ts';
import type { SandboxLine } from '../code-sandbox/run-in-sandbox.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';

const defaultTimeoutMs = 5_000;
const maxTimeoutMs = 10_000;

/** Runs the user's `transform(input)` in a sandbox. */
export const runCodeTransform: NodeCode = async ({ payload, attempt }) => {
  const timeoutMs = Math.min(maxTimeoutMs, Number(payload['timeoutMs'] ?? defaultTimeoutMs));
  const job = {
    code: String(payload['code'] ?? ''),
    input: JSON.stringify(payload['input'] ?? null),
    timeoutMs,
  };
  const { signal, log } = attempt;
  const onLine = ({ level, message }: SandboxLine) => log[level](message);
  const onLeftOut = (lines: number) => log.leaveOut(lines);
  const reply = await runInSandbox(job, { signal, onLine, onLeftOut });
  if ('output' in reply) return { value: { output: JSON.parse(reply.output) as Json } };
  throw new NodeFailure({ type: reply.error, message: reply.message, retryable: false });
};
