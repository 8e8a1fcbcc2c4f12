import type { Collection, Db } from 'mongodb';
import type { Json } from '../../engine/json/json.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';

/** A variable of an organization as it is now. One that was deleted stays as a row, so that its versions go on. */
export interface VariableDocument {
  _id: string;
  organizationId: string;
  name: string;
  /** JSON text; `null`: deleted. */
  value: string | null;
  /** 1, 2, … over all changes. */
  version: number;
  updatedAt: Date;
}

/** Who changed a variable: a key, or a node's execution. */
export type ChangedBy = { keyId: string } | { runId: string; path: string; executionId: string };

/** One change of a variable. Of an execution there is one at most: its id is derived from it. */
export interface VariableChangeDocument {
  _id: string;
  organizationId: string;
  name: string;
  version: number;
  value: string | null;
  by: ChangedBy;
  createdAt: Date;
}

export const variableIndexes: CollectionIndexes = {
  collection: 'variables',
  indexes: [{ key: { organizationId: 1, name: 1 }, unique: true }],
};
export const variableChangeIndexes: CollectionIndexes = {
  collection: 'variableChanges',
  indexes: [{ key: { organizationId: 1, name: 1, version: -1 }, unique: true }],
};

/** The collection of variables. */
export function variablesOf(db: Db): Collection<VariableDocument> {
  return db.collection<VariableDocument>('variables');
}

/** The collection of their changes. */
export function variableChangesOf(db: Db): Collection<VariableChangeDocument> {
  return db.collection<VariableChangeDocument>('variableChanges');
}

/** A variable with its value parsed. */
export interface Variable {
  name: string;
  value: Json;
  version: number;
  updatedAt: Date;
}

/** A row as it is returned. */
export function present({
  name,
  value,
  version,
  updatedAt,
}: Pick<VariableDocument, keyof Variable>): Variable {
  return { name, value: JSON.parse(value ?? 'null') as Json, version, updatedAt };
}

/** Reads a variable; `null` when there is none. */
export async function findVariable(db: Db, organizationId: string, name: string): Promise<Variable | null> {
  const row = await variablesOf(db).findOne({ organizationId, name, value: { $ne: null } });
  return row && present(row);
}

/** Reads the values of some variables at one time, by name; those that do not exist are left out. */
export async function readVariables(
  db: Db,
  organizationId: string,
  names: readonly string[],
): Promise<Record<string, Json>> {
  const rows = await variablesOf(db)
    .find({ organizationId, name: { $in: [...names] }, value: { $ne: null } })
    .toArray();
  return Object.fromEntries(rows.map((row) => [row.name, present(row).value]));
}

/** Lists variables by name; `after` is the last name of the page before. */
export async function listVariables(
  db: Db,
  organizationId: string,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Variable[]> {
  const rest = after === undefined ? {} : { name: { $gt: after } };
  const rows = await variablesOf(db)
    .find({ organizationId, value: { $ne: null }, ...rest })
    .sort({ name: 1 })
    .limit(limit)
    .toArray();
  return rows.map(present);
}

/** Lists the changes of a variable, newest first; `before` is the last version of the page before. */
export async function listVariableChanges(
  db: Db,
  { organizationId, name }: { organizationId: string; name: string },
  { limit, before }: { limit: number; before?: number | undefined },
): Promise<VariableChangeDocument[]> {
  const rest = before === undefined ? {} : { version: { $lt: before } };
  return variableChangesOf(db)
    .find({ organizationId, name, ...rest })
    .sort({ version: -1 })
    .limit(limit)
    .toArray();
}
