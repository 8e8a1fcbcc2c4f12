/** Workflows as files have them: what a deployment would change, and the change, whole or not at all. */
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { scopesOf } from '../../engine/flow/flow-settings.ts';
import { triggerOf } from '../../engine/trigger-types/registry.ts';
import { AppError } from '../../errors/app-error.ts';
import { followWorkflow } from '../schedules/schedules.ts';
import { createWorkflow, isNewest, saveWorkflow } from './save-workflow.ts';
import type { CheckedDefinition } from './save-workflow.ts';
import { webhooksOf } from './webhooks.ts';
import type { WebhookDocument, WebhookSettings } from './webhooks.ts';
import { workflowsOf } from './workflows.ts';
import type { WorkflowDocument } from './workflows.ts';

/** One workflow of a deployment. */
export interface WorkflowFile extends CheckedDefinition {
  name: string;
  description: string;
  /** Settings that differ from those that are there; `undefined`: none are given. */
  settingsOf(before: WebhookDocument | null): Partial<WebhookSettings> | undefined;
}

/** What is deployed. */
export interface Deployment {
  organizationId: string;
  source: string;
  files: readonly WorkflowFile[];
  publish: boolean;
  prune: boolean;
}

/** One line of a plan. */
export interface DeploymentStep {
  name: string;
  action: 'create' | 'update' | 'publish' | 'archive' | 'unchanged';
  publishes: boolean;
  /** The workflow as it was; `null` for one that is created. */
  before: WorkflowDocument | null;
  file: WorkflowFile | null;
  settings?: Partial<WebhookSettings> | undefined;
  isNewVersion: boolean;
}

/** A step that was carried out. */
export interface DeployedStep extends DeploymentStep {
  workflow: WorkflowDocument | null;
  webhookSecret?: string;
}

/** Each organization's deployments go one after the other: two at once would both create what neither saw. */
interface DeploymentTurn {
  _id: string;
  count: number;
}
function turnsOf(db: Db): Collection<DeploymentTurn> {
  return db.collection<DeploymentTurn>('deploymentTurns');
}

/** Carries a deployment out in the caller's transaction. @throws AppError conflict for a name that several workflows have */
export async function deploy(db: Db, session: ClientSession, given: Deployment): Promise<DeployedStep[]> {
  await turnsOf(db).updateOne(
    { _id: given.organizationId },
    { $inc: { count: 1 } },
    { upsert: true, session },
  );
  const done: DeployedStep[] = [];
  for (const step of await planDeployment(db, session, given)) {
    done.push({ ...step, ...(await apply(db, session, { given, step })) });
  }
  return done;
}

/** Returns what a deployment would do. @throws AppError conflict for a name that several workflows have */
export async function planDeployment(
  db: Db,
  session: ClientSession,
  given: Deployment,
): Promise<DeploymentStep[]> {
  const { organizationId, source, files, prune } = given;
  const live = { organizationId, status: { $ne: 'archived' as const } };
  const names = files.map(({ name }) => name);
  const known = await workflowsOf(db)
    .find({ ...live, name: { $in: names } }, { session })
    .toArray();
  const steps: DeploymentStep[] = [];
  for (const [index, file] of files.entries()) {
    const named = known.filter(({ name }) => name === file.name);
    if (named.length > 1) throw ambiguous(index, file.name, named.length);
    steps.push(await planFile(db, session, { given, file, before: named[0] ?? null }));
  }
  if (!prune) return steps;
  const gone = await workflowsOf(db)
    .find({ ...live, source, name: { $nin: names } }, { session })
    .sort({ name: 1 })
    .toArray();
  return [
    ...steps,
    ...gone.map((before): DeploymentStep => {
      const { name } = before;
      return { name, action: 'archive', publishes: false, before, file: null, isNewVersion: false };
    }),
  ];
}

function ambiguous(index: number, name: string, count: number): AppError {
  const detail = `name: ${count} workflows are called ${JSON.stringify(name)}; a deployment knows them by name: rename or archive all but one`;
  return new AppError('conflict', detail, { errors: [{ pointer: `/workflows/${index}/name`, detail }] });
}

async function planFile(
  db: Db,
  session: ClientSession,
  { given, file, before }: { given: Deployment; file: WorkflowFile; before: WorkflowDocument | null },
): Promise<DeploymentStep> {
  const { name } = file;
  const webhook = before && (await webhooksOf(db).findOne({ _id: before._id }, { session }));
  const settings = file.settingsOf(webhook);
  const isNewVersion = before === null || !(await isNewest(db, session, before, file.definition));
  const isOther =
    isNewVersion || before.description !== file.description || Object.keys(settings ?? {}).length > 0;
  const publishes = given.publish && (isNewVersion || !isLive(before));
  const action = actionOf({ isNew: before === null, isOther, publishes });
  return { name, action, publishes, before, file, settings, isNewVersion };
}

function isLive({ liveVersion, latestVersion, status }: WorkflowDocument): boolean {
  return liveVersion === latestVersion && status !== 'draft';
}

function actionOf(given: { isNew: boolean; isOther: boolean; publishes: boolean }) {
  if (given.isNew) return 'create';
  if (given.isOther) return 'update';
  return given.publishes ? 'publish' : 'unchanged';
}

async function apply(
  db: Db,
  session: ClientSession,
  { given, step }: { given: Deployment; step: DeploymentStep },
): Promise<{ workflow: WorkflowDocument | null; webhookSecret?: string }> {
  const { before } = step;
  if (step.action === 'archive')
    return { workflow: await change(db, session, before, { status: 'archived' }) };
  if (step.action === 'unchanged' || !step.file) return { workflow: before };
  const { organizationId, source } = given;
  const { name, description, definition, graph } = step.file;
  const content = { organizationId, name, description, definition, graph, webhook: step.settings };
  const saved = before
    ? await saveWorkflow(db, session, { ...content, id: before._id })
    : await createWorkflow(db, session, { ...content, source });
  if (!step.publishes) return saved;
  // What somebody has paused stays paused.
  const status = saved.workflow.status === 'paused' ? 'paused' : 'active';
  const live = {
    status,
    liveVersion: saved.workflow.latestVersion,
    liveTrigger: triggerOf(definition),
    liveScopes: scopesOf(definition.settings.flow),
  } as const;
  return { ...saved, workflow: await change(db, session, saved.workflow, live) };
}

async function change(
  db: Db,
  session: ClientSession,
  workflow: WorkflowDocument | null,
  set: Partial<WorkflowDocument>,
): Promise<WorkflowDocument | null> {
  const changed = await workflowsOf(db).findOneAndUpdate(
    { _id: workflow?._id ?? '' },
    { $set: { ...set, updatedAt: currentTime() } },
    { returnDocument: 'after', session },
  );
  if (changed) await followWorkflow(db, session, changed);
  return changed;
}
