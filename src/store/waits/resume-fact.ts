import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Fact } from '../../engine/log/facts.ts';
import { nodeIdOf } from '../../engine/log/path.ts';
import { resumedKey } from '../../engine/log/record-fact.ts';
import { recordValue } from '../log/payloads.ts';
import type { Resume } from './resume.ts';
import { resumable } from './resumed-paths.ts';

/** A wait of a run, by its event or its record. */
export interface WaitToResume {
  runId: string;
  organizationId: string;
  path: string;
}

/** The fact that a wait goes on with data. A large value is stored at once. */
export async function resumeFact(
  db: Db,
  { runId, organizationId, path }: WaitToResume,
  given: Resume,
): Promise<Fact> {
  const { data, eventId, answeredBy } = given;
  return {
    kind: 'event',
    key: resumedKey(path),
    type: 'node.resumed',
    at: currentTime().toISOString(),
    node: { path, nodeId: nodeIdOf(path), nodeType: resumable },
    data: {
      outcome: 'resumed',
      ...(eventId === undefined ? {} : { webhookEventId: eventId }),
      ...(answeredBy === undefined ? {} : { answeredBy: { ...answeredBy } }),
    },
    values: { data: await recordValue(db, { runId, organizationId }, data) },
  };
}
