/** Examples of the document, by the ids of the operations. A test sends each body, in this order. */

/** What an operation is sent, and what it answers. */
export interface Example {
  body?: unknown;
  /** Of its first good answer. */
  answer?: unknown;
}

/** An id as the examples have it: where they are tried, ids of things that are there take their place. */
const idOf = (prefix: string): string => `${prefix}_k3q7x2m5w4h6j2n5p7r4t6v3ya`;

const definition = {
  nodes: {
    root: { type: 'webhook', children: ['charge'] },
    charge: {
      type: 'http-request',
      payload: {
        method: 'POST',
        url: 'https://api.example/charges',
        body: { order: '{{$trigger.body.order}}', amount: '{{$trigger.body.amount}}' },
      },
    },
  },
};
const order = { order: 'o-4711', amount: 129.5 };
const since = '2026-11-24T10:00:00Z';
const run = { runId: idOf('run') };

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
  previewSchedules: { body: { cron: '0 7 * * MON-FRI', timezone: 'Europe/Berlin' } },
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
  },
  changeExecutionWebhook: {
    body: { subscribedEventTypes: ['run.*'], filter: '{{$event.data.status = "failure"}}' },
  },
  disableExecutionWebhook: { body: {} },
  enableExecutionWebhook: { body: { held: 'send' } },
  rotateSecretExecutionWebhook: { body: { overlapSeconds: 86_400 } },
  replayExecutionWebhook: {
    body: { since, types: ['run.failed'], status: ['failure', 'none'], dryRun: true },
  },
  createCredential: { body: { name: 'shop_token', value: 'sk_live_4f9a…' } },
  saveCredential: { body: { value: 'sk_live_7c21…' } },
  changeCredential: { body: { name: 'shop_key' } },
  saveVariable: { body: { value: 40 } },
  changeVariable: { body: { increment: 2 } },
  createApiKey: { body: { name: 'deploys', scopes: ['write'], expiresAt: '2126-01-01T00:00:00Z' } },
  changeOrganization: { body: { onFailure: null } },
  createOrganization: { body: { name: 'Acme' } },
  getLivez: { answer: { status: 'ok' } },
  getReadyz: {
    answer: {
      status: 'ready',
      dependencies: { mongodb: 'up', temporal: 'up', workers: 'up' },
      versions: { hookloom: '0.1.0', mongodb: '8.0.4', temporal: '1.32.0' },
    },
  },
  getProblem: { answer: { code: 'conflict', status: 409, title: 'The state does not allow this now' } },
  retryRun: { body: { from: ['charge'], version: 'live' }, answer: run },
  resumeRunNode: { body: { data: { approved: true } }, answer: { ...run, path: 'approve' } },
};
