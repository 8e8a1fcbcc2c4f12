import type { Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { createId } from '../mongo/ids.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';

/** One change that was asked for over the API. It holds no body: secrets come in bodies. */
export interface AuditDocument {
  _id: string;
  organizationId: string;
  keyId: string;
  /** Method and path of the route, as in OpenAPI. */
  action: string;
  /** The path that was called. */
  resource: string;
  /** HTTP status of the answer; `null` while it is under way, and for good when the process died before it was known. */
  status: number | null;
  requestId: string;
  remoteAddress: string;
  createdAt: Date;
}

/** How long audit rows are kept, in seconds: a year. */
const keptSeconds = 366 * 24 * 60 * 60;

export const auditIndexes: CollectionIndexes = {
  collection: 'audit',
  indexes: [
    { key: { organizationId: 1, createdAt: -1, _id: -1 } },
    { key: { createdAt: 1 }, expireAfterSeconds: keptSeconds },
  ],
};

/** The collection of audit rows. */
function auditOf(db: Db): Collection<AuditDocument> {
  return db.collection<AuditDocument>('audit');
}

/** Notes what is asked for, before it is done; answers the row's id. */
export async function beginAudit(
  db: Db,
  row: Omit<AuditDocument, '_id' | 'status' | 'createdAt'>,
): Promise<string> {
  const _id = createId('aud');
  await auditOf(db).insertOne({ _id, ...row, status: null, createdAt: currentTime() });
  return _id;
}

/** Notes what came of it. */
export async function endAudit(db: Db, id: string, status: number): Promise<void> {
  await auditOf(db).updateOne({ _id: id }, { $set: { status } });
}

/** What a list of audit rows may be narrowed to. */
export interface AuditFilter {
  keyId?: string | undefined;
  action?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
}

/** Lists audit rows, newest first. */
export async function listAudit(
  db: Db,
  organizationId: string,
  { keyId, action, since, until }: AuditFilter,
  page: NewestFirst,
): Promise<AuditDocument[]> {
  return auditOf(db)
    .find({
      organizationId,
      ...(keyId ? { keyId } : {}),
      ...(action ? { action } : {}),
      $and: [
        since ? { createdAt: { $gte: since } } : {},
        until ? { createdAt: { $lt: until } } : {},
        behind(page),
      ],
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}
