import { promisify } from 'node:util';
import { gunzip, gzip, gzipSync } from 'node:zlib';
import { Binary } from 'mongodb';
import type { ClientSession, Collection, Db } from 'mongodb';
import type { WebhookAction } from '../starts/accepted-webhook.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/**
 * States of a row of the inbox. `held`: it waits for its paused workflow, and is then `released` or `discarded`; `sample`:
 * it came to a workflow that was never published.
 */
export const webhookEventStatuses = [
  ...(['accepted', 'duplicate', 'rejected', 'handshake'] as const),
  ...(['held', 'released', 'discarded', 'sample'] as const),
];
export type WebhookEventStatus = (typeof webhookEventStatuses)[number];

/** A row of the inbox: a request that came in on a webhook URL. */
export interface WebhookEventDocument {
  _id: string;
  organizationId: string;
  workflowId: string;
  status: WebhookEventStatus;
  /** What an accepted request did. */
  action?: WebhookAction;
  /** Why it was rejected (an error code), which handshake it was, or why it started nothing. */
  reason?: string;
  /** The reason for people. */
  detail?: string;
  method: string;
  /** Lower case; credentials are redacted. */
  headers: Record<string, string>;
  /** Of a rejected request: the credentials themselves, sealed, so that it can be verified again. */
  sealedHeaders?: string;
  query: string;
  contentType: string | null;
  remoteAddress?: string;
  /** Bytes that came in; of a body that is too large, those that were read. */
  sizeBytes: number;
  /** The bytes as sent, compressed; empty when they were not read or were too many. */
  body: Binary;
  dedupeKey?: string;
  /** The key by which it resumes waits. */
  correlationKey?: string;
  /** The row whose request this one repeats. */
  replayOf?: string;
  runIds: string[];
  receivedAt: Date;
}

/** A row without its body. */
export type WebhookEventHead = Omit<WebhookEventDocument, 'body'>;

export const webhookEventIndexes: CollectionIndexes = {
  collection: 'webhookEvents',
  indexes: [
    { key: { organizationId: 1, receivedAt: -1, _id: -1 } },
    { key: { workflowId: 1, receivedAt: -1, _id: -1 } },
    { key: { receivedAt: 1, _id: 1 } },
    { key: { workflowId: 1, receivedAt: 1, _id: 1 }, partialFilterExpression: { status: 'held' } },
    ...(['dedupeKey', 'correlationKey'] as const).map((name) => ({
      key: { organizationId: 1, [name]: 1, receivedAt: -1 } as const,
      partialFilterExpression: { [name]: { $exists: true } },
    })),
  ],
};

/** The inbox. */
export function webhookEventsOf(db: Db): Collection<WebhookEventDocument> {
  return db.collection<WebhookEventDocument>('webhookEvents');
}

/** Lists a request in the inbox, in a transaction if one is given. */
export async function insertWebhookEvent(
  db: Db,
  row: WebhookEventDocument,
  session?: ClientSession,
): Promise<void> {
  await webhookEventsOf(db).insertOne(row, session ? { session } : {});
}

/** Up to this many bytes are compressed at once: handing them to another thread and back takes longer. */
const smallBytes = 4 * 1024;
/** A window and tables of the size of such a body: making the usual ones takes longer than what they are for. */
const small = { level: 1, windowBits: 12, memLevel: 5, chunkSize: smallBytes };

/** Compresses a body for its row. */
export async function packBody(bytes: Uint8Array): Promise<Binary> {
  return new Binary(bytes.length <= smallBytes ? gzipSync(bytes, small) : await zip(bytes, { level: 1 }));
}

/** The bytes of a row's body, as they were sent. */
export async function unpackBody(body: Binary): Promise<Buffer> {
  return unzip(body.buffer);
}
