import { AppError } from '../../errors/app-error.ts';
import { findRun } from '../../store/log/read-runs.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** The run of the organization. @throws AppError not-found */
export async function requireRun(deps: ApiDeps, organizationId: string, id: string): Promise<RunDocument> {
  const run = await findRun(deps.db, organizationId, id);
  if (!run) throw new AppError('not-found', 'No such run.');
  return run;
}
