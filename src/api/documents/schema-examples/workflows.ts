import { normalizeDefinition } from '../../../engine/definition/normalize-definition.ts';
import { at, definition as sent, idOf } from './values.ts';

/** As it is kept: with every default. */
const { definition } = normalizeDefinition(sent);
const workflow = {
  id: idOf('wf'),
  name: 'Charge orders',
  description: 'Charges an order once.',
  status: 'active',
  latestVersion: 2,
  liveVersion: 2,
  createdAt: at(-86_400_000),
  updatedAt: at(-3_600_000),
};
const contentHash = '9de45e336d0fa1ae9b852b859a1cfb74c24da3688912766c11f356db6283c8ac';
const version = { workflowId: idOf('wf'), version: 2, contentHash, createdAt: at(-3_600_000) };

/** Examples of workflows and of what starts them, by the names of their schemas. */
export const workflowExamples = {
  WorkflowSummary: workflow,
  WorkflowRow: {
    ...workflow,
    trigger: 'webhook',
    nextAt: null,
    lastRun: { id: idOf('run'), status: 'success', createdAt: at(), finishedAt: at(568) },
  },
  SavedWorkflow: {
    ...workflow,
    webhook: { url: 'https://hooks.example/v1/webhooks/-BufQSCUms…' },
    warnings: [],
  },
  Workflow: { ...workflow, contentHash, definition },
  VersionSummary: version,
  Version: { ...version, definition },
  Deployment: {
    dryRun: true,
    plan: [
      { name: 'Ship orders', action: 'create', publishes: true, workflowId: null, version: 1, changes: [] },
    ],
    warnings: [],
  },
  Webhook: {
    workflowId: idOf('wf'),
    url: 'https://hooks.example/v1/webhooks/…',
    secrets: [{ createdAt: at(-86_400_000), expiresAt: null }],
    verification: { type: 'none' },
    dedupe: { by: 'expression', expression: '{{$trigger.body.order}}', windowSeconds: 604_800 },
    methods: ['POST'],
    respond: 'immediate',
    contentTypes: [],
    ipAllowList: ['203.0.113.0/24'],
    handshake: null,
    maxBodyBytes: 1_048_576,
    filter: null,
    whenPaused: 'hold',
    captureUntil: null,
    lastUsedAt: at(),
    createdAt: at(-86_400_000),
    updatedAt: at(-3_600_000),
  },
  Schedule: {
    workflowId: idOf('wf'),
    version: 2,
    status: 'active',
    cron: '0 7 * * MON-FRI',
    timezone: 'Europe/Berlin',
    overlap: 'skip',
    catchUpMs: 60_000,
    next: ['2026-11-25T06:00:00.000Z', '2026-11-26T06:00:00.000Z'],
    buffered: null,
    firings: { started: 21, skipped: 1, buffered: 0, missed: 0 },
    lastRuns: [
      {
        id: idOf('run'),
        status: 'success',
        scheduledAt: '2026-11-24T06:00:00.000Z',
        createdAt: '2026-11-24T06:00:00.041Z',
        startedAt: '2026-11-24T06:00:00.102Z',
        finishedAt: '2026-11-24T06:00:02.377Z',
      },
    ],
  },
  FlowOwner: { owner: idOf('wf'), isPaused: true },
  FlowLane: {
    id: `${idOf('wf')}/concurrency/0/o-4711`,
    owner: idOf('wf'),
    kind: 'concurrency',
    index: 0,
    key: 'o-4711',
    limit: 1,
    override: null,
    perMs: null,
    running: 1,
    runIds: [idOf('run')],
    waiting: 3,
    oldestAt: at(),
    isPaused: false,
  },
};
