import { checkData } from './check-data.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { loadValue } from '../../store/log/payloads.ts';
import { findWait, resumeWait } from '../../store/waits/resume-wait.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** Resumes a wait that has begun. @throws AppError not-found, conflict, invalid-request for data that does not fit */
export async function resume(
  deps: ApiDeps,
  given: { runId: string; path: string; data: Json },
): Promise<void> {
  const wait = await findWait(deps.db, given.runId, given.path);
  const input = (await loadValue(deps.db, given.runId, wait.input)) as JsonObject | undefined;
  checkForm(input?.['formSchema'], given.data);
  await resumeWait(deps, wait, given.data);
}

/** @throws AppError invalid-request for data that does not fit the form of a wait */
export function checkForm(formSchema: Json | undefined, data: Json): void {
  checkData(formSchema, data, 'data');
}
