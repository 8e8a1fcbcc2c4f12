/** Children: runs that a `trigger-workflow` node starts. */
import type { Db, MongoClient } from 'mongodb';
import type { Fact } from '../../engine/log/facts.ts';
import { acceptRun } from './accept-run.ts';
import type { NewRun } from './accept-run.ts';
import { appendInSession } from '../log/append-in-session.ts';
import type { Recorded } from '../log/judge-facts.ts';
import { inTransaction } from '../mongo/database.ts';
import { deriveId } from '../mongo/ids.ts';
import { readRun } from '../log/read-runs.ts';
import type { RunDocument } from '../log/runs.ts';
import { findVersionNumber } from '../workflows/workflow-versions.ts';
import { findWorkflow } from '../workflows/workflows.ts';

/** Deepest nesting of runs; a run that nobody's node started has depth 0. Source: the definition page. */
export const maxRunDepth = 10;

/** Which run a node wants. */
export interface WantedChild {
  parentRunId: string;
  organizationId: string;
  path: string;
  /** Attempts so far, lost ones not counted: each has a child of its own. */
  attempt: number;
  workflowId: string;
  version: 'live' | 'draft' | number;
  isAwaited: boolean;
}

/** A child without its input, or why there can be none. */
export type PlannedChild =
  { run: Omit<NewRun, 'input'> } | { error: 'invalid_input' | 'depth_limit'; message: string };

/** Returns the child that a node wants. Its id is derived, so that the same attempt has the same child. */
export async function planChild(db: Db, wanted: WantedChild): Promise<PlannedChild> {
  const { parentRunId, organizationId, path, workflowId } = wanted;
  const parent = await readRun(db, parentRunId);
  const depth = Number(parent?.run.trigger['depth'] ?? 0) + 1;
  if (depth > maxRunDepth)
    return { error: 'depth_limit', message: `runs may start runs to a depth of ${maxRunDepth}` };
  const workflow = await findWorkflow(db, organizationId, workflowId);
  if (!workflow || workflow.status === 'archived')
    return invalid(`workflowId: expected a workflow of the organization; came ${JSON.stringify(workflowId)}`);
  const number = numberOf(workflow, wanted.version);
  const version = number === null ? null : await findVersionNumber(db, workflowId, number);
  if (!version) return invalid(`version: the workflow has no version ${wanted.version}`);
  return {
    run: {
      runId: deriveId('run', parentRunId, path, String(wanted.attempt)),
      organizationId,
      workflowId,
      workflowVersion: version.number,
      versionId: version._id,
      trigger: { source: 'workflow', parentPath: path, isAwaited: wanted.isAwaited, depth },
      parentRunId,
    },
  };
}

function invalid(message: string): PlannedChild {
  return { error: 'invalid_input', message };
}

function numberOf(
  workflow: { latestVersion: number; liveVersion: number | null },
  version: WantedChild['version'],
): number | null {
  if (version === 'draft') return workflow.latestVersion;
  return version === 'live' ? workflow.liveVersion : version;
}

/** What came of the parent's facts. */
export interface StartedChild {
  recorded: Recorded[];
  isStarted: boolean;
}

/**
 * Appends the parent's facts and begins the child in one transaction, so that there is no child without its parent's
 * knowledge. Nothing begins when the node is over: the last fact is one that the log did not take.
 */
export async function startChild(
  given: { mongo: MongoClient; db: Db },
  parent: { runId: string; facts: readonly Fact[] },
  child: NewRun,
): Promise<StartedChild> {
  const { mongo, db } = given;
  return inTransaction(mongo, async (session) => {
    const recorded = await appendInSession(db, session, parent);
    const isStarted = recorded.at(-1)?.isNew === true;
    if (isStarted) await acceptRun(db, session, child);
    return { recorded, isStarted };
  });
}

/** Reads the run that a node waits for. */
export async function findChild(db: Db, runId: string): Promise<RunDocument | null> {
  return (await readRun(db, runId))?.run ?? null;
}
