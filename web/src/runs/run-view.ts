import { nodeIdOf } from '../../../src/engine/log/path.ts';
import type { Moment, RunHistory } from './history.ts';

/** What of a run is being looked at: it stands in the address. */
export interface RunSearch {
  view?: string;
  /** Sequence of the log; absent: its end. */
  at?: string;
  /** Path of an execution, or id of a node that has none yet. */
  node?: string;
  tab?: string;
  /** An iteration, such as `each[3]`. */
  in?: string;
  /** Filters of the log. */
  types?: string;
  find?: string;
  /** Status of the items that are shown. */
  items?: string;
}

/** A run as its page shows it: what the parts of the page are given. */
export interface RunView {
  runId: string;
  history: RunHistory;
  /** The run at the place of the log that is looked at. */
  moment: Moment;
  /** Whether that is the end of the log, and the log goes on. */
  isLive: boolean;
  /** Whether the log has its last event. */
  isOver: boolean;
  search: RunSearch;
  /** Looks at something else. */
  look(change: Partial<Record<keyof RunSearch, string | undefined>>): void;
}

/** The path that a node of the graph has: in the iteration that is looked at when it is in a loop. */
export function pathOfNode(view: Pick<RunView, 'search'>, nodeId: string, loops: readonly string[]): string {
  const [innermost] = loops;
  if (innermost === undefined) return nodeId;
  const iteration = view.search.in;
  const isInIt = iteration !== undefined && nodeIdOf(iteration.replace(/\[\d+\]$/, '')) === innermost;
  return isInIt ? `${iteration}/${nodeId}` : nodeId;
}
