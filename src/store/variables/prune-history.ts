/** Keeps the history of a variable from growing without bound. */
import type { Db } from 'mongodb';
import { currentMs } from '../../clock.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import { runsOf } from '../log/runs.ts';
import { variableChangesOf } from './variables.ts';
import type { VariableChangeDocument } from './variables.ts';

/** Changes that are kept at least. */
export const keptChanges = 1_000;
/** After every so many changes older ones are deleted. */
export const pruneEvery = 100;
const prunedAtOnce = 2_000;
/** A run without a record may be one that has just begun, in milliseconds. */
const youngMs = 60 * 60 * 1_000;

/**
 * Deletes the changes before the newest ones. That of a run which has not ended stays: by it a node that is repeated
 * finds what it has done.
 * @param version the newest version
 */
export async function pruneHistory(
  db: Db,
  { organizationId, name, version }: { organizationId: string; name: string; version: number },
): Promise<void> {
  const rows = await variableChangesOf(db)
    .find({ organizationId, name, version: { $lte: version - keptChanges } })
    .project<Pick<VariableChangeDocument, '_id' | 'by' | 'createdAt'>>({ by: 1, createdAt: 1 })
    .sort({ version: 1 })
    .limit(prunedAtOnce)
    .toArray();
  const runIds = rows.flatMap(({ by }) => ('runId' in by ? [by.runId] : []));
  const runs = await runsOf(db)
    .find({ _id: { $in: runIds } }, { projection: { status: 1 } })
    .toArray();
  const statuses = new Map(runs.map(({ _id, status }) => [_id, status]));
  const over = rows.filter(({ by, createdAt }) => {
    if (!('runId' in by)) return true;
    const status = statuses.get(by.runId);
    return status === undefined ? createdAt.getTime() < currentMs() - youngMs : isFinalRunStatus(status);
  });
  await variableChangesOf(db).deleteMany({ _id: { $in: over.map(({ _id }) => _id) } });
}
