import { useCallback, useMemo } from 'react';
import type { Definition } from '../../../src/engine/definition/definition.ts';
import type { ExecutionProjection } from '../../../src/engine/log/projections.ts';
import { GraphView } from '../graph/graph-view.tsx';
import type { EdgeState } from '../graph/edges.tsx';
import { graphOf } from '../graph/model.ts';
import type { GraphEdgeModel, GraphNodeModel } from '../graph/model.ts';
import type { NodeState } from '../graph/nodes.tsx';
import { formatDuration } from '../show/duration.ts';
import { formatNumber } from '../show/count.ts';
import type { Moment } from './history.ts';
import { nodeIdOf } from '../../../src/engine/log/path.ts';
import { pathOfNode } from './run-view.ts';
import type { RunView } from './run-view.ts';
import { progressOf, statusOfCounts } from './tally.ts';

/** The graph of the run's version, with what the log tells of each node. */
export function RunGraph({ view, definition }: { view: RunView; definition: Definition }) {
  const model = useMemo(() => graphOf(definition), [definition]);
  const byId = useMemo(() => new Map(model.nodes.map((node) => [node.id, node])), [model]);
  const { moment, search, look } = view;
  const loopsAround = useCallback((id: string) => loopsOf(byId, id), [byId]);
  const select = (id: string | undefined) => {
    const isStep = id !== undefined && !byId.get(id)?.isTrigger;
    look({ node: isStep ? pathOfNode(view, id, loopsAround(id)) : undefined, tab: undefined });
  };
  const stateOf = (id: string): NodeState | undefined => {
    const node = byId.get(id);
    if (!node || node.isTrigger) return { status: 'success' };
    return stateOfNode(moment, node, pathOfNode(view, id, loopsAround(id)));
  };
  return (
    <GraphView
      model={model}
      stateOf={stateOf}
      edgeStateOf={(edge) => stateOfEdge(view, edge, { byId, loopsAround })}
      selected={search.node === undefined ? undefined : nodeIdOf(search.node)}
      onSelect={select}
    />
  );
}

function loopsOf(byId: ReadonlyMap<string, GraphNodeModel>, id: string): string[] {
  const loops: string[] = [];
  for (let at = byId.get(id)?.loop; at !== undefined && !loops.includes(at); at = byId.get(at)?.loop)
    loops.push(at);
  return loops;
}

function stateOfNode(moment: Moment, node: GraphNodeModel, path: string): NodeState {
  const execution = moment.executions.get(path);
  const counts = moment.tallies.nodes.get(node.id);
  if (execution) {
    const progress = node.isLoop ? progressOfLoop(moment, path, execution.total) : undefined;
    const note = progress && progress.total > 0 ? noteOfProgress(progress) : noteOf(execution);
    return { status: execution.status, note, progress };
  }
  if (!counts) return { status: 'none' };
  const { total, done } = progressOf(counts);
  return { status: statusOfCounts(counts), note: `${formatNumber(done)} of ${formatNumber(total)}` };
}

/** How far a loop is: its items that have ended, and how many of these failed. */
export function progressOfLoop(moment: Moment, path: string, expected: number | undefined) {
  const items = moment.tallies.loops.get(path) ?? [];
  let [done, failed] = [0, 0];
  for (const counts of items) {
    if (!counts) continue;
    const progress = progressOf(counts);
    if (progress.done === progress.total) done += 1;
    if (counts.failure) failed += 1;
  }
  return { done, failed, total: expected ?? items.length };
}

function noteOfProgress({ done, failed, total }: { done: number; failed: number; total: number }): string {
  const part = `${formatNumber(done)} of ${formatNumber(total)}`;
  return failed === 0 ? part : `${part} · ${formatNumber(failed)} failed`;
}

function noteOf({
  attempt,
  startedAt,
  finishedAt,
  reusedFrom,
  reason,
  status,
}: ExecutionProjection): string | undefined {
  if (reusedFrom !== undefined) return 'taken over';
  if (status === 'skipped' || status === 'cancelled') return reason;
  const parts = [
    attempt > 1 ? `attempt ${attempt}` : undefined,
    startedAt && finishedAt ? formatDuration(Date.parse(finishedAt) - Date.parse(startedAt)) : undefined,
  ];
  return parts.filter(Boolean).join(' · ') || undefined;
}

const afterSuccess = ['success', 'partial'];

function stateOfEdge(
  view: RunView,
  edge: GraphEdgeModel,
  given: { byId: ReadonlyMap<string, GraphNodeModel>; loopsAround: (id: string) => string[] },
): EdgeState {
  if (given.byId.get(edge.from)?.isTrigger) return 'taken';
  const execution = view.moment.executions.get(pathOfNode(view, edge.from, given.loopsAround(edge.from)));
  if (!execution?.finishedAt) return undefined;
  return isTaken(edge, execution) ? 'taken' : 'not-taken';
}

function isTaken(edge: GraphEdgeModel, { status, branch }: ExecutionProjection): boolean {
  if (edge.kind === 'error') return status === 'failure';
  if (edge.kind === 'branch') return afterSuccess.includes(status) && branch === edge.branch;
  return afterSuccess.includes(status) || (status === 'failure' && edge.isAlsoAfterFailure);
}
