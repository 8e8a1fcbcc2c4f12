/** A run in the terminal: one line for what each node came to, with its loop's place, duration and attempts. */
import type { HookloomEvent, Run } from '../client/index.ts';
import { logLineOf } from './log-line.ts';
import { duration, note, paint, paintStatus, print } from './output.ts';

/** Shows a run as it goes. */
export interface RunTree {
  show(event: HookloomEvent): void;
  end(run: Run): void;
}

const marks: Record<string, string> = {
  success: paint('green', '✔'),
  partial: paint('yellow', '◐'),
  failure: paint('red', '✘'),
  skipped: paint('gray', '·'),
  cancelled: paint('yellow', '⊘'),
};
const barWidth = 20;

/** Creates the view of one run. On a terminal the loops under way stand in a line below, as bars. */
export function createTree(): RunTree {
  const loops = new Map<string, { done: number; total: number | undefined }>();
  const isLive = Boolean(process.stderr.isTTY);
  const clear = () => isLive && process.stderr.write('\r\u001b[2K');
  const draw = () => {
    if (!isLive) return;
    const bars = [...loops].map(([path, { done, total }]) => `${path} ${bar(done, total)}`);
    process.stderr.write(`\r\u001b[2K${bars.join('  ')}`);
  };
  return {
    show(event) {
      clear();
      const logged = logLineOf(event);
      if (logged) note(`${indentOf(logged.path)}  ${logged.level}: ${logged.message}`);
      const line = lineOf(event);
      if (line !== undefined) print(line);
      count(loops, event);
      draw();
    },
    end({ id, status, durationMs, counts }) {
      clear();
      const parts = Object.entries(counts).map(([name, number]) => `${number} ${name}`);
      print(`${id}  ${paintStatus(status)}  ${duration(durationMs)}  ${parts.join(', ')}`);
    },
  };
}

function bar(done: number, total: number | undefined): string {
  if (total === undefined) return `${done}`;
  const full = total === 0 ? barWidth : Math.round((done / total) * barWidth);
  return `[${'█'.repeat(full)}${' '.repeat(barWidth - full)}] ${done}/${total}`;
}

function count(loops: Map<string, { done: number; total: number | undefined }>, event: HookloomEvent): void {
  const { path, total } = event.data as { path?: string; total?: number };
  if (path === undefined) return;
  if (event.type === 'node.progress') loops.set(path, { done: event.data.done ?? 0, total });
  if (isEnd(event)) loops.delete(path);
}

const isEnd = ({ type }: HookloomEvent): boolean =>
  ['node.succeeded', 'node.partial', 'node.failed', 'node.skipped', 'node.cancelled'].includes(type);

interface NodeData {
  path?: string;
  status?: string;
  durationMs?: number;
  attempt?: number;
  error?: { message: string };
  reason?: string;
  nextAttemptAt?: string;
}

const indentOf = (path: string): string => '  '.repeat(path.split('/').length);

function lineOf(event: HookloomEvent): string | undefined {
  const data = event.data as NodeData;
  const { path = '' } = data;
  const indent = indentOf(path);
  if (isEnd(event))
    return `${indent}${marks[data.status ?? ''] ?? ' '} ${path}  ${outcomeOf(data)}`.trimEnd();
  if (event.type === 'node.retrying')
    return `${indent}${paint('yellow', '↻')} ${path}  attempt ${data.attempt} failed: ${data.error?.message}; next at ${data.nextAttemptAt}`;
  if (event.type === 'node.waiting') return `${indent}${paint('blue', '…')} ${path}  waiting`;
  return event.type === 'run.queued' ? paint('gray', `${event.data.runId}  queued`) : undefined;
}

function outcomeOf({ durationMs, attempt = 1, error, reason = '' }: NodeData): string {
  const attempts = attempt > 1 ? `attempt ${attempt}` : '';
  const parts = [duration(durationMs), attempts, error?.message ?? reason];
  return paint('gray', parts.filter(Boolean).join('  '));
}
