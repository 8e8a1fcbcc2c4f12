import { charged, definition, idOf, order, since, at } from './schema-examples/values.ts';
import { hookExamples } from './schema-examples/hooks.ts';
import { platformExamples } from './schema-examples/platform.ts';
import { workflowExamples } from './schema-examples/workflows.ts';

/** Examples of the document, by the ids of the operations. A test sends each body, in this order. */

/** What an operation is sent, and what it answers. */
export interface Example {
  body?: unknown;
  /** Of its first good answer, where those of the schemas do not make one. */
  answer?: unknown;
}

const run = { runId: idOf('run') };

const withSecret = { endpoint: hookExamples.HookEndpoint, signingSecret: 'whsec_f8osX4NdBuJi…' };
const { onFailure: _, ...organization } = platformExamples.OwnOrganization;
const wait = { runId: idOf('run'), path: 'approve' };

export const examples: Readonly<Record<string, Example>> = {
  validateWorkflows: { body: { definition }, answer: { valid: true, problems: [] } },
  createWorkflow: {
    body: {
      name: 'Charge orders',
      definition,
      webhook: {
        verification: { type: 'none' },
        dedupe: { by: 'expression', expression: '{{$trigger.body.order}}' },
      },
    },
  },
  saveWorkflow: { body: { description: 'Charges an order once.', definition } },
  publishWorkflow: { body: {} },
  rollbackWorkflow: { body: { targetVersion: 1 } },
  pauseWorkflow: { body: {} },
  resumeWorkflow: { body: { held: 'run' } },
  runWorkflow: { body: { payload: order }, answer: run },
  saveWorkflowWebhook: { body: { ipAllowList: ['203.0.113.0/24'], whenPaused: 'hold' } },
  rotateWorkflowWebhook: { body: { overlapSeconds: 3600 } },
  captureWorkflowWebhook: { body: { seconds: 600 } },
  createDeployment: {
    body: { source: 'shop', workflows: [{ name: 'Ship orders', definition }], publish: true, dryRun: true },
  },
  previewSchedules: {
    body: { cron: '0 7 * * MON-FRI', timezone: 'Europe/Berlin' },
    answer: { times: workflowExamples.Schedule.next },
  },
  createStreamToken: {
    body: { runId: idOf('run'), expiresInSeconds: 600 },
    answer: {
      token: 'WzEsInJ1bklk….q3v9…',
      url: `https://hooks.example/v1/runs/${idOf('run')}/stream?access_token=WzEsInJ1bklk….q3v9…`,
      expiresAt: '2026-11-24T10:25:30.000Z',
    },
  },
  cancelRun: { body: { reason: 'the order was withdrawn' } },
  retryRuns: {
    body: { filter: { status: ['failure', 'partial'], since }, version: 'live', dryRun: true },
    answer: { dryRun: true, total: 812, byStatus: { failure: 800, partial: 12 } },
  },
  replayWebhookEvents: {
    body: { filter: { status: 'rejected', since }, dryRun: true },
    answer: { dryRun: true, total: 14, byStatus: { rejected: 14 } },
  },
  createExecutionWebhook: {
    body: {
      name: 'Shop',
      url: 'https://shop.example/hooks',
      subscribedEventTypes: ['run.succeeded', 'run.failed'],
      ordering: 'run',
    },
    answer: withSecret,
  },
  changeExecutionWebhook: {
    body: { subscribedEventTypes: ['run.*'], filter: '{{$event.data.status = "failure"}}' },
  },
  disableExecutionWebhook: { body: {} },
  enableExecutionWebhook: { body: { held: 'send' } },
  rotateSecretExecutionWebhook: { body: { overlapSeconds: 86_400 }, answer: withSecret },
  replayExecutionWebhook: {
    body: { since, types: ['run.failed'], status: ['failure', 'none'], dryRun: true },
    answer: { dryRun: true, total: 41, byStatus: { failure: 40, none: 1 } },
  },
  createCredential: { body: { name: 'shop_token', value: 'sk_live_4f9a…' } },
  saveCredential: { body: { value: 'sk_live_7c21…' } },
  changeCredential: { body: { name: 'shop_key' } },
  saveVariable: { body: { value: 40 } },
  changeVariable: { body: { increment: 2 } },
  createApiKey: { body: { name: 'deploys', scopes: ['write'], expiresAt: '2126-01-01T00:00:00Z' } },
  changeOrganization: { body: { onFailure: null } },
  createOrganization: {
    body: { name: 'Acme' },
    answer: { organization, apiKey: platformExamples.NewApiKey.apiKey },
  },
  getLivez: { answer: { status: 'ok' } },
  getProblem: { answer: { code: 'conflict', status: 409, title: 'The state does not allow this now' } },
  retryRun: { body: { from: ['charge'], version: 'live' }, answer: run },
  resumeRunNode: { body: { data: { approved: true } }, answer: wait },
  useResume: { answer: { ...wait, status: 'resumed' } },
  getResume: {
    answer: {
      ...wait,
      status: 'waiting',
      outcome: null,
      answeredBy: null,
      title: 'Charge 129.50?',
      description: 'Order o-4711',
      formSchema: null,
      choices: [{ value: 'yes', label: 'Charge' }],
      isKnown: true,
      expiresAt: at(86_400_000),
    },
  },
  replayWebhookEvent: { answer: { ...hookExamples.AcceptedWebhook, replayOf: idOf('whe') } },
  getWorkflowVersionDiff: {
    answer: {
      from: { ...workflowExamples.VersionSummary, version: 1, createdAt: at(-86_400_000) },
      to: workflowExamples.VersionSummary,
      changes: [
        { change: 'added', pointer: '/nodes/charge/payload/body/amount', after: '{{$trigger.body.amount}}' },
      ],
    },
  },
  triggerWorkflowSchedule: { answer: run },
  backfillWorkflowSchedule: {
    answer: { firings: 3, started: 2, known: 1, skipped: 0, buffered: 0, runIds: [idOf('run')] },
  },
  listFlow: {
    answer: { items: [workflowExamples.FlowLane], nextCursor: null, paused: [] },
  },
  getPayload: { answer: charged.body },
  previewExecutionWebhook: {
    answer: {
      isSent: true,
      method: 'POST',
      url: hookExamples.HookEndpoint.url,
      headers: { 'content-type': 'application/json', 'webhook-id': idOf('evt') },
      body: '{"type":"run.succeeded","timestamp":"2026-11-24T10:15:30.737Z","data":{}}',
    },
  },
  listVariableHistory: {
    answer: {
      items: [{ version: 2, value: 42, isDeleted: false, by: { keyId: idOf('key') }, createdAt: at() }],
      nextCursor: null,
    },
  },
  getWhoami: {
    answer: {
      keyId: idOf('key'),
      name: 'deploys',
      scopes: ['write'],
      organization: { id: organization.id, name: organization.name },
    },
  },
  createSignIn: { answer: { apiKey: platformExamples.NewApiKey.apiKey } },
};
