import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Binary } from 'mongodb';
import type { Collection, Db } from 'mongodb';
import type { CollectionIndexes } from './indexes.ts';

const zip = promisify(gzip);

/** A row of the inbox: a request that came in on a webhook URL. */
export interface WebhookEventDocument {
  _id: string;
  organizationId: string;
  workflowId: string;
  status: 'accepted' | 'duplicate' | 'rejected' | 'handshake';
  /** Why it was rejected. */
  reason?: string;
  method: string;
  /** Lower case; credentials are redacted. */
  headers: Record<string, string>;
  query: string;
  contentType: string | null;
  sizeBytes: number;
  /** The bytes as sent, compressed. */
  body: Binary;
  dedupeKey?: string;
  runIds: string[];
  receivedAt: Date;
}

export const webhookEventIndexes: CollectionIndexes = {
  collection: 'webhookEvents',
  indexes: [
    { key: { organizationId: 1, receivedAt: -1, _id: -1 } },
    { key: { workflowId: 1, receivedAt: -1, _id: -1 } },
  ],
};

/** The inbox. */
export function webhookEventsOf(db: Db): Collection<WebhookEventDocument> {
  return db.collection<WebhookEventDocument>('webhookEvents');
}

/** Compresses a body for its row. */
export async function packBody(bytes: Buffer): Promise<Binary> {
  return new Binary(await zip(bytes, { level: 1 }));
}
