/** Ends a run from outside its workflow: what is open gets a final state, then the run's one end event. */
import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { Fact, NodeRef, RunError } from '../../engine/log/facts.ts';
import { planFailure } from '../failures/failure-run.ts';
import type { EndingRun } from '../failures/failure-run.ts';
import { findOpenExecutions } from './read-runs.ts';
import type { RunLog } from './run-log.ts';
import type { RunDocument } from './runs.ts';
import { findVersion, loadVersion } from '../workflows/workflow-versions.ts';

/** How a run is ended from outside. */
export interface OutsideEnd {
  status: 'failure' | 'cancelled';
  error?: RunError;
  reason?: string;
  /** Who says so, such as `reconciler`; absent for a request of the API. */
  source?: string;
}

/** Ends that go into one append: all nodes of a definition. Only of open loops there may be more. */
const chunk = 1_000;

/**
 * Ends a run. Idempotent; a run that has ended stays as it is. One that has not begun ends in one append, so that it begins
 * either before that or not at all.
 */
export async function endRun(
  given: { db: Db; runLog: RunLog },
  run: RunDocument,
  end: OutsideEnd,
): Promise<void> {
  const at = currentTime().toISOString();
  const source = end.source === undefined ? {} : { source: end.source };
  const open = await openNodes(given.db, run);
  const ends: Fact[] = open.map((node) => ({ kind: 'end-node', at, node, reason: 'run_ended', ...source }));
  const failure = await planFailure(given.db, await endingRun(given.db, run, end));
  const last: Fact = { kind: 'end-run', at, ...end, ...failure };
  while (ends.length > chunk) await given.runLog.append(run._id, ends.splice(0, chunk));
  await given.runLog.append(run._id, [...ends, last]);
}

/** Nodes outside loops that have no final state, and open executions anywhere. */
async function openNodes(db: Db, run: RunDocument): Promise<NodeRef[]> {
  const version = await loadVersion(db, run.versionId);
  const open = await findOpenExecutions(db, run._id);
  const known = new Set(open.map((execution) => execution.path));
  const others = version.graph.nodes.filter((node) => node.loop === undefined && !known.has(node.id));
  return [
    ...open.map(nodeRefOf),
    ...others.map((node) => ({ path: node.id, nodeId: node.id, nodeType: node.type })),
  ];
}

async function endingRun(db: Db, run: RunDocument, { status, error }: OutsideEnd): Promise<EndingRun> {
  const { runId, organizationId, trigger } = run;
  const { source } = (trigger['original'] ?? trigger) as JsonObject;
  const version = await findVersion(db, run.versionId);
  return { runId, organizationId, source, onFailure: version?.definition.settings.onFailure, status, error };
}
