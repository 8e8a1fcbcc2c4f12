import { AppError } from '../../errors/app-error.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { RecordedValue } from '../../engine/log/facts.ts';
import { nodeIdOf } from '../../engine/log/path.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { NewRun } from '../../store/starts/accept-run.ts';
import { findExecutions } from '../../store/log/read-runs.ts';
import { createId } from '../../store/mongo/ids.ts';
import { copyValue, recordValue } from '../../store/log/payloads.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import { loadVersion } from '../../store/workflows/workflow-versions.ts';
import type { WorkflowVersion } from '../../store/workflows/workflow-versions.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { assertNotArchived, requireVersion } from '../workflows/require-version.ts';
import { requireWorkflow } from '../workflows/routes.ts';

/** How a run is made again. */
export interface RetryAsked {
  /** A path, or a list of them; none: what failed. */
  from: string | readonly string[];
  version: 'same' | 'live' | number;
  /** In the place of the input of the run. */
  input?: Json | undefined;
}

/**
 * Returns the run that makes another again; its large values stand already.
 * @throws AppError conflict for a run that is not over or of which nothing failed, invalid-request for paths that were not run
 */
export async function retryRun(deps: ApiDeps, run: RunDocument, asked: RetryAsked): Promise<NewRun> {
  if (!isFinalRunStatus(run.status))
    throw new AppError('conflict', `The run is not over: ${run.status}. Cancel it, or wait for its end.`);
  const from = [asked.from].flat();
  if (from.length === 0 && run.status === 'success' && !run.counts.failure)
    throw new AppError('conflict', 'Nothing of the run failed: name in "from" what is to run again.');
  const version = await versionOf(deps, run, asked.version);
  await assertHaveRun(deps, run, { from, version, isList: Array.isArray(asked.from) });
  return retryOf(deps, run, { from, version, input: asked.input });
}

async function versionOf(
  deps: ApiDeps,
  run: RunDocument,
  wanted: 'same' | 'live' | number,
): Promise<WorkflowVersion> {
  const workflow = await requireWorkflow(deps, run.organizationId, run.workflowId);
  assertNotArchived(workflow);
  if (wanted !== 'same') return requireVersion(deps, workflow, wanted);
  return loadVersion(deps.db, run.versionId);
}

/** @throws AppError invalid-request naming each path that was not run, or is none of the version that is to run */
async function assertHaveRun(
  deps: ApiDeps,
  run: RunDocument,
  given: { from: readonly string[]; version: WorkflowVersion; isList: boolean },
): Promise<void> {
  const { from, version, isList } = given;
  const executions = await findExecutions(deps.db, run._id, from);
  const ran = new Set(executions.filter(({ status }) => status !== 'skipped').map(({ path }) => path));
  const known = new Set(version.graph.nodes.map(({ id }) => id));
  const errors = from.flatMap((path, index) => {
    const pointer = isList ? `/from/${index}` : '/from';
    const came = JSON.stringify(path);
    if (!ran.has(path))
      return [{ pointer, detail: `from: expected the path of a node that the run has run; came ${came}` }];
    if (known.has(nodeIdOf(path))) return [];
    return [{ pointer, detail: `from: expected a node of version ${version.number}; came ${came}` }];
  });
  if (errors.length > 0)
    throw new AppError('invalid-request', `The body is not valid: ${errors[0]?.detail ?? ''}`, { errors });
}

async function retryOf(
  deps: ApiDeps,
  run: RunDocument,
  given: { from: readonly string[]; version: WorkflowVersion; input: Json | undefined },
): Promise<NewRun> {
  const { from, version, input } = given;
  const owner = { runId: createId('run'), organizationId: run.organizationId };
  const copy = (value: RecordedValue) => copyValue(deps.db, run._id, owner, value);
  return {
    ...owner,
    workflowId: run.workflowId,
    workflowVersion: version.number,
    versionId: version._id,
    trigger: triggerOf(run, from, input !== undefined),
    input: input === undefined ? await copy(run.input) : await recordValue(deps.db, owner, input),
    ...(run.request ? { request: await copy(run.request) } : {}),
    rerunOf: run._id,
  };
}

/** `original`: what started the first run of all; its expressions go on seeing that. */
function triggerOf(run: RunDocument, from: readonly string[], hasNewInput: boolean): JsonObject {
  const { trigger } = run;
  return {
    source: 'retry',
    original: trigger['source'] === 'retry' ? (trigger['original'] ?? null) : trigger,
    ...(trigger['depth'] === undefined ? {} : { depth: trigger['depth'] }),
    ...(from.length === 0 ? {} : { from: [...from] }),
    ...(hasNewInput ? { hasNewInput } : {}),
  };
}
