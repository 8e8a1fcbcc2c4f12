import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Json } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import { inTransaction } from '../mongo/database.ts';
import { deriveId } from '../mongo/ids.ts';
import { isDuplicateKey, repeatTransaction } from '../mongo/repeat-transaction.ts';
import { pruneEvery, pruneHistory } from './prune-history.ts';
import { present, variableChangesOf, variablesOf } from './variables.ts';
import type { ChangedBy, Variable, VariableChangeDocument, VariableDocument } from './variables.ts';

/** Largest value, in bytes of compact JSON. Source: the contract, variables. */
export const variableLimitBytes = 64 * 1024;

/** What is to become of a variable. */
export type VariableChange = { value: Json } | { increment: number } | { isDeleted: true };

/** Whose variable is changed, by whom, and perhaps from which version (0: from none). */
export interface ChangingVariable {
  organizationId: string;
  name: string;
  change: VariableChange;
  by: ChangedBy;
  version?: number | undefined;
}

/**
 * Changes a variable and notes the change in its history. An execution changes it once: repeated, what it did is returned.
 * @throws AppError version-mismatch for a stale version, not-a-number, payload-too-large, not-found when there is none to delete
 */
export async function changeVariable(
  { mongo, db }: { mongo: MongoClient; db: Db },
  changing: ChangingVariable,
): Promise<Variable> {
  const changed = await inTransaction(mongo, (session) => changeInSession(db, session, changing));
  // The change is made: what is left to delete is deleted after a later one.
  if (changed.version % pruneEvery === 0)
    await pruneHistory(db, { ...changing, version: changed.version }).catch(() => undefined);
  return changed;
}

async function changeInSession(
  db: Db,
  session: ClientSession,
  changing: ChangingVariable,
): Promise<Variable> {
  const { organizationId, name, change, by, version } = changing;
  const done = 'executionId' in by ? await findChange(db, session, changeIdOf(changing, 0)) : null;
  if (done) return present({ ...done, updatedAt: done.createdAt });
  const before = await variablesOf(db).findOne({ organizationId, name }, { session });
  assertVersion(before, version);
  const value = nextValue(before, changing);
  const next = (before?.version ?? 0) + 1;
  const now = currentTime();
  const row = { organizationId, name, value, version: next };
  const { upsertedCount, modifiedCount } = await variablesOf(db)
    .updateOne(
      { _id: deriveId('var', organizationId, name), version: before?.version ?? 0 },
      { $set: { ...row, updatedAt: now } },
      { session, upsert: before === null },
    )
    .catch((error: unknown) => {
      throw isDuplicateKey(error) ? repeatTransaction(error) : error;
    });
  if (upsertedCount + modifiedCount !== 1) throw repeatTransaction(undefined);
  await variableChangesOf(db).insertOne(
    { _id: changeIdOf(changing, next), ...row, by, createdAt: now },
    { session },
  );
  return 'isDeleted' in change
    ? { name, value: null, version: next, updatedAt: now }
    : present({ ...row, updatedAt: now });
}

function changeIdOf({ organizationId, name, by }: ChangingVariable, version: number): string {
  return 'executionId' in by
    ? deriveId('vch', by.executionId)
    : deriveId('vch', organizationId, name, String(version));
}

function findChange(db: Db, session: ClientSession, id: string): Promise<VariableChangeDocument | null> {
  return variableChangesOf(db).findOne({ _id: id }, { session });
}

function assertVersion(before: VariableDocument | null, version: number | undefined): void {
  const current = before === null || before.value === null ? 0 : before.version;
  if (version === undefined || version === current) return;
  const is = current === 0 ? 'there is none' : `version ${current} is current`;
  throw new AppError('version-mismatch', `version: expected ${version}, but ${is}; read it again.`);
}

/** The value after a change, as JSON text; `null`: none. */
function nextValue(before: VariableDocument | null, { change, name }: ChangingVariable): string | null {
  if ('isDeleted' in change) {
    if (before === null || before.value === null)
      throw new AppError('not-found', `No variable is called ${name}.`);
    return null;
  }
  const text = JSON.stringify('value' in change ? change.value : incremented(before, name, change.increment));
  const bytes = Buffer.byteLength(text);
  if (bytes > variableLimitBytes)
    throw new AppError(
      'payload-too-large',
      `value: expected at most ${variableLimitBytes} bytes of JSON; came ${bytes}`,
    );
  return text;
}

function incremented(before: VariableDocument | null, name: string, by: number): number {
  const value: unknown = before === null || before.value === null ? 0 : JSON.parse(before.value);
  if (typeof value !== 'number')
    throw new AppError('not-a-number', `increment: expected ${name} to be a number; it is ${kindOf(value)}.`);
  const sum = value + by;
  if (!Number.isFinite(sum))
    throw new AppError('not-a-number', `increment: ${name} would be no finite number.`);
  return sum;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}
