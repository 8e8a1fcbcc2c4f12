import assert from 'node:assert/strict';
import type { Db } from 'mongodb';
import { catalogEntry } from '../../src/engine/event-catalog.ts';
import { readRunLog } from '../../src/store/events.ts';
import type { EventDocument } from '../../src/store/events.ts';

/** Asserts that an ended run's log is gap-free, ends once, and has one final event per execution; answers the log. */
export async function checkLog(db: Db, runId: string): Promise<EventDocument[]> {
  const events = await readRunLog(db, runId, { limit: 100_000 });
  assert.deepEqual(
    events.map((event) => event.sequence),
    events.map((_, index) => index + 1),
    `the log of ${runId} has a gap or a duplicate`,
  );
  const ends = events.filter((event) => event.type.startsWith('run.') && catalogEntry(event.type).final);
  assert.equal(ends.length, 1, `run ${runId} has ${ends.length} ends`);
  assert.equal(events.at(-1), ends[0], `something follows the end of ${runId}`);
  const finals = new Map<string, number>();
  for (const event of events.filter((item) => item.path !== undefined)) {
    const path = event.path as string;
    finals.set(path, (finals.get(path) ?? 0) + (catalogEntry(event.type).final ? 1 : 0));
  }
  for (const [path, count] of finals) assert.equal(count, 1, `${path} of ${runId} has ${count} final events`);
  return events;
}
