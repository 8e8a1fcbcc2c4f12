import type { Collection, Db } from 'mongodb';
import type { CollectionIndexes } from './indexes.ts';

/** The owner of every record. */
export interface OrganizationDocument {
  _id: string;
  name: string;
  createdAt: Date;
}

export const organizationIndexes: CollectionIndexes = {
  collection: 'organizations',
  indexes: [{ key: { createdAt: 1 } }],
};

/** The collection of organizations. */
export function organizationsOf(db: Db): Collection<OrganizationDocument> {
  return db.collection<OrganizationDocument>('organizations');
}
