import type { ChangeStream, ChangeStreamInsertDocument, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { isOutage } from '../mongo/database.ts';
import { appendsOf, eventsIn, withoutRequests } from './appends.ts';
import type { AppendDocument } from './appends.ts';
import type { EventDocument } from './events.ts';
import { positionOf, positionsIn } from '../live/stream-position.ts';
import type { StreamPosition } from '../live/stream-position.ts';

/** What a catch-up is about. */
export interface CatchUp {
  organizationId: string;
  after: StreamPosition;
  signal: AbortSignal;
  /** Is waited for: the reader sets the pace. `false`: it is too slow, and comes again when it has room. */
  onEvent: (event: EventDocument, position: StreamPosition) => Promise<boolean>;
  /** Asked where everything before the position has been told; `true` ends the catch-up at that very moment. */
  hasMet: (position: StreamPosition) => boolean;
}

/** How a catch-up ended. `paused`: its reader was too slow. */
export type CaughtUp = 'met' | 'lost' | 'aborted' | 'paused';

/** How long the server holds a question for news: the catch-up is about what is there already. */
const awaitMs = 50;

/**
 * Reads an organization's events after a position, by a short-lived change stream, until it meets the live one.
 * Returns `lost` when the database no longer knows the position.
 * @throws Error on an outage: going on from the last position loses nothing
 */
export async function readSince(db: Db, given: CatchUp): Promise<CaughtUp> {
  const match = { operationType: 'insert', 'fullDocument.organizationId': given.organizationId };
  const stream = appendsOf(db).watch([{ $match: match }, withoutRequests], {
    resumeAfter: given.after.token,
    maxAwaitTimeMS: awaitMs,
  });
  try {
    return await follow(stream, given);
  } catch (error) {
    if (isOutage(error)) throw error;
    // What the server refuses is no token of its own: another database's, or one that somebody made up.
    if ((error as { name?: string }).name === 'MongoServerError') return 'lost';
    throw error;
  } finally {
    await stream.close();
  }
}

async function follow(stream: ChangeStream<AppendDocument>, given: CatchUp): Promise<CaughtUp> {
  let before = given.after;
  while (!given.signal.aborted) {
    const change = (await stream.tryNext()) as ChangeStreamInsertDocument<AppendDocument> | null;
    if (change) {
      const position = positionOf(change._id, currentTime());
      if (!(await tellEvents(given, { append: change.fullDocument, position, before }))) return 'paused';
      before = position;
    } else if (stream.closed) {
      return 'lost';
    } else {
      before = positionOf(stream.resumeToken, currentTime());
      if (given.hasMet(before)) return 'met';
    }
  }
  return 'aborted';
}

/** Returns `false` when the reader is too slow: it goes on from where it is, perhaps inside the append. */
async function tellEvents(
  { onEvent }: CatchUp,
  { append, position, before }: { append: AppendDocument; position: StreamPosition; before: StreamPosition },
): Promise<boolean> {
  const events = eventsIn(append);
  const positions = positionsIn(position, { before, events: events.length });
  for (const [index, event] of events.entries())
    if (!(await onEvent(event, positions[index] ?? position))) return false;
  return true;
}
