import { randomBytes } from 'node:crypto';
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { hashSecret } from '../access/api-keys.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { lastUsedStepMs } from '../access/last-used.ts';

/** A secret URL of a workflow; only the secret's hash is kept. */
export interface WebhookSecret {
  /** SHA-256 of the secret, hex. */
  hash: string;
  createdAt: Date;
  /** When it stops to be taken; absent: not rotated out. */
  expiresAt?: Date;
}

/** What tells that a request was here before. */
export interface DedupeRule {
  by: 'auto' | 'header' | 'expression' | 'body' | 'none';
  header?: string | undefined;
  expression?: string | undefined;
  windowSeconds: number;
}

/** How requests on a webhook are judged and answered. */
export interface WebhookSettings {
  /** Type of the verification, and all of it sealed. */
  verification: { type: string; sealed: string | null };
  dedupe: DedupeRule;
  /** Methods that start a run, upper case. */
  methods: string[];
  respond: 'immediate' | 'result';
  /** Content types that are taken; empty: all. */
  contentTypes: string[];
  /** CIDR ranges that may send; empty: everybody. */
  ipAllowList: string[];
  /** An expression over the request; what it does not hold for starts nothing. `null`: everything starts. */
  filter: string | null;
  /** What becomes of requests while the workflow is paused: they are kept, or refused as unknown. */
  whenPaused: 'hold' | 'reject';
  /** `{ verifyToken }` of a challenge, sealed. */
  handshake: string | null;
  /** Largest body, in bytes, on the wire and inflated. */
  maxBodyBytes: number;
}

/** The incoming webhook of a workflow. */
export interface WebhookDocument extends WebhookSettings {
  /** The workflow id. */
  _id: string;
  organizationId: string;
  secrets: WebhookSecret[];
  /** Until then, what comes before the first publish is listed as samples. */
  captureUntil?: Date;
  lastUsedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The settings of a webhook for which nothing is chosen. */
export const defaultWebhookSettings: WebhookSettings = {
  verification: { type: 'none', sealed: null },
  dedupe: { by: 'auto', windowSeconds: 7 * 24 * 60 * 60 },
  methods: ['POST'],
  respond: 'immediate',
  contentTypes: [],
  ipAllowList: [],
  filter: null,
  whenPaused: 'hold',
  handshake: null,
  maxBodyBytes: 1024 * 1024,
};

export const webhookIndexes: CollectionIndexes = {
  collection: 'webhooks',
  indexes: [{ key: { 'secrets.hash': 1 }, unique: true }, { key: { organizationId: 1 } }],
};

/** The collection of incoming webhooks. */
export function webhooksOf(db: Db): Collection<WebhookDocument> {
  return db.collection<WebhookDocument>('webhooks');
}

function createSecret(now: Date): { text: string; secret: WebhookSecret } {
  const text = randomBytes(32).toString('base64url');
  return { text, secret: { hash: hashSecret(text), createdAt: now } };
}

/** Makes the webhook of a workflow and answers its secret, which is not kept. */
export async function createWebhook(
  db: Db,
  given: { workflowId: string; organizationId: string; settings?: Partial<WebhookSettings> },
  session: ClientSession,
): Promise<string> {
  const now = currentTime();
  const { text, secret } = createSecret(now);
  const row: WebhookDocument = {
    ...defaultWebhookSettings,
    ...given.settings,
    _id: given.workflowId,
    organizationId: given.organizationId,
    secrets: [secret],
    lastUsedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await webhooksOf(db).insertOne(row, { session });
  return text;
}

/** The webhook of an organization's workflow; `null` when it has none. */
export async function findWebhook(
  db: Db,
  organizationId: string,
  workflowId: string,
): Promise<WebhookDocument | null> {
  const row = await webhooksOf(db).findOne({ _id: workflowId, organizationId });
  return row && { ...defaultWebhookSettings, ...row };
}

/** Changes settings; what is left out stays, and without any nothing changes. Returns `null` when there is no such webhook. */
export async function changeWebhook(
  db: Db,
  given: { workflowId: string; organizationId: string; settings: Partial<WebhookSettings> },
  session?: ClientSession,
): Promise<WebhookDocument | null> {
  const { workflowId, organizationId, settings } = given;
  const owner = { _id: workflowId, organizationId };
  const options = session ? { session } : {};
  const row =
    Object.keys(settings).length === 0
      ? await webhooksOf(db).findOne(owner, options)
      : await webhooksOf(db).findOneAndUpdate(
          owner,
          { $set: { ...settings, updatedAt: currentTime() } },
          { returnDocument: 'after', ...options },
        );
  return row && { ...defaultWebhookSettings, ...row };
}

/** Most secrets of a webhook that are taken at a time. */
const maxSecrets = 5;

/**
 * Makes a new secret in the caller's transaction and answers it; the old ones are taken for `overlapSeconds` more (0: no
 * longer), at most the four newest of them. Returns `null` when there is no such webhook.
 */
export async function rotateWebhookSecret(
  db: Db,
  session: ClientSession,
  given: { workflowId: string; organizationId: string; overlapSeconds: number },
): Promise<{ webhook: WebhookDocument; text: string } | null> {
  const { workflowId, organizationId, overlapSeconds } = given;
  const now = currentTime();
  const end = new Date(now.getTime() + overlapSeconds * 1_000);
  const { text, secret } = createSecret(now);
  const ending = { expiresAt: { $min: [{ $ifNull: ['$$this.expiresAt', end] }, end] } };
  const old = { $map: { input: '$secrets', in: { $mergeObjects: ['$$this', ending] } } };
  const live = { $filter: { input: old, cond: { $gt: ['$$this.expiresAt', now] } } };
  const kept = { $slice: [{ $concatArrays: [[secret], live] }, maxSecrets] };
  // One pipeline update: two rotations at once both count, and none loses the other's secret.
  const row = await webhooksOf(db).findOneAndUpdate(
    { _id: workflowId, organizationId },
    [{ $set: { secrets: kept, updatedAt: now } }],
    { returnDocument: 'after', session },
  );
  return row && { webhook: { ...defaultWebhookSettings, ...row }, text };
}

/** Lists what comes to a webhook as samples until a time. Returns `false` when there is no such webhook. */
export async function captureUntil(
  db: Db,
  { workflowId, organizationId }: { workflowId: string; organizationId: string },
  until: Date,
): Promise<boolean> {
  const set = { $set: { captureUntil: until } };
  return (await webhooksOf(db).updateOne({ _id: workflowId, organizationId }, set)).matchedCount === 1;
}

/** Notes a use, at most once a minute. */
export async function noteWebhookUse(db: Db, webhook: WebhookDocument, now: Date): Promise<void> {
  const before = new Date(now.getTime() - lastUsedStepMs);
  if (webhook.lastUsedAt && webhook.lastUsedAt > before) return;
  await webhooksOf(db).updateOne(
    { _id: webhook._id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: before } }] },
    { $set: { lastUsedAt: now } },
  );
}
