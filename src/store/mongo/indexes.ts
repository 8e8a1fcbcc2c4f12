import type { IndexDescription } from 'mongodb';

/** The indexes of one collection; kept beside its queries. */
export interface CollectionIndexes {
  collection: string;
  indexes: IndexDescription[];
}
