/** A second reading of the table of joins on the definition page, as plain as can be. Knows nothing of the scheduler. */
import type { Definition, DefinitionNode } from '../../src/engine/definition/definition.ts';

/** `queued`: let through in this very turn, so not scheduled yet. `looping`: a loop whose iterations go on. */
export type OracleStatus =
  | 'idle'
  | 'queued'
  | 'running'
  | 'waiting'
  | 'looping'
  | 'success'
  | 'partial'
  | 'failure'
  | 'skipped'
  | 'cancelled';

/** An edge, with what it depends on. */
export interface OracleEdge {
  from: string;
  to: string;
  isTaken: (status: OracleStatus, branch: string | undefined) => boolean;
}

/** How an edge stands. */
export type Decision = 'open' | 'taken' | 'not taken';

/** Whether a node has ended. */
export function isFinal(status: OracleStatus): boolean {
  return !['idle', 'queued', 'running', 'waiting', 'looping'].includes(status);
}

/** Every edge of a definition. */
export function allEdges(definition: Definition): OracleEdge[] {
  return Object.entries(definition.nodes).flatMap(([from, node]) => edgesOf(from, node));
}

function edgesOf(from: string, node: DefinitionNode): OracleEdge[] {
  const succeeded = (status: OracleStatus) => status === 'success' || status === 'partial';
  return [
    ...node.children.map((to) => ({
      from,
      to,
      isTaken: (status: OracleStatus) => succeeded(status) || (status === 'failure' && node.continueOnError),
    })),
    ...Object.entries(node.branches).flatMap(([name, ids]) =>
      ids.map((to) => ({
        from,
        to,
        isTaken: (status: OracleStatus, branch: string | undefined) => succeeded(status) && branch === name,
      })),
    ),
    ...node.onError.map((to) => ({ from, to, isTaken: (status: OracleStatus) => status === 'failure' })),
  ];
}

/** Returns how an edge stands, by what the node it leaves has come to. */
export function decisionOf(edge: OracleEdge, status: OracleStatus, branch: string | undefined): Decision {
  if (!isFinal(status)) return 'open';
  return edge.isTaken(status, branch) ? 'taken' : 'not taken';
}

/** Returns what a node that has not started is to be, by its incoming edges. */
export function verdict(
  join: DefinitionNode['join'],
  edges: readonly Decision[],
): 'idle' | 'queued' | 'skipped' {
  const [taken, open, notTaken] = (['taken', 'open', 'not taken'] as const).map(
    (wanted) => edges.filter((decision) => decision === wanted).length,
  ) as [number, number, number];
  if (join === 'settled') {
    if (open > 0) return 'idle';
    return taken > 0 ? 'queued' : 'skipped';
  }
  if (join === 'all') {
    if (notTaken > 0) return 'skipped';
    return open === 0 ? 'queued' : 'idle';
  }
  if (typeof join === 'object') {
    if (taken >= join.count) return 'queued';
    return taken + open < join.count ? 'skipped' : 'idle';
  }
  if (taken > 0) return 'queued';
  return open === 0 ? 'skipped' : 'idle';
}

/** Whether every way from a node that goes as far as it can passes the target. */
export function leadsOnlyInto(edges: readonly OracleEdge[], id: string, target: string): boolean {
  const next = edges.filter((edge) => edge.from === id).map((edge) => edge.to);
  return next.length > 0 && next.every((to) => to === target || leadsOnlyInto(edges, to, target));
}
