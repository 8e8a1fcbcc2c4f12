/** What the API answers, by its own document. */
import type { Answer, components } from '../../../src/client/index.ts';

type Schemas = components['schemas'];

/** Who is signed in. */
export type Whoami = Answer<'/v1/whoami', 'get'>;
export type RunRow = Schemas['RunSummary'];
export type WorkflowRow = Schemas['WorkflowRow'];
export type RunStats = Schemas['RunStats'];
export type WholeWorkflow = Schemas['Workflow'];
export type WebhookSettings = Schemas['Webhook'];
export type DeliveryRow = Schemas['HookDelivery'];
export type EndpointRow = Schemas['HookEndpoint'];
export type WaitRow = Schemas['OpenWait'];
export type IncomingRow = Schemas['WebhookEventSummary'];
export type WholeRequest = Schemas['WebhookEvent'];
export type VersionRow = Schemas['VersionSummary'];
export type VersionDiff = Answer<'/v1/workflows/{id}/versions/{from}/diff/{to}', 'get'>;
export type Schedule = Answer<'/v1/workflows/{id}/schedule', 'get'>;
export type ApiKeyRow = Schemas['ApiKey'];
export type CredentialRow = Schemas['Credential'];
export type VariableRow = Schemas['Variable'];
export type AuditRow = Schemas['AuditRow'];
export type OwnOrganization = Schemas['OwnOrganization'];
export type FlowLane = Schemas['FlowLane'];
