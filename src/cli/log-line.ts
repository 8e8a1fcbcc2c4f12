import type { HookloomEvent } from '../client/index.ts';

/** A line that a node wrote. */
export interface LogLine {
  path: string;
  level: string;
  message: string;
}

/** Returns what an event says as a line of the log: what code wrote, or the message of a `log` node. */
export function logLineOf(event: HookloomEvent): LogLine | undefined {
  if (event.type === 'node.log') {
    const { path, level, message } = event.data;
    return { path, level, message };
  }
  if (event.type !== 'node.succeeded' || event.data.nodeType !== 'log') return undefined;
  const { message } = (event.data.result ?? {}) as { message?: unknown };
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return { path: event.data.path, level: 'info', message: text };
}
