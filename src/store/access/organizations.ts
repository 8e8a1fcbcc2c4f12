import type { ClientSession, Collection, Db } from 'mongodb';
import type { FailureSettings } from '../../engine/definition/definition.ts';
import { currentTime } from '../../clock.ts';
import { createId } from '../mongo/ids.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';

/** The owner of every record. */
export interface OrganizationDocument {
  _id: string;
  name: string;
  /** How often a key was revoked: writing it orders those who revoke at once. */
  revocations?: number;
  /** What failed runs start whose workflow says nothing. */
  onFailure?: FailureSettings;
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

/** Finds an organization. */
export function findOrganization(db: Db, id: string): Promise<OrganizationDocument | null> {
  return organizationsOf(db).findOne({ _id: id });
}

/** Finds the oldest organization; `null` when there is none. */
export function findFirstOrganization(db: Db): Promise<OrganizationDocument | null> {
  return organizationsOf(db).findOne({}, { sort: { createdAt: 1 } });
}

/** Makes an organization, in a transaction if one is given; it has no key yet. */
export async function createOrganization(
  db: Db,
  name: string,
  session?: ClientSession,
): Promise<OrganizationDocument> {
  const organization = { _id: createId('org'), name, createdAt: currentTime() };
  await organizationsOf(db).insertOne(organization, session ? { session } : {});
  return organization;
}

/** Sets what failed runs start whose workflow says nothing; `null`: nothing. */
export async function setOnFailure(
  db: Db,
  organizationId: string,
  onFailure: FailureSettings | null,
): Promise<OrganizationDocument | null> {
  const change = onFailure === null ? { $unset: { onFailure: true as const } } : { $set: { onFailure } };
  return organizationsOf(db).findOneAndUpdate({ _id: organizationId }, change, { returnDocument: 'after' });
}
