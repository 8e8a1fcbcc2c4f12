import type { ClientSession, Collection, Db } from 'mongodb';
import type { CollectionIndexes } from '../mongo/indexes.ts';

/** States of a workflow. */
export const workflowStatuses = ['draft', 'active', 'paused', 'archived'] as const;
export type WorkflowStatus = (typeof workflowStatuses)[number];

/** A workflow; its definitions are its versions. */
export interface WorkflowDocument {
  _id: string;
  organizationId: string;
  name: string;
  description: string;
  /** Who keeps it as a file: the source of the deployment that made it. */
  source?: string;
  status: WorkflowStatus;
  /** Number of the newest version. */
  latestVersion: number;
  /** Number of the version that webhooks run; `null` before the first publish. */
  liveVersion: number | null;
  /** Type of the live version's trigger; only a `webhook` takes requests. */
  liveTrigger?: string;
  /** Scopes of the live version's flow control. */
  liveScopes?: string[];
  /** Requests that were held until then are to be accepted. */
  releaseHeldUntil?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const workflowIndexes: CollectionIndexes = {
  collection: 'workflows',
  indexes: [
    { key: { organizationId: 1, createdAt: -1, _id: -1 } },
    { key: { releaseHeldUntil: 1 }, sparse: true },
    { key: { organizationId: 1, liveScopes: 1 } },
  ],
};

/** The collection of workflows. */
export function workflowsOf(db: Db): Collection<WorkflowDocument> {
  return db.collection<WorkflowDocument>('workflows');
}

/** Finds a workflow of an organization. */
export async function findWorkflow(
  db: Db,
  organizationId: string,
  id: string,
  session?: ClientSession,
): Promise<WorkflowDocument | null> {
  return workflowsOf(db).findOne({ _id: id, organizationId }, session ? { session } : {});
}

/** Returns those of the ids that are of no workflow of the organization. */
export async function unknownWorkflows(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await workflowsOf(db)
    .find({ _id: { $in: [...ids] }, organizationId }, { projection: { _id: 1 } })
    .toArray();
  const known = new Set(rows.map((row) => row._id));
  return ids.filter((id) => !known.has(id));
}

/** Most workflows that a search by name takes. */
const maxNamed = 1_000;

/** Returns the ids of workflows, archived ones too, whose name holds a text. */
export async function findNamedWorkflows(db: Db, organizationId: string, text: string): Promise<string[]> {
  const rows = await workflowsOf(db)
    .find({ organizationId, ...namedLike(text) }, { projection: { _id: 1 } })
    .limit(maxNamed)
    .toArray();
  return rows.map((row) => row._id);
}

/** The filter for names that hold a text, in any case. */
export function namedLike(text: string): { name: { $regex: string; $options: string } } {
  return { name: { $regex: text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), $options: 'i' } };
}

/** Whether a live workflow of the organization shares its count under this name. */
export async function isScope(db: Db, organizationId: string, scope: string): Promise<boolean> {
  const found = await workflowsOf(db).findOne(
    { organizationId, liveScopes: scope, status: { $ne: 'archived' } },
    { projection: { _id: 1 } },
  );
  return found !== null;
}
