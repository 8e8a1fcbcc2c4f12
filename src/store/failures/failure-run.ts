/** Failure workflows: a run that fails starts the run that its workflow, or its organization, has named for that. */
import type { Db, MongoClient } from 'mongodb';
import type { FailureSettings } from '../../engine/definition/definition.ts';
import type { RunStatus } from '../../engine/log/event-catalog.ts';
import type { RunError } from '../../engine/log/facts.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { organizationsOf } from '../access/organizations.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { recordValue } from '../log/payloads.ts';
import { findExecutions, readRun } from '../log/read-runs.ts';
import { runsOf } from '../log/runs.ts';
import type { RunDocument } from '../log/runs.ts';
import { carryOutRuns } from '../log/sweep-appends.ts';
import { inTransaction } from '../mongo/database.ts';
import { deriveId } from '../mongo/ids.ts';
import { acceptRun } from '../starts/accept-run.ts';
import { findVersionNumber } from '../workflows/workflow-versions.ts';
import type { WorkflowVersion } from '../workflows/workflow-versions.ts';
import { findWorkflow } from '../workflows/workflows.ts';

/** The run that is about to end, as far as it matters here. */
export interface EndingRun {
  runId: string;
  organizationId: string;
  /** What started it, or the run that it retries. */
  source: unknown;
  /** `settings.onFailure` of its definition. */
  onFailure: FailureSettings | undefined;
  status: RunStatus;
  error?: RunError | undefined;
}

/** What stands in the end event of a run that starts another. */
export interface PlannedFailure {
  failureRunId: string;
  failureWorkflowId: string;
}

const rootTypes = ['manual', 'webhook'];

/** Returns the run that a failure starts; `undefined` when it starts none. The id is derived: one failure is one start. */
export async function planFailure(db: Db, run: EndingRun): Promise<PlannedFailure | undefined> {
  // What a failure has started starts nothing: no loop of failures.
  if (run.status === 'success' || run.source === 'failure') return undefined;
  const { organizationId } = run;
  const target = run.onFailure ?? (await organizationsOf(db).findOne({ _id: organizationId }))?.onFailure;
  if (!target || !isMeant(target, run)) return undefined;
  if (!(await findTarget(db, organizationId, target.workflowId))) return undefined;
  return { failureRunId: deriveId('run', run.runId, 'failure'), failureWorkflowId: target.workflowId };
}

function isMeant({ when = ['failure'] }: FailureSettings, { status, error }: EndingRun): boolean {
  return when.includes(status) || (error !== undefined && when.includes(error.type));
}

async function findTarget(
  db: Db,
  organizationId: string,
  workflowId: string,
): Promise<WorkflowVersion | undefined> {
  const workflow = await findWorkflow(db, organizationId, workflowId);
  if (!workflow || workflow.status === 'archived' || workflow.liveVersion === null) return undefined;
  const version = await findVersionNumber(db, workflowId, workflow.liveVersion);
  const isStartable = Object.values(version?.definition.nodes ?? {}).some(({ type }) =>
    rootTypes.includes(type),
  );
  return version && isStartable ? version : undefined;
}

/**
 * Begins the run that a failure starts. Idempotent. Returns `undefined` when it is there already, or when its workflow
 * was archived in between.
 */
export async function beginFailureRun(
  given: { mongo: MongoClient; db: Db; publicUrl: string },
  failedRunId: string,
): Promise<{ runId: string; deliveries: DeliveryDocument[] } | undefined> {
  const { mongo, db } = given;
  const failed = (await readRun(db, failedRunId))?.run;
  const { failureRunId: runId, failureWorkflowId: workflowId = '', organizationId = '' } = failed ?? {};
  if (!failed || runId === undefined || (await runsOf(db).findOne({ _id: runId }))) return undefined;
  const version = await findTarget(db, organizationId, workflowId);
  if (!version) return undefined;
  const owner = { runId, organizationId };
  const run = {
    ...{ ...owner, workflowId, workflowVersion: version.number, versionId: version._id, failedRunId },
    trigger: { source: 'failure' },
    input: await recordValue(db, owner, await describeFailure(given, failed)),
  };
  await inTransaction(mongo, (session) => acceptRun(db, session, run));
  const { deliveries } = await carryOutRuns(db, [runId]);
  return { runId, deliveries };
}

/** `$trigger.body` of the run that a failure starts. */
async function describeFailure(
  { db, publicUrl }: { db: Db; publicUrl: string },
  run: RunDocument,
): Promise<Json> {
  const { _id: id, workflowId, workflowVersion, status, trigger, error = null } = run;
  const { createdAt, startedAt = null, finishedAt = null } = run;
  const path = error?.details?.['path'];
  const node = typeof path === 'string' ? await findNode(db, id, path) : null;
  const url = `${publicUrl}/v1/runs/${id}`;
  return {
    run: { id, workflowId, workflowVersion, status, trigger, createdAt, startedAt, finishedAt },
    node,
    error: error as unknown as Json,
    links: { run: url, events: `${url}/events`, executions: `${url}/executions` },
  };
}

async function findNode(db: Db, runId: string, path: string): Promise<JsonObject> {
  const [execution] = await findExecutions(db, runId, [path]);
  const { executionId = null, nodeId = null, nodeType = null, attempt = null } = execution ?? {};
  return { path, executionId, nodeId, nodeType, attempt };
}
