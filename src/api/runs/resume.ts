import { formOf } from '../../engine/definition/form.schema.ts';
import { AppError } from '../../errors/app-error.ts';
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

/**
 * @throws AppError invalid-request that names each place where data does not fit the form, below `/data` of the body; it
 * shows nothing of the data
 */
export function checkForm(formSchema: Json | undefined, data: Json): void {
  const problems = formOf(formSchema)?.problemsOf(data) ?? [];
  if (problems.length === 0) return;
  const errors = problems.slice(0, maxErrors).map(({ pointer, expected }) => {
    const name = `data${pointer}`.split('/').at(-1) ?? '';
    return { pointer: `/data${pointer}`, detail: `${name}: expected ${expected}` };
  });
  throw new AppError('invalid-request', `The data is not valid: ${errors[0]?.detail ?? ''}`, { errors });
}

const maxErrors = 50;
