/** What the API answers, by its own document. */
import type { Answer, components } from '../../../src/client/index.ts';

type Schemas = components['schemas'];

/** Who is signed in. */
export type Whoami = Answer<'/v1/whoami', 'get'>;
export type RunRow = Schemas['RunSummary'];
export type WorkflowRow = Schemas['WorkflowSummary'];
export type DeliveryRow = Schemas['HookDelivery'];
export type EndpointRow = Schemas['HookEndpoint'];
export type WaitRow = Schemas['OpenWait'];
export type IncomingRow = Schemas['WebhookEventSummary'];
export type WholeRequest = Schemas['WebhookEvent'];
