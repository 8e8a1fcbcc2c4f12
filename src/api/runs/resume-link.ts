import { isFinalNodeStatus, isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import { findExecutions, readRun } from '../../store/log/read-runs.ts';
import type { ExecutionDocument } from '../../store/log/executions.ts';
import { isResumeKept, keepLinkedResume } from '../../store/waits/keep-linked-resume.ts';
import { loadValue } from '../../store/log/payloads.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import { findVersion } from '../../store/workflows/workflow-versions.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { checkForm, resume } from './resume.ts';

/** What a link names. */
export interface Linked {
  run: RunDocument;
  /** Path of the wait. */
  path: string;
}

/** The run and wait of a token. @throws AppError not-found, for every token that is of no use, all alike */
export async function requireLinked({ db, resumeLinks }: ApiDeps, token: string): Promise<Linked> {
  const wait = resumeLinks.read(token);
  const run = wait && (await readRun(db, wait.runId))?.run;
  if (!wait || !run) throw new AppError('not-found', 'No such link.');
  return { run, path: wait.path };
}

/** Resumes the wait, or keeps the resume until the wait begins. @throws AppError conflict, invalid-request */
export async function resumeLinked(deps: ApiDeps, linked: Linked, data: Json): Promise<'resumed' | 'held'> {
  const { run, path } = linked;
  const runId = run._id;
  if ((await executionOf(deps, linked))?.status !== 'waiting') {
    checkForm(await plannedForm(deps, linked), data);
    if ((await keepLinkedResume(deps, { runId, path }, data)) === 'held') return 'held';
  }
  await resume(deps, { runId, path, data });
  return 'resumed';
}

/** The form as the definition has it; one with expressions is known only when the wait begins. */
async function plannedForm({ db }: ApiDeps, { run, path }: Linked): Promise<Json | undefined> {
  const version = await findVersion(db, run.versionId);
  const nodeId = path.slice(path.lastIndexOf('/') + 1);
  const formSchema = version?.definition.nodes[nodeId]?.payload['formSchema'];
  return JSON.stringify(formSchema ?? null).includes('{{') ? undefined : formSchema;
}

async function executionOf({ db }: ApiDeps, { run, path }: Linked): Promise<ExecutionDocument | null> {
  return (await findExecutions(db, run._id, [path]))[0] ?? null;
}

/** What a link would do now, for whoever holds it. */
export async function presentLinked(deps: ApiDeps, linked: Linked) {
  const { run, path } = linked;
  const runId = run._id;
  const execution = await executionOf(deps, linked);
  const input = (await loadValue(deps.db, runId, execution?.input)) as JsonObject | undefined;
  const formSchema = input?.['formSchema'] ?? (await plannedForm(deps, linked)) ?? null;
  const status = await statusOf(deps, linked, execution);
  return { runId, path, status, formSchema, expiresAt: execution?.waitUntil ?? null };
}

async function statusOf(
  { db }: ApiDeps,
  { run, path }: Linked,
  execution: ExecutionDocument | null,
): Promise<'not_begun' | 'held' | 'waiting' | 'over'> {
  if (isFinalRunStatus(run.status)) return 'over';
  if (execution && (isFinalNodeStatus(execution.status) || execution.resumedAt !== undefined)) return 'over';
  if (execution?.status === 'waiting') return 'waiting';
  return (await isResumeKept(db, { runId: run._id, path })) ? 'held' : 'not_begun';
}
