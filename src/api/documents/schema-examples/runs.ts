import { at, charge, charged, idOf, order } from './values.ts';

const summary = {
  id: idOf('run'),
  workflowId: idOf('wf'),
  workflowVersion: 2,
  status: 'success',
  trigger: { source: 'webhook', webhookEventId: idOf('whe') },
  input: order,
  output: { charge: charged },
  error: null,
  counts: { success: 1 },
  lastSequence: 6,
  rerunOf: null,
  parentRunId: null,
  failedRunId: null,
  failureRunId: null,
  createdAt: at(25),
  startedAt: at(120),
  finishedAt: at(593),
  durationMs: 473,
  queue: null,
};
const outcome = {
  status: 'success',
  executionId: idOf('exe'),
  attempt: 1,
  startedAt: at(451),
  finishedAt: at(549),
};
const execution = {
  id: idOf('exe'),
  runId: idOf('run'),
  path: 'charge',
  nodeId: 'charge',
  nodeType: 'http-request',
  ...outcome,
  input: { ...charge, body: order },
  output: charged,
  error: null,
  reason: null,
  nextAttemptAt: null,
  reusedFrom: null,
};
const { durationMs, output, counts, status } = summary;
const event = {
  id: idOf('evt'),
  type: 'run.succeeded',
  timestamp: at(593),
  schemaVersion: 1,
  data: {
    organizationId: idOf('org'),
    workflowId: idOf('wf'),
    workflowVersion: 2,
    runId: idOf('run'),
    sequence: 6,
    status,
    counts,
    durationMs,
    output,
  },
};
const attempt = { number: 1, status: 'success', error: null, nextAttemptAt: null, durationMs: 98 };
const job = {
  id: idOf('job'),
  kind: 'retry-runs',
  filter: { status: ['failure'], until: at() },
  options: { version: 'live' },
  status: 'running',
  total: 812,
  done: 300,
  refused: 0,
  problems: [],
  createdAt: at(),
  finishedAt: null,
};

/** Examples of runs and of what is in them, by the names of their schemas. */
export const runExamples = {
  RunSummary: summary,
  Run: { ...summary, nodes: { charge: outcome } },
  ExecutionSummary: execution,
  Execution: {
    ...execution,
    attempts: [{ ...attempt, startedAt: outcome.startedAt, finishedAt: outcome.finishedAt }],
  },
  Event: event,
  StreamFrame: { id: '6', event: event.type, data: JSON.stringify(event) },
  OpenWait: {
    id: idOf('exe'),
    runId: idOf('run'),
    path: 'approve',
    workflowId: idOf('wf'),
    workflowName: 'Charge orders',
    title: 'Charge 129.50?',
    description: 'Order o-4711',
    formSchema: null,
    choices: [
      { value: 'yes', label: 'Charge' },
      { value: 'no', label: 'Refuse' },
    ],
    startedAt: at(593),
    expiresAt: at(86_400_593),
    remindedAt: null,
  },
  Job: job,
};
