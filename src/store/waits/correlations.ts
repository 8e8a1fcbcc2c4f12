/**
 * Correlation: where the requests of a workflow's webhook and its waits meet, by a key. Whoever looks for the other
 * side writes the key's row in the same transaction: of a request and a wait at once one is repeated and sees the other.
 */
import { createHash } from 'node:crypto';
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { isDuplicateKey, repeatTransaction } from '../mongo/repeat-transaction.ts';

/** A key that was used. It holds nothing: writing it is what orders its users. */
export interface CorrelationDocument {
  _id: string;
  uses: number;
  usedAt: Date;
}

const daySeconds = 24 * 60 * 60;

export const correlationIndexes: CollectionIndexes = {
  collection: 'correlations',
  indexes: [{ key: { usedAt: 1 }, expireAfterSeconds: daySeconds }],
};

function correlationsOf(db: Db): Collection<CorrelationDocument> {
  return db.collection<CorrelationDocument>('correlations');
}

/** The id of a workflow's key. */
export function correlationIdOf(workflowId: string, key: string): string {
  return `${workflowId}:${createHash('sha256').update(key).digest('hex')}`;
}

/** Orders this transaction among all others that use the keys. */
export async function useCorrelations(db: Db, session: ClientSession, ids: readonly string[]): Promise<void> {
  const usedAt = currentTime();
  // In one order everywhere, so that two requests with the same keys do not take turns in failing.
  for (const _id of [...new Set(ids)].sort()) {
    try {
      await correlationsOf(db).updateOne(
        { _id },
        { $inc: { uses: 1 }, $set: { usedAt } },
        { session, upsert: true },
      );
    } catch (error) {
      throw isDuplicateKey(error) ? repeatTransaction(error) : error;
    }
  }
}
