import type { Db } from 'mongodb';
import { appendsOf, createAppend, eventsIn } from '../../src/store/log/appends.ts';
import type { AppendDocument } from '../../src/store/log/appends.ts';
import type { EventDocument } from '../../src/store/log/events.ts';

/** Reads the events of a whole database, run by run in order. */
export async function readEvents(
  db: Db,
  isWanted: (event: EventDocument) => boolean = () => true,
): Promise<EventDocument[]> {
  const appends = await appendsOf(db).find().sort({ _id: 1 }).toArray();
  return appends.flatMap(eventsIn).filter(isWanted);
}

/** How many runs have begun, whatever their records say yet. */
export function countRuns(db: Db, workflowId: string): Promise<number> {
  return appendsOf(db).countDocuments({ workflowId, from: 1 });
}

/** The append of one event that a test makes up. */
export function appendOf(event: Partial<EventDocument>): AppendDocument {
  const { recordedAt = new Date(), body = '{}' } = event;
  const whole = {
    runId: 'run_1',
    sequence: 1,
    type: 'node.log',
    ...event,
    recordedAt,
    body,
  } as EventDocument;
  return createAppend([whole], { recordedAt, counts: {} });
}
