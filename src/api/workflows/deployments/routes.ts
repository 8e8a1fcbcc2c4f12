import type { z } from 'zod';
import { AppError } from '../../../errors/app-error.ts';
import type { ErrorDetail } from '../../../errors/app-error.ts';
import type { KnownNames } from '../../../expressions/parse/check-references.ts';
import { inTransaction } from '../../../store/mongo/database.ts';
import { deploy, planDeployment } from '../../../store/workflows/deploy.ts';
import type {
  DeployedStep,
  Deployment,
  DeploymentStep,
  WorkflowFile,
} from '../../../store/workflows/deploy.ts';
import { findVersionNumber } from '../../../store/workflows/workflow-versions.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { route } from '../../routing/route.ts';
import { findProblems } from '../../../expressions/parse/find-problems.ts';
import { errorsOf, refusalOf } from '../check-definition.ts';
import { diffDefinitions } from '../diff-definitions.ts';
import { knownNames } from '../routes.ts';
import { webhookUrl } from '../webhook/present.ts';
import { sealSettings } from '../webhook/settings.ts';
import { deployment, deploymentBody } from './schema.ts';

type Body = z.output<typeof deploymentBody>;
type Answered = z.output<typeof deployment>;

/** Workflows from files. */
export const deploymentRoutes = [
  route({
    method: 'post',
    path: '/v1/deployments',
    scope: 'write',
    tag: 'Workflows',
    summary: 'Create, save, publish and archive workflows as files have them, all or nothing; known by name',
    body: deploymentBody,
    answers: {
      200: { is: 'What was done, or with `dryRun` what would be.', schema: deployment },
      409: 'Several workflows have a name that is deployed.',
    },
    handler: async ({ deps, principal, body }) => {
      const { organizationId } = principal;
      assertNamedOnce(body);
      const { files, warnings } = checkFiles(deps, body, await knownNames(deps, organizationId));
      const { source, publish, prune, dryRun } = body;
      const given: Deployment = { organizationId, source, files, publish, prune };
      const steps = await inTransaction(deps.mongo, (session) =>
        (dryRun ? planDeployment : deploy)(deps.db, session, given),
      );
      const plan = await Promise.all(steps.map((step) => presentStep(deps, step)));
      return { body: { dryRun, plan, warnings } satisfies Answered };
    },
  }),
];

function assertNamedOnce({ workflows }: Body): void {
  const names = workflows.map(({ name }) => name);
  const errors = names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            pointer: `/workflows/${index}/name`,
            detail: `name: expected each name once; workflows/${names.indexOf(name)} has ${JSON.stringify(name)} too`,
          },
        ],
  );
  if (errors[0]) throw new AppError('invalid-request', errors[0].detail, { errors });
}

/** Checks every definition. @throws AppError invalid-definition with the problems of all of them */
function checkFiles(deps: ApiDeps, { workflows }: Body, known: KnownNames) {
  const files: WorkflowFile[] = [];
  const warnings: Answered['warnings'] = [];
  const errors: ErrorDetail[] = [];
  for (const [index, { name, description, definition, webhook }] of workflows.entries()) {
    const { problems, checked } = findProblems(definition, known);
    errors.push(...errorsOf(problems, `/workflows/${index}/definition`));
    if (!checked) continue;
    const pointer = `/workflows/${index}/webhook`;
    const settingsOf: WorkflowFile['settingsOf'] = (before) =>
      webhook && sealSettings(deps, webhook, { ...(before ? { before } : {}), pointer });
    files.push({ name, description, ...checked, settingsOf });
    warnings.push(...problems.map(({ code, pointer, message }) => ({ name, code, pointer, message })));
  }
  if (errors.length > 0) throw refusalOf(errors);
  return { files, warnings };
}

async function presentStep(
  deps: ApiDeps,
  step: DeploymentStep & Partial<DeployedStep>,
): Promise<Answered['plan'][number]> {
  const { name, action, publishes, webhookSecret } = step;
  return {
    name,
    action,
    publishes,
    workflowId: (step.workflow ?? step.before)?._id ?? null,
    version: versionAfter(step),
    changes: await changesOf(deps, step),
    ...(webhookSecret === undefined ? {} : { webhookUrl: webhookUrl(deps, webhookSecret) }),
  };
}

function versionAfter({ workflow, before, isNewVersion }: DeploymentStep & Partial<DeployedStep>): number {
  return workflow?.latestVersion ?? (before?.latestVersion ?? 0) + (isNewVersion ? 1 : 0);
}

async function changesOf(deps: ApiDeps, { before, file, isNewVersion }: DeploymentStep) {
  if (!before || !file || !isNewVersion) return [];
  const old = await findVersionNumber(deps.db, before._id, before.latestVersion);
  return old ? diffDefinitions(old.definition, file.definition) : [];
}
