import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { appendIdOf, appendRange, appendsOf } from './appends.ts';

/** How long the place of an erased run stays behind its key's window, in milliseconds. */
export const erasedForMs = 24 * 60 * 60 * 1_000;

/** Erases the log of a run. While its first append holds a dedupe key, its place stays, with nothing of the run in it. */
export async function eraseAppends(db: Db, runId: string): Promise<void> {
  await appendsOf(db).deleteMany({ _id: appendRange(runId, 2) });
  const first = appendIdOf(runId, 1);
  const isHeld = { 'dedupe.expiresAt': { $gt: currentTime() } };
  const nothing = { to: 0, types: [], heads: '[]', events: '', counts: { $literal: {} } };
  await appendsOf(db).updateOne({ _id: first, ...isHeld }, [
    { $set: { ...nothing, expiresAt: { $add: ['$dedupe.expiresAt', erasedForMs] } } },
    { $unset: 'request' },
  ]);
  await appendsOf(db).deleteOne({ _id: first, to: { $gt: 0 }, $nor: [isHeld] });
}
