import type { ClientSession, Collection, Db, Filter } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { unknownHealth } from '../../engine/deliveries/endpoint-health.ts';
import type { EndpointHealth } from '../../engine/deliveries/endpoint-health.ts';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import type { HookTransform } from '../../engine/deliveries/render-hook.ts';
import { groupCalls } from '../mongo/group-calls.ts';
import { appendCapMs } from '../mongo/in-time.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';

/** A secret at rest: AES-256-GCM under the master key. */
export interface SealedSecret {
  /** base64 of nonce, tag and cipher text. */
  sealed: string;
  createdAt: Date;
  /** When it stops signing; absent: not rotated out. */
  expiresAt?: Date;
}

/** An Ed25519 private key at rest; its public part is for everybody. */
export interface SealedKey extends SealedSecret {
  /** `whpk_…`. */
  publicKey: string;
}

/** Why an endpoint is disabled: somebody did it, the receiver answered 410, or five days went by without a success. */
export const disabledReasons = ['by_hand', 'gone', 'no_success'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

/** A hook endpoint. */
export interface EndpointDocument {
  _id: string;
  organizationId: string;
  name: string;
  description: string;
  url: string;
  status: 'active' | 'disabled';
  disabledReason: DisabledReason | null;
  subscribedEventTypes: string[];
  /** Empty: every workflow. */
  workflowIds: string[];
  maxRetries: number;
  /** Durations before each attempt, such as `0s`, `5m`. */
  retrySchedule: string[];
  timeoutMs: number;
  rateLimitPerSecond: number | null;
  /** Most attempts under way at a time, over all worker processes. */
  maxInFlight: number;
  /** `run`: the events of one run go out strictly one after the other. */
  ordering: 'none' | 'run';
  /** Custom headers; the values of credentials are redacted here and stand in `sealedHeaders`. */
  headers: Record<string, string>;
  /** Absent on endpoints of releases before: there `headers` has everything. */
  sealedHeaders?: Record<string, string>;
  payload: 'full' | 'thin';
  /** Whether an event goes out: an expression over `$event`; `null`: all do. */
  filter: string | null;
  transform: HookTransform | null;
  /** Of the `pagerduty` preset, at rest; in `transform` it is redacted. */
  sealedRoutingKey: string | null;
  secrets: SealedSecret[];
  /** Empty or absent: hooks are signed by secrets alone. */
  signingKeys?: SealedKey[];
  health: EndpointHealth;
  /** The receiver has asked for quiet (`Retry-After`) until then. */
  pausedUntil: Date | null;
  /** Since when held deliveries go out; new ones queue behind them until all are out. */
  releasingSince: Date | null;
  /** Steps of releasing, counted so that one comes after the other. */
  releaseSteps: number;
  /** When events around the latest change are matched again; `null` once that is done. */
  sweepDueAt: Date | null;
  deletedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What is not said of an endpoint's limits. */
export const defaultLimits = { maxInFlight: 50, ordering: 'none' } as const;

/** The state of an endpoint that was sent nothing yet. */
export const unsentState = {
  health: unknownHealth,
  pausedUntil: null,
  releasingSince: null,
  releaseSteps: 0,
} as const;

export const endpointIndexes: CollectionIndexes = {
  collection: 'endpoints',
  indexes: [
    { key: { organizationId: 1, deletedAt: 1, createdAt: -1, _id: -1 } },
    { key: { sweepDueAt: 1 } },
    { key: { 'health.failingSince': 1 }, partialFilterExpression: { 'health.status': 'failing' } },
    { key: { releasingSince: 1 }, partialFilterExpression: { releasingSince: { $type: 'date' } } },
  ],
};

/** The collection of hook endpoints. */
export function endpointsOf(db: Db): Collection<EndpointDocument> {
  return db.collection<EndpointDocument>('endpoints');
}

const readers = new WeakMap<Db, EndpointReader>();

interface EndpointReader {
  read(organizationId: string): Promise<EndpointDocument[]>;
  /** Organizations that had none when they were last looked at. */
  without: Set<string>;
}

function readerOf(db: Db): EndpointReader {
  const reader = readers.get(db) ?? createEndpointReader(db);
  readers.set(db, reader);
  return reader;
}

/**
 * The endpoints of an organization that are not deleted, as they are now; disabled ones hold their events. Whoever asks
 * while a read is under way shares the next one.
 */
export function liveEndpoints(db: Db, organizationId: string): Promise<EndpointDocument[]> {
  return readerOf(db).read(organizationId);
}

/** Whether an organization may have endpoints; `false` when it had none at the last look. */
export function mayHaveEndpoints(db: Db, organizationId: string): boolean {
  return !readerOf(db).without.has(organizationId);
}

function createEndpointReader(db: Db): EndpointReader {
  const without = new Set<string>();
  const read = groupCalls(async (organizationIds: readonly string[]) => {
    const filter = { organizationId: { $in: [...new Set(organizationIds)] }, deletedAt: null };
    const options = { readConcern: 'majority', timeoutMS: appendCapMs } as const;
    const endpoints = await endpointsOf(db).find(filter, options).toArray();
    return organizationIds.map((id) => {
      const own = endpoints.filter((endpoint) => endpoint.organizationId === id);
      if (own.length === 0) without.add(id);
      else without.delete(id);
      return own;
    });
  });
  return { read, without };
}

/** Whether a filter pattern (a type, `*`, or a glob such as `node.*`) takes an event type. */
export function matchesType(pattern: string, type: EventType): boolean {
  if (pattern === type) return true;
  const entry = catalogEntry(type);
  if (!pattern.endsWith('*') || entry.namedOnly) return false;
  if (pattern === '*') return entry.about !== 'endpoint';
  return type.startsWith(pattern.slice(0, -1));
}

/**
 * Whether an endpoint is to get an event. What a retry took over is no news. Events about endpoints are of no workflow, so
 * `workflowIds` does not narrow them; none goes to the endpoint that it is about, and a test only to the tested one.
 */
export function isSubscribed(
  endpoint: Pick<EndpointDocument, '_id' | 'subscribedEventTypes' | 'workflowIds'>,
  event: { type: EventType; workflowId: string; endpointId?: string; isReused?: true },
): boolean {
  if (event.isReused) return false;
  const { workflowIds } = endpoint;
  const isAboutEndpoint = catalogEntry(event.type).about === 'endpoint';
  const inScope = isAboutEndpoint
    ? event.type !== 'endpoint.test' && event.endpointId !== endpoint._id
    : workflowIds.length === 0 || workflowIds.includes(event.workflowId);
  return inScope && endpoint.subscribedEventTypes.some((pattern) => matchesType(pattern, event.type));
}

/** Stores a new endpoint, in a transaction. */
export async function insertEndpoint(
  db: Db,
  session: ClientSession,
  endpoint: EndpointDocument,
): Promise<void> {
  await endpointsOf(db).insertOne(endpoint, { session });
}

/** Finds an endpoint of an organization that is not deleted. */
export async function findEndpoint(
  db: Db,
  organizationId: string,
  id: string,
  session?: ClientSession,
): Promise<EndpointDocument | null> {
  return endpointsOf(db).findOne({ _id: id, organizationId, deletedAt: null }, session ? { session } : {});
}

/** How an endpoint orders its deliveries; `null`: it is gone. */
export async function findOrdering(db: Db, id: string): Promise<Pick<EndpointDocument, 'ordering'> | null> {
  return endpointsOf(db).findOne({ _id: id, deletedAt: null }, { projection: { ordering: 1 } });
}

/** What a list of endpoints may be narrowed to. */
export interface EndpointFilter {
  /** Those that fail, and those that were disabled for failing. */
  failing?: boolean;
}

const fails: Filter<EndpointDocument> = {
  $or: [
    { status: 'active', 'health.status': 'failing' },
    { status: 'disabled', disabledReason: { $ne: 'by_hand' } },
  ],
};

/** Lists endpoints, newest first; `after` is the last row of the page before. */
export async function listEndpoints(
  db: Db,
  organizationId: string,
  { failing }: EndpointFilter,
  page: NewestFirst,
): Promise<EndpointDocument[]> {
  return endpointsOf(db)
    .find({ $and: [{ organizationId, deletedAt: null }, failing ? fails : {}, behind(page)] })
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}

/** Changes members of an endpoint; answers it as it is now, `null` when it is gone. */
export async function updateEndpoint(
  db: Db,
  endpoint: Pick<EndpointDocument, '_id' | 'organizationId'>,
  set: Partial<Omit<EndpointDocument, '_id' | 'organizationId'>>,
): Promise<EndpointDocument | null> {
  return endpointsOf(db).findOneAndUpdate(
    { _id: endpoint._id, organizationId: endpoint.organizationId, deletedAt: null },
    { $set: { ...set, updatedAt: currentTime() } },
    { returnDocument: 'after' },
  );
}
