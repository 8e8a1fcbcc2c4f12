import { MongoClient } from 'mongodb';
import type { ClientSession, Db } from 'mongodb';
import { noteServerTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import { auditIndexes } from '../access/audit.ts';
import { correlationIndexes } from '../waits/correlations.ts';
import { dedupeKeyIndexes } from '../inbox/dedupe-keys.ts';
import { gatheredItemIndexes, gatheringIndexes } from '../flow/gathering.ts';
import { laneIndexes } from '../flow/lanes.ts';
import { pausedOwnerIndexes } from '../flow/owners.ts';
import { waitingIndexes } from '../flow/waiting.ts';
import { limitIndexes } from '../endpoints/endpoint-limits.ts';
import { endpointIndexes } from '../endpoints/endpoints.ts';
import { attemptIndexes, deliveryIndexes } from '../deliveries/deliveries.ts';
import { appendIndexes } from '../log/appends.ts';
import { executionIndexes } from '../log/executions.ts';
import { idempotencyKeyIndexes } from '../access/idempotency-keys.ts';
import { appendCapMs, inTime } from './in-time.ts';
import { keptResumeIndexes } from '../waits/kept-resumes.ts';
import { outboxIndexes } from '../log/outbox.ts';
import { payloadIndexes } from '../log/payloads.ts';
import { credentialIndexes } from '../access/credentials.ts';
import { apiKeyIndexes } from '../access/api-keys.ts';
import { organizationIndexes } from '../access/organizations.ts';
import { jobIndexes } from '../jobs/jobs.ts';
import { replayIndexes } from '../deliveries/replays.ts';
import { runIndexes } from '../log/runs.ts';
import { scheduleIndexes } from '../schedules/schedules.ts';
import { webhookEventIndexes } from '../inbox/webhook-events.ts';
import { webhookIndexes } from '../workflows/webhooks.ts';
import { variableChangeIndexes, variableIndexes } from '../variables/variables.ts';
import { versionIndexes } from '../workflows/workflow-versions.ts';
import { workflowIndexes } from '../workflows/workflows.ts';
import type { CollectionIndexes } from './indexes.ts';

/** An open connection to Hookloom's database. */
export interface Database {
  db: Db;
  client: MongoClient;
  close(): Promise<void>;
}

const writeConcern = { w: 'majority' } as const;

/**
 * Connects to a replica set. Reads are `majority`, on the primary; a server that is away fails a call after five seconds.
 * @throws AppError store-unavailable when no primary answers in time
 */
export async function connectDatabase(url: string, name: string): Promise<Database> {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    maxPoolSize: 50,
    writeConcern,
    readConcern: { level: 'majority' },
    retryWrites: true,
    ignoreUndefined: true,
  });
  client.on('serverHeartbeatSucceeded', ({ reply }) => {
    if (reply['isWritablePrimary'] && reply['localTime'] instanceof Date) noteServerTime(reply['localTime']);
  });
  try {
    await client.connect();
  } catch (cause) {
    await client.close();
    throw new AppError('store-unavailable', 'MongoDB does not answer', { cause });
  }
  return { client, db: client.db(name), close: () => client.close() };
}

/** Creates collections and indexes that are missing; safe to run from several processes at once. */
export async function ensureIndexes(db: Db): Promise<void> {
  const all: CollectionIndexes[] = [
    appendIndexes,
    runIndexes,
    executionIndexes,
    payloadIndexes,
    endpointIndexes,
    limitIndexes,
    deliveryIndexes,
    attemptIndexes,
    organizationIndexes,
    apiKeyIndexes,
    auditIndexes,
    workflowIndexes,
    versionIndexes,
    webhookIndexes,
    webhookEventIndexes,
    dedupeKeyIndexes,
    idempotencyKeyIndexes,
    outboxIndexes,
    replayIndexes,
    jobIndexes,
    correlationIndexes,
    keptResumeIndexes,
    credentialIndexes,
    scheduleIndexes,
    variableIndexes,
    variableChangeIndexes,
    laneIndexes,
    waitingIndexes,
    pausedOwnerIndexes,
    gatheringIndexes,
    gatheredItemIndexes,
  ];
  await Promise.all(
    all.map(async ({ collection, indexes }) => {
      // Created up front: a collection first written inside a transaction would lock out its neighbours.
      await db.createCollection(collection).catch(ignoreExisting);
      if (indexes.length > 0) await db.collection(collection).createIndexes(indexes);
    }),
  );
}

function ignoreExisting(error: unknown): void {
  const namespaceExists = 48;
  if ((error as { code?: number }).code !== namespaceExists) throw error;
}

/**
 * Runs `work` in one majority transaction of at most five seconds, repeating it on transient errors.
 * Source of the bound: the endpoint sweep looks back by the same five seconds.
 * @throws MongoOperationTimeoutError after them: it may yet be committed
 */
export async function inTransaction<Result>(
  client: MongoClient,
  work: (session: ClientSession) => Promise<Result>,
): Promise<Result> {
  const committed = client.withSession((session) =>
    session.withTransaction(work, {
      readConcern: { level: 'snapshot' },
      writeConcern,
      readPreference: 'primary',
      maxCommitTimeMS: appendCapMs,
      timeoutMS: appendCapMs,
    }),
  );
  return inTime(appendCapMs, committed);
}

const outageNames = [
  'MongoNetworkError',
  'MongoServerSelectionError',
  'MongoNetworkTimeoutError',
  'MongoOperationTimeoutError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongoTopologyClosedError',
  'MongoNotConnectedError',
  'PoolClearedOnNetworkError',
];

/**
 * Codes of a server that is stopping, starting, too slow, or no longer primary. Source: MongoDB, retryable reads
 * specification; 50 is MaxTimeMSExpired.
 */
const outageCodes: readonly (number | string)[] = [
  6, 7, 50, 89, 91, 134, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436,
];
const outageLabels = ['TransientTransactionError', 'RetryableWriteError', 'ResumableChangeStreamError'];

/** Codes of a connection that has ended under a command; the driver passes some of them on as they are. */
const socketCodes: readonly (number | string)[] = ['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT'];

interface DriverError {
  code?: number | string;
  errorResponse?: unknown;
  hasErrorLabel?: (label: string) => boolean;
}

/** Whether an error says that MongoDB is away or changing its primary, rather than that a call is wrong. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errorResponse, hasErrorLabel } = error as DriverError;
  // A write of many documents wraps whatever happened to it.
  if (errorResponse instanceof Error) return isOutage(errorResponse);
  if (outageNames.includes(error.name) || socketCodes.includes(code ?? '')) return true;
  if (outageCodes.includes(code ?? '') && error.name === 'MongoServerError') return true;
  return hasErrorLabel !== undefined && outageLabels.some((label) => hasErrorLabel.call(error, label));
}
