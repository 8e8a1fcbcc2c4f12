import type { z } from 'zod';
import { triggerOf } from '../../engine/trigger-types/registry.ts';
import { AppError } from '../../errors/app-error.ts';
import { inputSchemaOf } from '../../engine/definition/definition.ts';
import { scopesOf } from '../../engine/flow/flow-settings.ts';
import { currentTime } from '../../clock.ts';
import type { WantedLane } from '../../store/flow/lanes.ts';
import { giveBackRates, rateRefusal, refusingRate, takeRate } from '../flow/take-rate.ts';
import { findDoorRules } from '../incoming/door-rules.ts';
import { versionIdOf } from '../../store/workflows/workflow-versions.ts';
import { checkData } from '../runs/check-data.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { inTransaction } from '../../store/mongo/database.ts';
import { createId } from '../../store/mongo/ids.ts';
import { recordValue } from '../../store/log/payloads.ts';
import { assertVersion } from '../../store/workflows/save-workflow.ts';
import { findVersionNumber } from '../../store/workflows/workflow-versions.ts';
import { changeWorkflow, resumeWorkflow } from '../../store/workflows/workflow-state.ts';
import type { WorkflowDocument, WorkflowStatus } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { contentOfEvent } from '../incoming/inbox/content.ts';
import { route } from '../routing/route.ts';
import { runId } from '../runs/answers.ts';
import { beginRun } from '../runs/begin-run.ts';
import { workflow } from './answers.ts';
import { presentWorkflow } from './present.ts';
import { assertNotArchived, requireVersion } from './require-version.ts';
import { requireWorkflow } from './routes.ts';
import { emptyBody, publishBody, resumeBody, rollbackBody, runBody, workflowParams } from './schema.ts';

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
      if (!body.unarchive) assertNotArchived(workflow);
      assertVersion('newest', workflow.latestVersion, body.expectedVersion);
      return change(deps, workflow, {
        status: 'active',
        ...(await liveAs(deps, workflow, workflow.latestVersion)),
      });
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
      assertNotArchived(workflow);
      assertVersion('live', workflow.liveVersion, body.expectedCurrentVersion);
      return change(deps, workflow, await liveAs(deps, workflow, body.targetVersion));
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/{id}/pause',
    scope: 'write',
    tag,
    summary: 'Start nothing by webhook; what comes is held, or refused, by `whenPaused`',
    params: workflowParams,
    body: emptyBody,
    answers,
    handler: async ({ deps, principal, params }) => {
      const workflow = await requireState(deps, { ...principal, ...params }, 'active');
      return change(deps, workflow, { status: 'paused' });
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/{id}/resume',
    scope: 'write',
    tag,
    summary: 'Start runs by webhook again; `held` says what becomes of what was held meanwhile',
    params: workflowParams,
    body: resumeBody,
    answers,
    handler: async ({ deps, principal, params, body }) => {
      const workflow = await requireState(deps, { ...principal, ...params }, 'paused');
      const given = { workflow, held: body.held };
      const resumed = await inTransaction(deps.mongo, (session) => resumeWorkflow(deps.db, session, given));
      deps.releaseHeldSoon();
      return presentChanged(deps, resumed);
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/{id}/unarchive',
    scope: 'write',
    tag,
    summary: 'Take a workflow out of the archive: paused, or a draft when it was never published',
    params: workflowParams,
    body: emptyBody,
    answers,
    handler: async ({ deps, principal, params }) => {
      const workflow = await requireState(deps, { ...principal, ...params }, 'archived');
      return change(deps, workflow, { status: workflow.liveVersion === null ? 'draft' : 'paused' });
    },
  }),
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
    summary: 'Start a run by hand, with what is given or with a request that came in',
    params: workflowParams,
    body: runBody,
    creates: true,
    answers: { 202: { is: '`{runId}`.', schema: runId } },
    handler: async ({ deps, principal, params, body, commit }) => {
      const workflow = await requireWorkflow(deps, principal.organizationId, params.id);
      assertNotArchived(workflow);
      const version = await requireVersion(deps, workflow, body.version);
      const { input, request, webhookEventId } = await inputOf(deps, workflow, body);
      checkData(inputSchemaOf(version.definition), input, 'payload');
      const owner = { runId: createId('run'), organizationId: workflow.organizationId };
      const run = {
        ...owner,
        workflowId: workflow._id,
        workflowVersion: version.number,
        versionId: version._id,
        trigger: { source: 'manual', ...(webhookEventId === undefined ? {} : { webhookEventId }) },
        input: await recordValue(deps.db, owner, input),
        ...(request ? { request: await recordValue(deps.db, owner, request) } : {}),
      };
      const start = { run, rate: await rateOf(deps, workflow, { ...request, body: input }) };
      return withinRate(deps, start, () => beginRun(deps, commit, run));
    },
  }),
];

