import { isFinalNodeStatus, isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import { nodeOf } from '../../engine/definition/definition.ts';
import type { DefinitionNode } from '../../engine/definition/definition.ts';
import type { Asked } from '../../engine/definition/form.schema.ts';
import type { AnsweredBy } from '../../engine/log/facts.ts';
import { nodeIdOf } from '../../engine/log/path.ts';
import { AppError } from '../../errors/app-error.ts';
import { findExecutions, readRun } from '../../store/log/read-runs.ts';
import type { ExecutionDocument } from '../../store/log/executions.ts';
import { findKeptAnswer, keepLinkedResume } from '../../store/waits/keep-linked-resume.ts';
import type { LinkedResume } from '../../store/waits/keep-linked-resume.ts';
import { loadValue } from '../../store/log/payloads.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import { findVersion } from '../../store/workflows/workflow-versions.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { describeWait, isPlanKnown, plannedOf } from '../waits/describe-wait.ts';
import { checkAnswer, resume } from './resume.ts';

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
export async function resumeLinked(
  deps: ApiDeps,
  linked: Linked,
  given: LinkedResume,
): Promise<'resumed' | 'held'> {
  const { run, path } = linked;
  const runId = run._id;
  if ((await executionOf(deps, linked))?.status !== 'waiting') {
    checkAnswer(plannedOf(await nodeOfWait(deps, linked)), given.data);
    if ((await keepLinkedResume(deps, { runId, path }, given)) === 'held') return 'held';
  }
  await resume(deps, { runId, path, resume: given });
  return 'resumed';
}

async function nodeOfWait({ db }: ApiDeps, { run, path }: Linked): Promise<DefinitionNode | undefined> {
  const version = await findVersion(db, run.versionId);
  return version ? nodeOf(version.definition, nodeIdOf(path)) : undefined;
}

async function executionOf({ db }: ApiDeps, { run, path }: Linked): Promise<ExecutionDocument | null> {
  return (await findExecutions(db, run._id, [path]))[0] ?? null;
}

/** What a link would do now, for whoever holds it. */
export async function presentLinked(deps: ApiDeps, linked: Linked) {
  const { run, path } = linked;
  const runId = run._id;
  const execution = await executionOf(deps, linked);
  const hasBegun = execution?.status === 'waiting' || execution?.resumedAt !== undefined;
  const asked = hasBegun ? ((await loadValue(deps.db, runId, execution.input)) as Asked) : undefined;
  const node = await nodeOfWait(deps, linked);
  const described = describeWait(nodeIdOf(path), node, asked);
  const state = await stateOf(deps, linked, execution);
  const isKnown = hasBegun || isPlanKnown(node);
  return { runId, path, ...state, ...described, isKnown, expiresAt: execution?.waitUntil ?? null };
}

interface LinkState {
  status: 'not_begun' | 'held' | 'waiting' | 'over';
  /** How it came to be over. */
  outcome: 'resumed' | 'timed_out' | 'ended' | null;
  /** Who answered: what other holders of the link may know of that. */
  answeredBy: { at: string; name: string | null } | null;
}

async function stateOf(
  { db }: ApiDeps,
  { run, path }: Linked,
  execution: ExecutionDocument | null,
): Promise<LinkState> {
  const answeredBy = presentAnswerer(execution?.answeredBy);
  const outcome = outcomeOf(run, execution);
  if (outcome) return { status: 'over', outcome, answeredBy };
  if (execution?.status === 'waiting') return { status: 'waiting', outcome: null, answeredBy };
  const kept = await findKeptAnswer(db, { runId: run._id, path });
  return { status: kept ? 'held' : 'not_begun', outcome: null, answeredBy: presentAnswerer(kept) };
}

/** How a wait came to be over; `undefined` when it is not. */
function outcomeOf(run: RunDocument, execution: ExecutionDocument | null): LinkState['outcome'] | undefined {
  if (execution?.resumedAt !== undefined)
    return execution.resumeOutcome === 'timed_out' ? 'timed_out' : 'resumed';
  const isEnded = isFinalRunStatus(run.status) || (execution && isFinalNodeStatus(execution.status));
  return isEnded ? 'ended' : undefined;
}

function presentAnswerer(answeredBy: AnsweredBy | undefined): LinkState['answeredBy'] {
  return answeredBy ? { at: answeredBy.at, name: answeredBy.name ?? null } : null;
}
