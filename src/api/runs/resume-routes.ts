import { formOf } from '../../engine/form.schema.ts';
import type { Json, JsonObject } from '../../engine/json.ts';
import { loadValue } from '../../store/payloads.ts';
import { findWait, resumeWait } from '../../store/resume-wait.ts';
import type { ApiDeps } from '../deps.ts';
import { route } from '../route.ts';
import { parseInput } from '../validate.ts';
import { requireRun } from './require-run.ts';
import { nodeParams, resumeBody } from './schema.ts';

/** What lets a waiting run go on. */
export const resumeRoutes = [
  route({
    method: 'post',
    path: '/v1/runs/{id}/nodes/{path}/resume',
    scope: 'run',
    tag: 'Runs',
    summary: 'Resume a wait; the first to do so wins',
    params: nodeParams,
    body: resumeBody,
    answers: { 202: '`{runId, path}`.', 409: 'It does not wait, or was resumed before.' },
    handler: async ({ deps, principal, params, body }) => {
      const run = await requireRun(deps, principal.organizationId, params.id);
      await resume(deps, { runId: run._id, path: params.path, data: body.data as Json });
      return { status: 202, body: { runId: run._id, path: params.path } };
    },
  }),
];

async function resume(deps: ApiDeps, given: { runId: string; path: string; data: Json }): Promise<void> {
  const wait = await findWait(deps.db, given.runId, given.path);
  const input = (await loadValue(deps.db, given.runId, wait.input)) as JsonObject | undefined;
  const form = formOf(input?.['formSchema']);
  if (form) parseInput(form, given.data, 'data');
  await resumeWait(deps, wait, given.data);
}
