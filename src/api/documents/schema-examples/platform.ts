import { at, idOf } from './values.ts';

const apiKey = {
  id: idOf('key'),
  name: 'deploys',
  scopes: ['write'],
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: at(),
  createdAt: at(-86_400_000),
};
const runStatuses = {
  queued: 0,
  running: 1,
  waiting: 2,
  success: 804,
  partial: 0,
  failure: 5,
  cancelled: 0,
};

/** Examples of what belongs to an organization or to all of Hookloom, by the names of their schemas. */
export const platformExamples = {
  Readiness: {
    status: 'ready',
    dependencies: { mongodb: 'up', temporal: 'up', workers: 'up' },
    versions: { hookloom: '0.1.0', mongodb: '8.0.4', temporal: '1.32.0' },
  },
  Credential: {
    id: idOf('cred'),
    name: 'shop_token',
    createdAt: at(-86_400_000),
    updatedAt: at(-86_400_000),
    lastUsedAt: at(),
  },
  Variable: { name: 'limit', value: 42, version: 2, updatedAt: at() },
  ApiKey: apiKey,
  NewApiKey: { ...apiKey, lastUsedAt: null, apiKey: 'hl_QVDV88J7qm…' },
  OwnOrganization: { id: idOf('org'), name: 'Acme', onFailure: null, createdAt: at(-86_400_000) },
  AuditRow: {
    id: idOf('aud'),
    keyId: idOf('key'),
    action: 'POST /v1/api-keys',
    resource: '/v1/api-keys',
    requestId: idOf('req'),
    remoteAddress: '203.0.113.7',
    status: 201,
    createdAt: at(),
  },
  Stats: {
    since: at(-86_400_000),
    until: at(),
    webhookEvents: {
      total: 815,
      byStatus: {
        accepted: 809,
        duplicate: 4,
        rejected: 2,
        handshake: 0,
        held: 0,
        released: 0,
        discarded: 0,
        sample: 0,
      },
    },
    runs: { total: 812, byStatus: runStatuses, durationMs: { average: 473, longest: 5_120 } },
    deliveries: {
      total: 809,
      byStatus: { pending: 0, retrying: 1, held: 0, success: 808, failure: 0, discarded: 0 },
    },
  },
  RunStats: {
    since: at(-3_600_000),
    until: at(),
    stepSeconds: 3_600,
    points: [{ at: at(-3_600_000), total: 812, byStatus: runStatuses }],
    workflows: [{ workflowId: idOf('wf'), total: 812, byStatus: runStatuses }],
  },
};
