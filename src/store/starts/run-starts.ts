import type { Db } from 'mongodb';
import { groupCalls } from '../mongo/group-calls.ts';
import { runsOf } from '../log/runs.ts';
import type { RunDocument } from '../log/runs.ts';

const members = [
  ...(['organizationId', 'workflowId', 'workflowVersion', 'versionId'] as const),
  ...(['status', 'trigger', 'startConfirmed', 'rerunOf', 'parentRunId', 'createdAt'] as const),
];
const projection = Object.fromEntries(members.map((name) => [name, 1]));

/** What the start of a run in Temporal needs. */
export type RunToStart = Pick<RunDocument, '_id' | (typeof members)[number]>;

/** What the starts of one process read and write. */
export interface RunStarts {
  find(runId: string): Promise<RunToStart | undefined>;
  /** Marks a run as started in Temporal. */
  confirm(runId: string): Promise<unknown>;
}

/** Reads and marks the runs that start at once together. */
export function createRunStarts(db: Db): RunStarts {
  return {
    find: groupCalls(async (ids: readonly string[]) => {
      const filter = { _id: { $in: [...ids] } };
      const rows = await runsOf(db).find<RunToStart>(filter, { projection }).toArray();
      const byId = new Map(rows.map((row) => [row._id, row]));
      return ids.map((id) => byId.get(id));
    }),
    confirm: groupCalls(async (ids: readonly string[]) => {
      await runsOf(db).updateMany({ _id: { $in: [...ids] } }, { $set: { startConfirmed: true } });
      return ids;
    }),
  };
}
