import { answerProblems } from '../../engine/definition/form.schema.ts';
import type { Asked } from '../../engine/definition/form.schema.ts';
import type { Json } from '../../engine/json/json.ts';
import { loadValue } from '../../store/log/payloads.ts';
import type { Resume } from '../../store/waits/resume.ts';
import { findWait, resumeWait } from '../../store/waits/resume-wait.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { refuseProblems } from './check-data.ts';

/** Resumes a wait that has begun. @throws AppError not-found, conflict, invalid-request for an answer that does not fit */
export async function resume(
  deps: ApiDeps,
  given: { runId: string; path: string; resume: Resume },
): Promise<void> {
  const wait = await findWait(deps.db, given.runId, given.path);
  checkAnswer((await loadValue(deps.db, given.runId, wait.input)) as Asked, given.resume.data);
  await resumeWait(deps, wait, given.resume);
}

/** @throws AppError invalid-request for an answer that is not what a wait asks for */
export function checkAnswer(asked: Asked, data: Json): void {
  refuseProblems(answerProblems(asked, data), 'data');
}
