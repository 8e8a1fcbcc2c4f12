import type { Json } from '../../engine/json/json.ts';
import { runInSandbox } from '../sandbox/run-in-sandbox.ts';
import type { SandboxLine } from '../sandbox/run-in-sandbox.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';
import { numberOf } from './numbers.ts';

const defaultTimeoutMs = 5_000;
const maxTimeoutMs = 10_000;

/** Runs the user's `transform(input)` in a sandbox. */
export const runCodeTransform: NodeCode = async ({ payload, attempt }) => {
  const given = payload['timeoutMs'] ?? defaultTimeoutMs;
  const timeoutMs = numberOf('timeoutMs', given, { min: 1, max: maxTimeoutMs, isWhole: false });
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
