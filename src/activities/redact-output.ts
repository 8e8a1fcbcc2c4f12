/** Takes the secrets of an attempt out of everything that it gives: its result, its error, its lines. */
import type { RunError } from '../engine/log/facts.ts';
import type { Json, JsonObject } from '../engine/json/json.ts';
import { NodeFailure } from './node-code.ts';
import type { NodeLog, NodeResult } from './node-code.ts';
import type { Redactor } from './redactor.ts';

/** Returns the result without secrets. */
export function redactResult(redactor: Redactor, result: NodeResult): NodeResult {
  return 'value' in result ? { ...result, value: redactor.json(result.value) } : result;
}

/** Returns what was thrown without secrets. An error of a kind that is not ours keeps only its texts. */
export function redactError(redactor: Redactor, thrown: unknown): unknown {
  if (redactor.isEmpty) return thrown;
  if (thrown instanceof NodeFailure) {
    const error = redactor.json(thrown.error as unknown as Json) as unknown as RunError;
    const { retryAfterMs } = thrown;
    return new NodeFailure(error, retryAfterMs === undefined ? {} : { retryAfterMs });
  }
  if (!(thrown instanceof Error)) return thrown;
  const { name, message, stack = '' } = thrown;
  const type = 'type' in thrown ? { type: thrown.type } : {};
  const place = 'pointer' in thrown ? { pointer: thrown.pointer, isConfidential: true, expression: '' } : {};
  const texts = { name, stack: redactor.text(stack) };
  return Object.assign(new Error(redactor.text(message)), texts, type, place);
}

/** Returns a log whose lines hold no secrets. */
export function redactLog(redactor: Redactor, log: NodeLog): NodeLog {
  const line =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields?: JsonObject): void =>
      log[level](
        redactor.text(message),
        ...(fields === undefined ? [] : [redactor.json(fields) as JsonObject]),
      );
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    leaveOut: (lines) => log.leaveOut(lines),
    progress: ({ message, ...step }) =>
      log.progress(message === undefined ? step : { ...step, message: redactor.text(message) }),
  };
}
