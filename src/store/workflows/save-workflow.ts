import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Definition } from '../../engine/definition/definition.ts';
import type { CompiledGraph } from '../../engine/definition/graph.ts';
import { AppError } from '../../errors/app-error.ts';
import { createId } from '../mongo/ids.ts';
import { followWorkflow } from '../schedules/schedules.ts';
import { changeWebhook, createWebhook, webhooksOf } from './webhooks.ts';
import type { WebhookSettings } from './webhooks.ts';
import { hashDefinition, insertVersion, versionIdOf, versionsOf } from './workflow-versions.ts';
import { workflowsOf } from './workflows.ts';
import type { WorkflowDocument } from './workflows.ts';

/** A definition that passed validation, ready to become a version. */
export interface CheckedDefinition {
  definition: Definition;
  graph: CompiledGraph;
}

/** A saved workflow; `webhookSecret` only from the save that made its webhook. */
export interface SavedWorkflow {
  workflow: WorkflowDocument;
  webhookSecret?: string;
}

/** Creates a workflow with version 1, as a draft, in the caller's transaction. */
export async function createWorkflow(
  db: Db,
  session: ClientSession,
  given: {
    organizationId: string;
    name: string;
    description: string;
    /** Who keeps it as a file. */
    source?: string;
    webhook?: Partial<WebhookSettings> | undefined;
  } & CheckedDefinition,
): Promise<SavedWorkflow> {
  const { definition, graph, webhook, ...named } = given;
  const now = currentTime();
  const workflow: WorkflowDocument = {
    _id: createId('wf'),
    ...named,
    status: 'draft',
    latestVersion: 1,
    liveVersion: null,
    createdAt: now,
    updatedAt: now,
  };
  await workflowsOf(db).insertOne(workflow, { session });
  await insertVersion(db, { ...ownerOf(workflow), number: 1, definition, graph }, session);
  return { workflow, ...(await saveWebhook(db, session, { workflow, definition, settings: webhook })) };
}

/**
 * Saves a changed workflow in the caller's transaction: equal content makes no new version, and what is equal in all
 * changes nothing.
 * @throws AppError not-found, or version-mismatch when `expectedVersion` is not the newest
 */
export async function saveWorkflow(
  db: Db,
  session: ClientSession,
  given: {
    organizationId: string;
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    expectedVersion?: number | undefined;
    webhook?: Partial<WebhookSettings> | undefined;
  } & Partial<CheckedDefinition>,
): Promise<SavedWorkflow> {
  const { organizationId, id, name, description, definition, graph } = given;
  const before = await workflowsOf(db).findOne(
    { _id: id, organizationId, status: { $ne: 'archived' } },
    { session },
  );
  if (!before) throw new AppError('not-found', 'No such workflow.');
  assertVersion('newest', before.latestVersion, given.expectedVersion);
  const workflow = {
    ...before,
    name: name ?? before.name,
    description: description ?? before.description,
  };
  const isNew =
    definition !== undefined && graph !== undefined && !(await isNewest(db, session, workflow, definition));
  const isOther = isNew || workflow.name !== before.name || workflow.description !== before.description;
  if (isNew) {
    workflow.latestVersion += 1;
    await insertVersion(
      db,
      { ...ownerOf(workflow), number: workflow.latestVersion, definition, graph },
      session,
    );
  }
  if (isOther) {
    workflow.updatedAt = currentTime();
    await workflowsOf(db).replaceOne({ _id: id }, workflow, { session });
    // A schedule is named after its workflow.
    await followWorkflow(db, session, workflow);
  }
  return {
    workflow,
    ...(await saveWebhook(db, session, { workflow, definition, settings: given.webhook })),
  };
}

/** @throws AppError version-mismatch */
export function assertVersion(which: string, current: number | null, expected: number | undefined): void {
  if (expected === undefined || expected === current) return;
  throw new AppError(
    'version-mismatch',
    `The ${which} version is ${current ?? 'none'}; expected ${expected}.`,
  );
}

/** Whether a definition is the content of the newest version. */
export async function isNewest(
  db: Db,
  session: ClientSession,
  workflow: WorkflowDocument,
  definition: Definition,
): Promise<boolean> {
  const newest = await versionsOf(db).findOne(
    { _id: versionIdOf(workflow._id, workflow.latestVersion) },
    { session, projection: { contentHash: 1 } },
  );
  return newest?.contentHash === hashDefinition(definition);
}

/** Makes the webhook with the first webhook trigger, and changes its settings. @throws AppError invalid-request */
async function saveWebhook(
  db: Db,
  session: ClientSession,
  given: {
    workflow: WorkflowDocument;
    definition: Definition | undefined;
    settings: Partial<WebhookSettings> | undefined;
  },
): Promise<{ webhookSecret?: string }> {
  const { workflow, definition, settings } = given;
  const owner = { workflowId: workflow._id, organizationId: workflow.organizationId };
  const isTriggered = Object.values(definition?.nodes ?? {}).some((node) => node.type === 'webhook');
  if (isTriggered && !(await webhooksOf(db).findOne({ _id: workflow._id }, { session })))
    return {
      webhookSecret: await createWebhook(db, { ...owner, ...(settings ? { settings } : {}) }, session),
    };
  if (settings && !(await changeWebhook(db, { ...owner, settings }, session))) {
    const detail = 'webhook: expected only with a root of type webhook';
    throw new AppError('invalid-request', detail, { errors: [{ pointer: '/webhook', detail }] });
  }
  return {};
}

function ownerOf(workflow: WorkflowDocument) {
  return { organizationId: workflow.organizationId, workflowId: workflow._id, workflowName: workflow.name };
}
