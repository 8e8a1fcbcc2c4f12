import { AppError } from '../../errors/app-error.ts';
import type { KnownNames } from '../../expressions/parse/check-references.ts';
import { credentialNames } from '../../store/access/credentials.ts';
import { inTransaction } from '../../store/mongo/database.ts';
import { createWorkflow, saveWorkflow } from '../../store/workflows/save-workflow.ts';
import type { SavedWorkflow } from '../../store/workflows/save-workflow.ts';
import { findWebhook } from '../../store/workflows/webhooks.ts';
import { listWorkflowRows } from '../../store/workflows/workflow-rows.ts';
import { findWorkflow } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { decodeDateCursor, presentPage } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import { webhookUrl } from './webhook/present.ts';
import type { WebhookSettingsInput } from './webhook/schema.ts';
import { sealSettings } from './webhook/settings.ts';
import { requireVersion } from './require-version.ts';
import { findProblems } from '../../expressions/parse/find-problems.ts';
import { requireValid } from './check-definition.ts';
import { checkedDefinition, savedWorkflow, wholeWorkflow, workflowPage } from './answers.ts';
import { presentRow, presentWholeWorkflow, presentWorkflow } from './present.ts';
import { createBody, saveBody, validateBody, workflowParams, workflowsQuery } from './schema.ts';

const tag = 'Workflows';

/** Workflows. */
export const workflowRoutes = [
  route({
    method: 'post',
    path: '/v1/workflows',
    scope: 'write',
    tag,
    summary: 'Create a workflow; its webhook URL is in this answer only',
    body: createBody,
    creates: true,
    answers: { 201: { is: 'The workflow, with `warnings` of its definition.', schema: savedWorkflow } },
    handler: async ({ deps, principal, body, commit }) => {
      const { organizationId } = principal;
      const { name, description } = body;
      const { warnings, ...checked } = requireValid(body.definition, await knownNames(deps, organizationId));
      const webhook = await settingsOf(deps, { organizationId, settings: body.webhook });
      const given = { organizationId, name, description, webhook, ...checked };
      const { answer } = await commit(async (session) => {
        const saved = await createWorkflow(deps.db, session, given);
        const headers = { location: `/v1/workflows/${saved.workflow._id}` };
        return { answer: { status: 201, body: { ...presentSaved(deps, saved), warnings }, headers } };
      });
      return answer;
    },
  }),
  route({
    method: 'get',
    path: '/v1/workflows',
    scope: 'read',
    tag,
    summary: 'List workflows with their last run, newest first; archived ones by their status alone',
    query: workflowsQuery,
    answers: { 200: { is: 'A page of workflows.', schema: workflowPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor, ...filter } = query;
      const page = { limit: limit + 1, after: decodeDateCursor(cursor) };
      await deps.runLog.flush();
      const rows = await listWorkflowRows(deps.db, principal.organizationId, filter, page);
      const key = (row: (typeof rows)[number]) => [row.createdAt.toISOString(), row._id];
      return { body: presentPage(rows, limit, { present: presentRow, key }) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/validate',
    scope: 'read',
    tag,
    summary: 'Answer every problem of a definition',
    body: validateBody,
    answers: { 200: { is: '`{valid, problems}`.', schema: checkedDefinition } },
    handler: async ({ deps, principal, body }) => {
      const known = await knownNames(deps, principal.organizationId);
      const { problems, checked } = findProblems(body.definition, known);
      return { body: { valid: checked !== undefined, problems } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/workflows/{id}',
    scope: 'read',
    tag,
    summary: 'Read a workflow with its newest definition',
    params: workflowParams,
    answers: { 200: { is: 'The workflow.', schema: wholeWorkflow } },
    handler: async ({ deps, principal, params }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      const version = await requireVersion(deps, workflow, 'draft');
      return { body: presentWholeWorkflow(workflow, version) };
    },
  }),
  route({
    method: 'put',
    path: '/v1/workflows/{id}',
    scope: 'write',
    tag,
    summary: 'Save a workflow; a changed definition becomes a new version',
    params: workflowParams,
    body: saveBody,
    answers: { 200: { is: 'The workflow, with `warnings` of its definition.', schema: savedWorkflow } },
    handler: async ({ deps, principal, params, body }) => {
      const { organizationId } = principal;
      const { definition, webhook: settings, ...named } = body;
      const known = await knownNames(deps, organizationId);
      const { warnings = [], ...checked } = definition === undefined ? {} : requireValid(definition, known);
      const webhook = await settingsOf(deps, { organizationId, id: params.id, settings });
      const given = { organizationId, id: params.id, ...named, webhook, ...checked };
      const saved = await inTransaction(deps.mongo, (session) => saveWorkflow(deps.db, session, given));
      deps.relay.workflowChanged(saved.workflow._id);
      return { body: { ...presentSaved(deps, saved), warnings } };
    },
  }),
];

/** What a definition may name that is stored apart. */
export async function knownNames({ db }: ApiDeps, organizationId: string): Promise<KnownNames> {
  return { secrets: await credentialNames(db, organizationId) };
}

/** Returns the workflow of the organization. @throws AppError not-found */
export async function requireWorkflow(deps: ApiDeps, organizationId: string, id: string) {
  const workflow = await findWorkflow(deps.db, organizationId, id);
  if (!workflow) throw new AppError('not-found', 'No such workflow.');
  return workflow;
}

/** The settings that a save brings for the workflow's webhook, ready to be stored. */
async function settingsOf(
  deps: ApiDeps,
  given: { organizationId: string; id?: string; settings: WebhookSettingsInput | undefined },
) {
  const { organizationId, id, settings } = given;
  if (settings === undefined) return undefined;
  const before = id === undefined ? null : await findWebhook(deps.db, organizationId, id);
  return sealSettings(deps, settings, { ...(before ? { before } : {}), pointer: '/webhook' });
}

/** The webhook's URL is shown in full by the answer that made it, and never again. */
function presentSaved(deps: ApiDeps, { workflow, webhookSecret }: SavedWorkflow) {
  const url = webhookSecret === undefined ? undefined : webhookUrl(deps, webhookSecret);
  return { ...presentWorkflow(workflow), ...(url ? { webhook: { url } } : {}) };
}
