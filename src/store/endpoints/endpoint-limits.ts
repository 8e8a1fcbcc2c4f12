/** The limits of endpoints, once for all worker processes. */
import type { Collection, Db } from 'mongodb';
import { applyLimits, freshLimits } from '../../engine/deliveries/endpoint-limits.ts';
import type { LimitAnswer, LimitRequest, LimitState } from '../../engine/deliveries/endpoint-limits.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { isDuplicateKey } from '../mongo/repeat-transaction.ts';

type LimitDocument = LimitState & { _id: string; version: number };

/** Changes of other processes that one ask meets at most. */
const conflictsBorne = 50;

export const limitIndexes: CollectionIndexes = { collection: 'endpointLimits', indexes: [] };

function limitsOf(db: Db): Collection<LimitDocument> {
  return db.collection<LimitDocument>('endpointLimits');
}

/**
 * Asks for leave to send to an endpoint, in one change of its record. Returns each ask and the permits that the process
 * has now. `request` is made anew when another process was faster.
 */
export async function askLimits(
  db: Db,
  endpointId: string,
  request: () => LimitRequest,
): Promise<{ answers: LimitAnswer[]; permits: number }> {
  for (let tries = 0; tries < conflictsBorne; tries += 1) {
    const found = await limitsOf(db).findOne({ _id: endpointId });
    const asked = request();
    const { state, answers } = applyLimits(found ?? freshLimits, asked);
    if (await write(db, { ...state, _id: endpointId, version: (found?.version ?? 0) + 1 }))
      return { answers, permits: state.leases[asked.processId]?.permits ?? 0 };
  }
  throw new Error(`the limits of endpoint ${endpointId} change too fast`);
}

async function write(db: Db, { _id, version, ...state }: LimitDocument): Promise<boolean> {
  const { nextSendAt, queueUntil, leases } = state;
  const $set = { nextSendAt, queueUntil, leases, version };
  try {
    // Without a record of the version before, the upsert meets the id of the one that is there.
    await limitsOf(db).updateOne({ _id, version: version - 1 }, { $set }, { upsert: true });
    return true;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return false;
  }
}

/** Forgets the limits of a deleted endpoint. */
export async function deleteLimits(db: Db, endpointId: string): Promise<void> {
  await limitsOf(db).deleteOne({ _id: endpointId });
}
