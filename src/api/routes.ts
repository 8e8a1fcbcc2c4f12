import { apiKeyRoutes } from './api-keys/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { catalogRoutes } from './catalog/routes.ts';
import { credentialRoutes } from './credentials/routes.ts';
import { createDocumentRoutes } from './documents/routes.ts';
import { hookActionRoutes } from './execution-webhooks/action-routes.ts';
import { hookKeyRoutes } from './execution-webhooks/key-routes.ts';
import { hookReplayRoutes } from './execution-webhooks/replay-routes.ts';
import { hookRoutes } from './execution-webhooks/routes.ts';
import { healthRoutes } from './health/routes.ts';
import { metricsRoutes } from './metrics/routes.ts';
import { organizationRoutes } from './organizations/routes.ts';
import { problemRoutes } from './problems/routes.ts';
import type { Route } from './route.ts';
import { payloadRoutes } from './runs/payload-routes.ts';
import { resumeRoutes } from './runs/resume-routes.ts';
import { retryRoutes } from './runs/retry-routes.ts';
import { runRoutes } from './runs/routes.ts';
import { statsRoutes } from './stats/routes.ts';
import { activityRoutes } from './streams/activity-routes.ts';
import { streamRoutes } from './streams/routes.ts';
import { webhookEventRoutes } from './webhook-events/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';
import { workflowWebhookRoutes } from './workflow-webhook/routes.ts';
import { workflowRoutes } from './workflows/routes.ts';
import { workflowStateRoutes } from './workflows/state-routes.ts';
import { versionRoutes } from './workflows/version-routes.ts';

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
  ...streamRoutes,
  ...activityRoutes,
  ...runRoutes,
  ...resumeRoutes,
  ...retryRoutes,
  ...payloadRoutes,
  ...hookActionRoutes,
  ...hookKeyRoutes,
  ...hookReplayRoutes,
  ...hookRoutes,
  ...credentialRoutes,
  ...apiKeyRoutes,
  ...organizationRoutes,
  ...auditRoutes,
  ...statsRoutes,
  ...metricsRoutes,
  ...catalogRoutes,
  ...createDocumentRoutes(() => routes),
];
