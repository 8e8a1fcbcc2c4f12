import { apiKeyRoutes } from '../access/api-keys/routes.ts';
import { auditRoutes } from '../access/audit/routes.ts';
import { catalogRoutes } from '../documents/catalog/routes.ts';
import { credentialRoutes } from '../access/credentials/routes.ts';
import { createDocumentRoutes } from '../documents/routes.ts';
import { jobRoutes } from '../jobs/routes.ts';
import { hookActionRoutes } from '../endpoints/action-routes.ts';
import { hookKeyRoutes } from '../endpoints/key-routes.ts';
import { hookPreviewRoutes } from '../endpoints/preview-routes.ts';
import { hookReplayRoutes } from '../endpoints/replay-routes.ts';
import { hookRoutes } from '../endpoints/routes.ts';
import { flowRoutes } from '../flow/routes.ts';
import { healthRoutes } from '../operations/health/routes.ts';
import { metricsRoutes } from '../operations/metrics/routes.ts';
import { organizationRoutes } from '../access/organizations/routes.ts';
import { problemRoutes } from '../documents/problems/routes.ts';
import type { Route } from './route.ts';
import { payloadRoutes } from '../runs/payload-routes.ts';
import { resumeRoutes } from '../runs/resume-routes.ts';
import { retryRoutes } from '../runs/retry-routes.ts';
import { runRoutes } from '../runs/routes.ts';
import { signInRoutes } from '../access/sign-in/routes.ts';
import { scheduleRoutes } from '../schedules/routes.ts';
import { statsRoutes } from '../operations/stats/routes.ts';
import { streamTokenRoutes } from '../streams/token-routes.ts';
import { activityRoutes } from '../streams/activity-routes.ts';
import { streamRoutes } from '../streams/routes.ts';
import { variableRoutes } from '../variables/routes.ts';
import { webhookEventRoutes } from '../incoming/inbox/routes.ts';
import { webhookRoutes } from '../incoming/routes.ts';
import { waitRoutes } from '../waits/routes.ts';
import { deploymentRoutes } from '../workflows/deployments/routes.ts';
import { workflowWebhookRoutes } from '../workflows/webhook/routes.ts';
import { workflowRoutes } from '../workflows/routes.ts';
import { workflowStateRoutes } from '../workflows/state-routes.ts';
import { versionRoutes } from '../workflows/version-routes.ts';

/** Every route of the API; the router takes the first that fits. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...problemRoutes,
  ...webhookRoutes,
  ...webhookEventRoutes,
  ...workflowRoutes,
  ...versionRoutes,
  ...workflowStateRoutes,
  ...workflowWebhookRoutes,
  ...deploymentRoutes,
  ...scheduleRoutes,
  ...flowRoutes,
  ...streamRoutes,
  ...streamTokenRoutes,
  ...activityRoutes,
  ...runRoutes,
  ...resumeRoutes,
  ...waitRoutes,
  ...retryRoutes,
  ...payloadRoutes,
  ...jobRoutes,
  ...hookActionRoutes,
  ...hookKeyRoutes,
  ...hookReplayRoutes,
  ...hookPreviewRoutes,
  ...hookRoutes,
  ...credentialRoutes,
  ...variableRoutes,
  ...apiKeyRoutes,
  ...organizationRoutes,
  ...signInRoutes,
  ...auditRoutes,
  ...statsRoutes,
  ...metricsRoutes,
  ...catalogRoutes,
  ...createDocumentRoutes(() => routes),
];
