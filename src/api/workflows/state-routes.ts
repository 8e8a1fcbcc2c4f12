import { currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Json } from '../../engine/json/json.ts';
import { createId } from '../../store/mongo/ids.ts';
import { recordValue } from '../../store/log/payloads.ts';
import { assertVersion } from '../../store/workflows/save-workflow.ts';
import { findVersionNumber } from '../../store/workflows/workflow-versions.ts';
import { workflowsOf } from '../../store/workflows/workflows.ts';
import type { WorkflowDocument, WorkflowStatus } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { route } from '../routing/route.ts';
import { runId } from '../runs/answers.ts';
import { beginRun } from '../runs/begin-run.ts';
import { workflow } from './answers.ts';
import { presentWorkflow } from './present.ts';
import { requireVersion } from './require-version.ts';
import { requireWorkflow } from './routes.ts';
import { emptyBody, publishBody, rollbackBody, runBody, workflowParams } from './schema.ts';

const tag = 'Workflows';
const answers = { 200: { is: 'The workflow.', schema: workflow } };

/** What changes a workflow's state, and a run by hand. */
export const workflowStateRoutes = [
  route({
    method: 'post',
    path: '/v1/workflows/{id}/publish',
    scope: 'write',
    tag,
    summary: 'Make the newest version live',
    params: workflowParams,
    body: publishBody,
    answers,
    handler: async ({ deps, principal, params, body }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      assertVersion('newest', workflow.latestVersion, body.expectedVersion);
      return change(deps, workflow, { status: 'active', liveVersion: workflow.latestVersion });
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/{id}/rollback',
    scope: 'write',
    tag,
    summary: 'Make an older version live',
    params: workflowParams,
    body: rollbackBody,
    answers,
    handler: async ({ deps, principal, params, body }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      assertVersion('live', workflow.liveVersion, body.expectedCurrentVersion);
      const target = await findVersionNumber(deps.db, workflow._id, body.targetVersion);
      if (!target) throw new AppError('not-found', `The workflow has no version ${body.targetVersion}.`);
      return change(deps, workflow, { liveVersion: target.number });
    },
  }),
  stateRoute('post', 'pause', 'Stop taking webhooks', { from: ['active'], to: 'paused' }),
  stateRoute('post', 'resume', 'Take webhooks again', { from: ['paused'], to: 'active' }),
  route({
    method: 'delete',
    path: '/v1/workflows/{id}',
    scope: 'write',
    tag,
    summary: 'Archive a workflow; its runs stay',
    params: workflowParams,
    answers: { 204: 'Archived.' },
    handler: async ({ deps, principal, params }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      await change(deps, workflow, { status: 'archived' });
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/{id}/run',
    scope: 'run',
    tag,
    summary: 'Start a run by hand',
    params: workflowParams,
    body: runBody,
    creates: true,
    answers: { 202: { is: '`{runId}`.', schema: runId } },
    handler: async ({ deps, principal, params, body, commit }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      const version = await requireVersion(deps, workflow, body.version);
      const owner = { runId: createId('run'), organizationId: workflow.organizationId };
      return beginRun(deps, commit, {
        ...owner,
        workflowId: workflow._id,
        workflowVersion: version.number,
        versionId: version._id,
        trigger: { source: 'manual' },
        input: await recordValue(deps.db, owner, (body.payload ?? null) as Json),
      });
    },
  }),
];

function stateRoute(
  method: 'post',
  name: string,
  summary: string,
  step: { from: WorkflowStatus[]; to: WorkflowStatus },
) {
  return route({
    method,
    path: `/v1/workflows/{id}/${name}`,
    scope: 'write',
    tag,
    summary,
    params: workflowParams,
    body: emptyBody,
    answers,
    handler: async ({ deps, principal, params }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      if (!step.from.includes(workflow.status)) {
        throw new AppError(
          'conflict',
          `The workflow is ${workflow.status}; expected ${step.from.join(' or ')}.`,
        );
      }
      return change(deps, workflow, { status: step.to });
    },
  });
}

async function change(deps: ApiDeps, workflow: WorkflowDocument, set: Partial<WorkflowDocument>) {
  // The condition keeps two changes at once from undoing each other.
  const after = await workflowsOf(deps.db).findOneAndUpdate(
    { _id: workflow._id, updatedAt: workflow.updatedAt },
    { $set: { ...set, updatedAt: currentTime() } },
    { returnDocument: 'after' },
  );
  if (!after) throw new AppError('conflict', 'The workflow was changed by somebody else; read it again.');
  return { body: presentWorkflow(after) };
}
