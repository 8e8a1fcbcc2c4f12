/**
 * Which results a retried run takes over: pure. A node is run again when it did not succeed or is named, and when it
 * followed from one that is run again along the edges that the first run took. All else keeps what it came to, also in a
 * version that changed it.
 */
import type { NodeStatus } from '../log/event-catalog.ts';
import { indexGraph } from '../definition/graph-index.ts';
import type { LayoutNode, ScopeLayout } from '../definition/graph-index.ts';
import type { CompiledGraph } from '../definition/graph.ts';
import { takenEdges } from './scheduler.ts';

/** What is known of an execution of the first run. */
export interface EndedExecution {
  path: string;
  nodeType: string;
  status: NodeStatus;
  branch?: string;
  reason?: string;
  /** When a loop opened. */
  openedAt?: string;
}

/**
 * - `outcome`: the execution keeps what it came to
 * - `opening`: a loop goes on with its items, of which some iterations are taken over
 * - `identity`: a node that failed is run again with nothing changed before it
 */
export interface TakenOver {
  path: string;
  part: 'outcome' | 'opening' | 'identity';
}

/** What is made of an execution. `again`: it is run as if for the first time. */
type Verdict = TakenOver['part'] | 'again' | 'unknown';

/**
 * Returns what is taken over, each loop before its iterations.
 * @param graph of the version that is to run
 * @param from paths that are run again; empty: what failed, the failed items of loops included
 */
export function planRetry(
  graph: CompiledGraph,
  executions: ReadonlyMap<string, EndedExecution>,
  from: readonly string[],
): TakenOver[] {
  const index = indexGraph(graph);
  const iterations = iterationsByLoop(executions);
  const planScope = (key: string, layout: ScopeLayout | undefined): TakenOver[] => {
    const pathOf = ({ node }: LayoutNode) => (key === '' ? node.id : `${key}/${node.id}`);
    const nodes = layout?.nodes ?? [];
    const known = nodes.map((laidOut) => executions.get(pathOf(laidOut)));
    const verdicts = judge(nodes, known, from);
    return nodes.flatMap((laidOut, number): TakenOver[] => {
      const path = pathOf(laidOut);
      const part = verdicts[number];
      if (part === undefined || part === 'again' || part === 'unknown') return [];
      if (part !== 'opening') return [{ path, part }];
      const inside = [...(iterations.get(path) ?? [])].sort((a, b) => a - b);
      const body = index.get(laidOut.node.id);
      return [{ path, part }, ...inside.flatMap((at) => planScope(`${path}[${at}]`, body))];
    });
  };
  return planScope('', index.get(''));
}

/** The indexes of the iterations that have begun, by path of their loop. */
function iterationsByLoop(executions: ReadonlyMap<string, unknown>): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  for (const path of executions.keys()) {
    const [, loop, at] = /^(.+)\[(\d+)\]\/[^/]+$/.exec(path) ?? [];
    if (loop === undefined) continue;
    const indexes = found.get(loop) ?? new Set();
    found.set(loop, indexes.add(Number(at)));
  }
  return found;
}

type Known = readonly (EndedExecution | undefined)[];

function judge(nodes: readonly LayoutNode[], known: Known, from: readonly string[]): Verdict[] {
  const verdicts = nodes.map(({ node }, number) => {
    const execution = known[number];
    if (!execution) return 'unknown';
    return execution.nodeType === node.type ? judgeOne(execution, from) : 'again';
  });
  spread(nodes, known, verdicts);
  const raced = nodes.flatMap(({ losers }, number) => (verdicts[number] === 'outcome' ? [] : losers));
  // Whoever lost a race that is run again takes part in it again.
  for (const loser of raced) if (hasLost(known[loser])) verdicts[loser] = 'unknown';
  return verdicts;
}

function judgeOne(execution: EndedExecution, from: readonly string[]): Verdict {
  const { path, status } = execution;
  const failed = execution.openedAt === undefined ? 'identity' : 'opening';
  if (from.includes(path)) return status === 'failure' && failed === 'identity' ? failed : 'again';
  if (from.some((one) => one.startsWith(`${path}[`))) return failed === 'opening' ? failed : 'again';
  if (isKept(execution, from)) return 'outcome';
  return status === 'skipped' ? 'unknown' : failed;
}

/** The failed items of a loop are run again when nothing else is named, and when they are there. */
function isKept(execution: EndedExecution, from: readonly string[]): boolean {
  const { status, openedAt } = execution;
  if (status === 'partial') return from.length > 0 || openedAt === undefined;
  return status === 'success' || hasLost(execution);
}

function hasLost(execution: EndedExecution | undefined): boolean {
  const isEnded = execution?.status === 'cancelled' || execution?.status === 'skipped';
  return isEnded && execution.reason === 'lost_race';
}

/** What followed from a node that is run again is run again. The list grows while it is read. */
function spread(nodes: readonly LayoutNode[], known: Known, verdicts: Verdict[]): void {
  const reached = new Set<number>();
  const left = [...verdicts.keys()].filter((number) => runsAgain(verdicts[number]));
  for (const number of left) {
    for (const target of edgesTaken(nodes[number] as LayoutNode, known[number])) {
      if (reached.has(target) || !known[target]) continue;
      reached.add(target);
      verdicts[target] = 'again';
      left.push(target);
    }
  }
}

function runsAgain(verdict: Verdict | undefined): boolean {
  return verdict === 'again' || verdict === 'opening' || verdict === 'identity';
}

function edgesTaken(laidOut: LayoutNode, execution: EndedExecution | undefined): number[] {
  switch (execution?.status) {
    case 'success':
    case 'partial':
    case 'failure': {
      const { status, branch } = execution;
      return takenEdges(laidOut, { status, ...(branch === undefined ? {} : { branch }) });
    }
    default:
      return [];
  }
}
