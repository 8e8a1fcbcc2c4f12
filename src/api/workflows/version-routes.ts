import { AppError } from '../../errors/app-error.ts';
import { findVersionNumber, listVersions } from '../../store/workflows/workflow-versions.ts';
import type { WorkflowVersion } from '../../store/workflows/workflow-versions.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { decodeCursor, presentPage } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import { versionDiff, versionPage, wholeVersion } from './answers.ts';
import { diffDefinitions } from './diff-definitions.ts';
import { presentVersion, presentWholeVersion } from './present.ts';
import { requireWorkflow } from './routes.ts';
import { diffParams, listQuery, versionParams, workflowParams } from './schema.ts';

const tag = 'Workflows';

/** The versions of a workflow. */
export const versionRoutes = [
  route({
    method: 'get',
    path: '/v1/workflows/{id}/versions',
    scope: 'read',
    tag,
    summary: 'List versions, newest first',
    params: workflowParams,
    query: listQuery,
    answers: { 200: { is: 'A page of versions.', schema: versionPage } },
    handler: async ({ deps, principal, params, query }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      const [before] = decodeCursor(query.cursor) ?? [];
      const page = { limit: query.limit + 1, ...(before === undefined ? {} : { before: Number(before) }) };
      const rows = await listVersions(deps.db, workflow._id, page);
      return {
        body: presentPage(rows, query.limit, { present: presentVersion, key: (row) => [row.number] }),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/workflows/{id}/versions/{version}',
    scope: 'read',
    tag,
    summary: 'Read a version',
    params: versionParams,
    answers: { 200: { is: 'The version with its definition.', schema: wholeVersion } },
    handler: async ({ deps, principal, params }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      return { body: presentWholeVersion(await requireVersion(deps, workflow._id, params.version)) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/workflows/{id}/versions/{from}/diff/{to}',
    scope: 'read',
    tag,
    summary: 'Compare two versions',
    params: diffParams,
    answers: {
      200: { is: '`{from, to, changes: [{change, pointer, before?, after?}]}`.', schema: versionDiff },
    },
    handler: async ({ deps, principal, params }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      const [from, to] = await Promise.all([
        requireVersion(deps, workflow._id, params.from),
        requireVersion(deps, workflow._id, params.to),
      ]);
      const changes = diffDefinitions(from.definition, to.definition);
      return { body: { from: presentVersion(from), to: presentVersion(to), changes } };
    },
  }),
];

async function requireVersion(deps: ApiDeps, workflowId: string, number: number): Promise<WorkflowVersion> {
  const version = await findVersionNumber(deps.db, workflowId, number);
  if (!version) throw new AppError('not-found', `The workflow has no version ${number}.`);
  return version;
}
