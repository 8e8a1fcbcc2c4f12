import { createHash } from 'node:crypto';
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { canonicalJson } from '../../engine/json/canonical-json.ts';
import type { Json } from '../../engine/json/json.ts';
import type { Definition } from '../../engine/definition/definition.ts';
import type { CompiledGraph } from '../../engine/definition/graph.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { deriveId } from '../mongo/ids.ts';

/** An immutable version. Definition and graph are kept as JSON text: user JSON may be deeper and odder than BSON allows. */
export interface VersionDocument {
  _id: string;
  organizationId: string;
  workflowId: string;
  workflowName: string;
  number: number;
  /** SHA-256 of the normalised definition, hex. */
  contentHash: string;
  definition: string;
  graph: string;
  createdAt: Date;
}

/** A version with its parts parsed. */
export interface WorkflowVersion extends Omit<VersionDocument, 'definition' | 'graph'> {
  definition: Definition;
  graph: CompiledGraph;
}

export const versionIndexes: CollectionIndexes = {
  collection: 'workflowVersions',
  indexes: [{ key: { workflowId: 1, number: -1 }, unique: true }],
};

/** The collection of versions. */
export function versionsOf(db: Db): Collection<VersionDocument> {
  return db.collection<VersionDocument>('workflowVersions');
}

/** The id of a workflow's version. */
export function versionIdOf(workflowId: string, number: number): string {
  return deriveId('wfv', workflowId, String(number));
}

/** The content hash of a definition, whatever the order of its names. */
export function hashDefinition(definition: Definition): string {
  return createHash('sha256')
    .update(canonicalJson(definition as unknown as Json))
    .digest('hex');
}

/** Stores a version. */
export async function insertVersion(
  db: Db,
  version: {
    organizationId: string;
    workflowId: string;
    workflowName: string;
    number: number;
    definition: Definition;
    graph: CompiledGraph;
  },
  session: ClientSession,
): Promise<void> {
  const { definition, graph } = version;
  await versionsOf(db).insertOne(
    {
      ...version,
      _id: versionIdOf(version.workflowId, version.number),
      contentHash: hashDefinition(definition),
      definition: JSON.stringify(definition),
      graph: JSON.stringify(graph),
      createdAt: currentTime(),
    },
    { session },
  );
}

/** Reads a version by its id. */
export async function findVersion(db: Db, versionId: string): Promise<WorkflowVersion | null> {
  return parse(await versionsOf(db).findOne({ _id: versionId }));
}

/** Reads a version that a record names. @throws Error when it is missing */
export async function loadVersion(db: Db, versionId: string): Promise<WorkflowVersion> {
  const version = await findVersion(db, versionId);
  if (!version) throw new Error(`the version ${versionId} is missing`);
  return version;
}

/** Reads a version by its number. */
export async function findVersionNumber(
  db: Db,
  workflowId: string,
  number: number,
): Promise<WorkflowVersion | null> {
  return findVersion(db, versionIdOf(workflowId, number));
}

/** Lists versions, newest first, without their content. */
export async function listVersions(
  db: Db,
  workflowId: string,
  page: { limit: number; before?: number | undefined },
): Promise<Omit<VersionDocument, 'definition' | 'graph'>[]> {
  const rest = page.before === undefined ? {} : { number: { $lt: page.before } };
  return versionsOf(db)
    .find({ workflowId, ...rest }, { projection: { definition: 0, graph: 0 } })
    .sort({ number: -1 })
    .limit(page.limit)
    .toArray();
}

function parse(row: VersionDocument | null): WorkflowVersion | null {
  if (!row) return null;
  return {
    ...row,
    definition: JSON.parse(row.definition) as Definition,
    graph: JSON.parse(row.graph) as CompiledGraph,
  };
}
