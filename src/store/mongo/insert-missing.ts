import { MongoBulkWriteError } from 'mongodb';
import type { Collection, Document, OptionalUnlessRequiredId } from 'mongodb';
import { isDuplicateKey } from './repeat-transaction.ts';

/** Inserts rows whose ids are not there yet; answers those that it inserted. */
export async function insertMissing<Row extends Document>(
  collection: Collection<Row>,
  rows: readonly Row[],
): Promise<Row[]> {
  if (rows.length === 0) return [];
  const there = await ignoringDuplicates(() =>
    collection.insertMany(rows as OptionalUnlessRequiredId<Row>[], { ordered: false }),
  );
  return rows.filter((_, index) => !there.has(index));
}

/**
 * Does an unordered bulk write of which some may find their unique key taken; answers which.
 * @throws what MongoDB throws for any other reason
 */
export async function ignoringDuplicates(write: () => Promise<unknown>): Promise<Set<number>> {
  try {
    await write();
    return new Set();
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
    const errors = [error.writeErrors].flat();
    if (errors.length === 0 || !errors.every(isDuplicateKey)) throw error;
    return new Set(errors.map(({ index }) => index));
  }
}
