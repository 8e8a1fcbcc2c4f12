/** How many executions are in which state, by node and by iteration: kept up to date event by event, also for huge loops. */
import { isFinalNodeStatus } from '../../../src/engine/log/event-catalog.ts';
import type { NodeStatus } from '../../../src/engine/log/event-catalog.ts';

/** Executions by state. */
export type Counts = Partial<Record<NodeStatus, number>>;

/** The counts of a moment. */
export interface Tallies {
  /** By node id, over all iterations. */
  nodes: Map<string, Counts>;
  /** By path of the loop, then by index of the item: holes where none has begun. */
  loops: Map<string, (Counts | undefined)[]>;
}

/** One execution has gone from a state to another; `before` is absent for its first event. */
export function tallyChange(
  { nodes, loops }: Tallies,
  { path, before, after }: { path: string; before: NodeStatus | undefined; after: NodeStatus },
): void {
  if (before === after) return;
  const nodeId = path.slice(path.lastIndexOf('/') + 1);
  const counts = nodes.get(nodeId) ?? {};
  nodes.set(nodeId, counts);
  move(counts, before, after);
  const place = iterationOf(path);
  if (!place) return;
  const items = loops.get(place.loop) ?? [];
  loops.set(place.loop, items);
  const item = (items[place.index] ??= {});
  move(item, before, after);
}

function move(counts: Counts, before: NodeStatus | undefined, after: NodeStatus): void {
  if (before !== undefined) counts[before] = (counts[before] ?? 1) - 1;
  counts[after] = (counts[after] ?? 0) + 1;
}

/** The innermost iteration that a path is in: `{ loop: 'each', index: 3 }` for `each[3]/post`. */
export function iterationOf(path: string): { loop: string; index: number; prefix: string } | undefined {
  const end = path.lastIndexOf(']/');
  if (end < 0) return undefined;
  const start = path.lastIndexOf('[', end);
  return {
    loop: path.slice(0, start),
    index: Number(path.slice(start + 1, end)),
    prefix: path.slice(0, end + 1),
  };
}

const worstFirst: readonly NodeStatus[] = [
  'failure',
  'waiting',
  'running',
  'scheduled',
  'partial',
  'cancelled',
  'success',
  'skipped',
];

/** The state that stands for many: a failure shows, then what is under way. `none` when there is nothing. */
export function statusOfCounts(counts: Counts | undefined): NodeStatus | 'none' {
  return worstFirst.find((status) => (counts?.[status] ?? 0) > 0) ?? 'none';
}

/** How many executions a tally has, and how many of them have ended. */
export function progressOf(counts: Counts): { total: number; done: number } {
  let [total, done] = [0, 0];
  for (const [status, count] of Object.entries(counts) as [NodeStatus, number][]) {
    total += count;
    if (isFinalNodeStatus(status)) done += count;
  }
  return { total, done };
}
