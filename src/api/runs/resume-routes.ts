import { z } from 'zod';
import type { Json } from '../../engine/json/json.ts';
import { route } from '../routing/route.ts';
import { linkedWait, resumed, resumedByLink } from './answers.ts';
import { requireRun } from './require-run.ts';
import { presentLinked, requireLinked, resumeLinked } from './resume-link.ts';
import { resume } from './resume.ts';
import { nodeParams, resumeBody } from './schema.ts';

const tag = 'Runs';
const tokenParams = z.object({ token: z.string().max(8_000) });

/** What lets a waiting run go on. */
export const resumeRoutes = [
  route({
    method: 'post',
    path: '/v1/runs/{id}/nodes/{path}/resume',
    scope: 'run',
    tag,
    summary: 'Resume a wait; the first to do so wins',
    params: nodeParams,
    body: resumeBody,
    answers: {
      202: { is: '`{runId, path}`.', schema: resumed },
      409: 'It does not wait, or was resumed before.',
    },
    handler: async ({ deps, principal, params, body }) => {
      const run = await requireRun(deps, principal.organizationId, params.id);
      await resume(deps, { runId: run._id, path: params.path, data: body.data as Json });
      return { status: 202, body: { runId: run._id, path: params.path } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/resume/{token}',
    scope: 'public',
    tag,
    summary: 'Resume a wait by its link, once; before the wait begins, the resume is kept for it',
    params: tokenParams,
    body: resumeBody,
    answers: {
      202: { is: '`{runId, path, status}`; status `resumed` or `held`.', schema: resumedByLink },
      404: 'No such link; the same for every token that was not made here.',
      409: 'The link was used, or the wait or its run is over.',
    },
    handler: async ({ deps, params, body }) => {
      const linked = await requireLinked(deps, params.token);
      const status = await resumeLinked(deps, linked, body.data as Json);
      return { status: 202, body: { runId: linked.run._id, path: linked.path, status } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/resume/{token}',
    scope: 'public',
    tag,
    summary: 'Read what a link resumes; reading never resumes, so that scanners of links do no harm',
    params: tokenParams,
    answers: {
      200: {
        is: '`{runId, path, status, formSchema, expiresAt}`; status `not_begun`, `held`, `waiting` or `over`.',
        schema: linkedWait,
      },
      404: 'No such link.',
    },
    handler: async ({ deps, params }) => ({
      body: await presentLinked(deps, await requireLinked(deps, params.token)),
    }),
  }),
];
