/** Ends a run from outside its workflow: what is open gets a final state, then the run's one end event. */
import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Fact, NodeRef, RunError } from '../../engine/log/facts.ts';
import { findOpenExecutions } from './read-runs.ts';
import type { RunLog } from './run-log.ts';
import type { RunDocument } from './runs.ts';
import { findVersion } from '../workflows/workflow-versions.ts';

/** How a run is ended from outside. */
export interface OutsideEnd {
  status: 'failure' | 'cancelled';
  error?: RunError;
  reason?: string;
  /** Who says so, such as `reconciler`; absent for a request of the API. */
  source?: string;
}

/** One append holds at most 500 events. */
const chunk = 400;

/** Ends a run. Idempotent; a run that has ended stays as it is. */
export async function endRun(
  given: { db: Db; runLog: RunLog },
  run: RunDocument,
  end: OutsideEnd,
): Promise<void> {
  const at = currentTime().toISOString();
  const source = end.source === undefined ? {} : { source: end.source };
  const open = await openNodes(given.db, run);
  const ends: Fact[] = open.map((node) => ({ kind: 'end-node', at, node, reason: 'run_ended', ...source }));
  for (let from = 0; from < ends.length; from += chunk)
    await given.runLog.append(run._id, ends.slice(from, from + chunk));
  await given.runLog.append(run._id, [{ kind: 'end-run', at, ...end }]);
}

/** Nodes outside loops that have no final state, and open executions anywhere. */
async function openNodes(db: Db, run: RunDocument): Promise<NodeRef[]> {
  const version = await findVersion(db, run.versionId);
  if (!version) throw new Error(`version ${run.versionId} of run ${run._id} is missing`);
  const open = await findOpenExecutions(db, run._id);
  const known = new Set(open.map((execution) => execution.path));
  const others = version.graph.nodes.filter((node) => node.loop === undefined && !known.has(node.id));
  return [
    ...open.map(({ path, nodeId, nodeType }) => ({ path, nodeId, nodeType })),
    ...others.map((node) => ({ path: node.id, nodeId: node.id, nodeType: node.type })),
  ];
}
