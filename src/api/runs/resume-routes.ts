import { z } from 'zod';
import { currentTime } from '../../clock.ts';
import type { Json } from '../../engine/json/json.ts';
import type { AnsweredBy } from '../../engine/log/facts.ts';
import { senderAddress } from '../routing/sender-address.ts';
import { route } from '../routing/route.ts';
import type { RouteContext } from '../routing/route.ts';
import { answerForm, showLink, wantsPage } from './approval.ts';
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
    handler: async (context) => {
      const { deps, principal, params, body } = context;
      const run = await requireRun(deps, principal.organizationId, params.id);
      const answeredBy = { ...answererOf(context, body.name), apiKeyId: principal.keyId };
      const given = { data: body.data as Json, answeredBy };
      await resume(deps, { runId: run._id, path: params.path, resume: given });
      return { status: 202, body: { runId: run._id, path: params.path } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/resume/{token}',
    scope: 'public',
    hasPage: true,
    tag,
    summary: 'Resume a wait by its link, once; before the wait begins, the resume is kept for it',
    params: tokenParams,
    body: resumeBody,
    answers: {
      202: {
        is: '`{runId, path, status}`; status `resumed` or `held`. A form is answered with `303`, to the page that says so.',
        schema: resumedByLink,
      },
      404: 'No such link; the same for every token that was not made here.',
      409: 'The link was used, or the wait or its run is over.',
    },
    handler: async (context) => {
      const { deps, params, body } = context;
      const linked = await requireLinked(deps, params.token);
      const answeredBy = answererOf(context, body.name);
      const status = await resumeLinked(deps, linked, { data: body.data as Json, answeredBy });
      return { status: 202, body: { runId: linked.run._id, path: linked.path, status } };
    },
    formHandler: (context) => {
      const { deps, params, body } = context;
      const name = body['name']?.[0]?.trim().slice(0, maxNameLength);
      return answerForm(deps, params.token, { values: body, answeredBy: answererOf(context, name) });
    },
  }),
  route({
    method: 'get',
    path: '/v1/resume/{token}',
    scope: 'public',
    hasPage: true,
    tag,
    summary: 'Read what a link resumes, for a browser as a page with the form; reading never resumes',
    params: tokenParams,
    answers: {
      200: {
        is: '`{runId, path, status, formSchema, …}`; status `not_begun`, `held`, `waiting` or `over`.',
        schema: linkedWait,
      },
      404: 'No such link.',
    },
    handler: async ({ deps, params, ctx }) =>
      wantsPage(ctx)
        ? showLink(deps, params.token)
        : {
            body: await presentLinked(deps, await requireLinked(deps, params.token)),
            headers: { vary: 'accept' },
          },
  }),
];

const maxNameLength = 200;

/** Who answers, as far as that is known. */
function answererOf(
  { ctx, deps }: Pick<RouteContext<unknown, unknown, unknown>, 'ctx' | 'deps'>,
  name: string | undefined,
): AnsweredBy {
  return {
    at: currentTime().toISOString(),
    address: senderAddress(ctx.req, deps.config.HOOKLOOM_TRUSTED_PROXIES),
    ...(name ? { name } : {}),
  };
}