/** The rate of the live version that refuses a run by hand which comes too early. */
async function rateOf(deps: ApiDeps, workflow: WorkflowDocument, request: JsonObject) {
  const { _id: workflowId, organizationId, liveVersion } = workflow;
  if (liveVersion === null) return undefined;
  const { flow, bindings } = await findDoorRules(deps, versionIdOf(workflowId, liveVersion));
  const trigger = { ...request, source: 'manual' };
  const read = { ...bindings, trigger, inputs: request['body'] ?? null };
  return refusingRate(flow, { organizationId, workflowId, bindings: read, now: currentTime() });
}

async function withinRate<Result>(
  deps: ApiDeps,
  { run, rate }: { run: { runId: string }; rate: WantedLane | undefined },
  work: () => Promise<Result>,
): Promise<Result> {
  if (!rate) return work();
  const start = { runId: run.runId, lane: rate };
  const full = await takeRate(deps, start);
  if (full) throw rateRefusal(full, rate);
  return work().catch(async (error: unknown) => {
    await giveBackRates(deps, [start]);
    throw error;
  });
}

/** What a run by hand begins with: what was given, or what a request of the inbox holds. */
async function inputOf(
  deps: ApiDeps,
  workflow: WorkflowDocument,
  { payload, webhookEventId }: z.output<typeof runBody>,
): Promise<{ input: Json; request?: JsonObject; webhookEventId?: string }> {
  if (webhookEventId === undefined) return { input: (payload ?? null) as Json };
  const { body, request } = await contentOfEvent(deps, workflow, webhookEventId);
  return { input: body, request, webhookEventId };
}

async function requireState(
  deps: ApiDeps,
  { organizationId, id }: { organizationId: string; id: string },
  expected: WorkflowStatus,
): Promise<WorkflowDocument> {
  const workflow = await requireWorkflow(deps, organizationId, id);
  if (workflow.status !== expected)
    throw new AppError('conflict', `The workflow is ${workflow.status}; expected ${expected}.`);
  return workflow;
}

/** What makes a version the live one. @throws AppError not-found */
async function liveAs(
  deps: ApiDeps,
  workflow: WorkflowDocument,
  number: number,
): Promise<Pick<WorkflowDocument, 'liveVersion' | 'liveTrigger' | 'liveScopes'>> {
  const version = await findVersionNumber(deps.db, workflow._id, number);
  if (!version) throw new AppError('not-found', `The workflow has no version ${number}.`);
  const { definition } = version;
  const liveScopes = scopesOf(definition.settings.flow);
  return { liveVersion: number, liveTrigger: triggerOf(definition), liveScopes };
}

async function change(deps: ApiDeps, workflow: WorkflowDocument, set: Partial<WorkflowDocument>) {
  const changed = await inTransaction(deps.mongo, (session) =>
    changeWorkflow(deps.db, session, workflow, set),
  );
  return presentChanged(deps, changed);
}

/** @throws AppError conflict when another change came first */
function presentChanged(deps: ApiDeps, workflow: WorkflowDocument | null) {
  if (!workflow) throw new AppError('conflict', 'The workflow was changed by somebody else; read it again.');
  deps.relay.workflowChanged(workflow._id);
  return { body: presentWorkflow(workflow) };
}
