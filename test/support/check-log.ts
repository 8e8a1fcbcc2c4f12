import assert from 'node:assert/strict';
import type { Db } from 'mongodb';
import { catalogEntry } from '../../src/engine/log/event-catalog.ts';
import type { EventType } from '../../src/engine/log/event-catalog.ts';
import { eventSchema } from '../../src/engine/log/event.schema.ts';
import { checkRun } from '../../src/store/upkeep/check-run.ts';
import { appendsOf, readRunLog } from '../../src/store/log/appends.ts';
import { envelopeOf } from '../../src/store/log/events.ts';
import type { EventDocument } from '../../src/store/log/events.ts';
import { noteEmitted } from './emitted-types.ts';
import { readEvents } from './read-events.ts';

const schemas = new Map<EventType, ReturnType<typeof eventSchema>>();

/** Asserts that an event is exactly of the shape that is published for its type. */
export function checkShape(event: EventDocument): void {
  const schema = schemas.get(event.type) ?? eventSchema(event.type, { strict: true });
  schemas.set(event.type, schema);
  const parsed = schema.safeParse(envelopeOf(event));
  assert.ok(parsed.success, `${event.type}: ${parsed.error?.message} in ${event.body}`);
}

/** Asserts that every event of a database is of the shape that is published for its type. */
export async function checkShapes(db: Db): Promise<void> {
  for (const event of await readEvents(db)) {
    await noteEmitted(event.type);
    checkShape(event);
  }
}

/**
 * Asserts that everything holds of an ended run: the log is gap-free, ends once, has one final event per execution and
 * published shapes; records are what the log says; no delivery and no value is missing. Returns the log.
 */
export async function checkLog(db: Db, runId: string): Promise<EventDocument[]> {
  const events = await readRunLog(db, runId, { limit: 1_000_000 });
  const { problems } = await checkRun(db, runId);
  assert.deepEqual(problems, [], `run ${runId}`);
  const last = events.at(-1);
  assert.ok(last?.type.startsWith('run.') && catalogEntry(last.type).final, `run ${runId} has not ended`);
  for (const event of events) checkShape(event);
  return events;
}

/** Checks every run of a database; answers their ids. All must have ended. */
export async function checkAllLogs(db: Db): Promise<string[]> {
  const runIds = (await appendsOf(db).find({ from: 1 }).toArray()).map(({ runId }) => runId);
  for (const runId of runIds) await checkLog(db, runId);
  return runIds;
}
