import type { Json } from '../../engine/json/json.ts';
import { route } from '../routing/route.ts';
import { runId } from './answers.ts';
import { beginRun } from './begin-run.ts';
import { requireRun } from './require-run.ts';
import { retryRun } from './retry-run.ts';
import { retryBody, runParams } from './schema.ts';

/** Runs that are made again. */
export const retryRoutes = [
  route({
    method: 'post',
    path: '/v1/runs/{id}/retry',
    scope: 'run',
    tag: 'Runs',
    summary: 'Retry a run that is over: a new run that takes over the results of what need not run again',
    params: runParams,
    body: retryBody,
    creates: true,
    answers: {
      202: { is: '`{runId}` of the new run.', schema: runId },
      409: 'The run is not over, or nothing of it failed.',
    },
    handler: async ({ deps, principal, params, body, commit }) => {
      const run = await requireRun(deps, principal.organizationId, params.id);
      const asked = { from: body.from, version: body.version, input: body.input as Json | undefined };
      return beginRun(deps, commit, await retryRun(deps, run, asked));
    },
  }),
];
