import { z } from 'zod';
import { currentMs } from '../../clock.ts';
import { publicUrl } from '../../config.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { instant } from '../routing/answer-parts.ts';
import { route } from '../routing/route.ts';
import { requireRun } from '../runs/require-run.ts';
import { requireWorkflow } from '../workflows/routes.ts';
import { requireExecution } from './routes.ts';
import type { StreamSubject } from './stream-tokens.ts';

/** How each subject is looked up, and where its stream is. */
const subjects: Record<
  StreamSubject,
  {
    require: (deps: ApiDeps, organizationId: string, id: string) => Promise<unknown>;
    pathOf: (id: string) => string;
  }
> = {
  runId: { require: requireRun, pathOf: (id) => `/v1/runs/${id}/stream` },
  executionId: { require: requireExecution, pathOf: (id) => `/v1/executions/${id}/stream` },
  workflowId: { require: requireWorkflow, pathOf: (id) => `/v1/workflows/${id}/runs/stream` },
};
const names = Object.keys(subjects) as StreamSubject[];
const id = z.string().min(1).max(64).optional();

const body = z
  .strictObject({
    runId: id,
    executionId: id,
    workflowId: id,
    expiresInSeconds: z.int().min(1).max(3_600).default(600),
  })
  .refine((given) => names.filter((name) => given[name] !== undefined).length === 1, {
    error: `expected one of ${names.join(', ')}`,
  });

const streamToken = z.object({
  token: z.string(),
  url: z.string().describe('The stream, with the token: what a browser’s `EventSource` takes.'),
  expiresAt: instant.describe('The stream ends then, and the token opens nothing.'),
});

/** Tokens for browsers, whose `EventSource` sends no header. */
export const streamTokenRoutes = [
  route({
    method: 'post',
    path: '/v1/stream-tokens',
    scope: 'read',
    tag: 'Streams',
    summary: 'Make a token that opens the stream of one run, one execution or one workflow for a while',
    body,
    answers: { 201: { is: '`{token, url, expiresAt}`.', schema: streamToken } },
    handler: async ({ deps, principal, body }) => {
      const { organizationId, keyId } = principal;
      const subject = names.find((name) => body[name] !== undefined) ?? 'runId';
      const id = body[subject] ?? '';
      await subjects[subject].require(deps, organizationId, id);
      const expiresAt = new Date(currentMs() + body.expiresInSeconds * 1_000);
      const token = deps.streamTokens.create({ subject, id, organizationId, keyId, expiresAt });
      const url = `${publicUrl(deps.config)}${subjects[subject].pathOf(id)}?access_token=${token}`;
      return { status: 201, body: { token, url, expiresAt } };
    },
  }),
];
