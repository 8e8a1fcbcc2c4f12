/** What is running while a test fails, for its report. */
import type { Db } from 'mongodb';

/** Describes each deployment that runs now. */
export const live = new Set<() => Promise<string>>();

const lines = 15;

/** Returns the last failed runs of a deployment with their errors, and the last lines of its logs. */
export async function describeState(db: Db, outputs: readonly string[]): Promise<string> {
  const failed = await db
    .collection<{ _id: string; error?: unknown }>('runs')
    .find({ status: 'failure' })
    .sort({ createdAt: -1 })
    .limit(3)
    .toArray();
  return [
    ...failed.map(({ _id, error }) => `run ${_id} failed: ${JSON.stringify(error)}`),
    ...outputs.map((output) => output.trimEnd().split('\n').slice(-lines).join('\n')),
  ].join('\n');
}
