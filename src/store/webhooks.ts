import { randomBytes } from 'node:crypto';
import type { ClientSession, Collection, Db } from 'mongodb';
import { hashSecret } from './api-keys.ts';
import type { CollectionIndexes } from './indexes.ts';

/** A secret URL of a workflow; only the secret's hash is kept. */
export interface WebhookSecret {
  /** SHA-256 of the secret, hex. */
  hash: string;
  createdAt: Date;
  /** When it stops to be taken; absent: not rotated out. */
  expiresAt?: Date;
}

/** The incoming webhook of a workflow. */
export interface WebhookDocument {
  /** The workflow id. */
  _id: string;
  organizationId: string;
  secrets: WebhookSecret[];
  methods: string[];
  lastUsedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export const webhookIndexes: CollectionIndexes = {
  collection: 'webhooks',
  indexes: [{ key: { 'secrets.hash': 1 }, unique: true }, { key: { organizationId: 1 } }],
};

/** The collection of incoming webhooks. */
export function webhooksOf(db: Db): Collection<WebhookDocument> {
  return db.collection<WebhookDocument>('webhooks');
}

/** Makes the webhook of a workflow and answers its secret, which is not kept. */
export async function createWebhook(
  db: Db,
  owner: { workflowId: string; organizationId: string },
  session: ClientSession,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const now = new Date();
  const row: WebhookDocument = {
    _id: owner.workflowId,
    organizationId: owner.organizationId,
    secrets: [{ hash: hashSecret(secret), createdAt: now }],
    methods: ['POST'],
    lastUsedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await webhooksOf(db).insertOne(row, { session });
  return secret;
}

/** Finds the webhook of a secret that is still taken. */
export async function findWebhookBySecret(db: Db, secret: string): Promise<WebhookDocument | null> {
  const hash = hashSecret(secret);
  const webhook = await webhooksOf(db).findOne({ 'secrets.hash': hash });
  const found = webhook?.secrets.find((item) => item.hash === hash);
  return found && (!found.expiresAt || found.expiresAt > new Date()) ? webhook : null;
}
