/** The part of an append that is about waits: what resumed them before they began, and who must be told. */
import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { Fact, RecordedValue } from '../../engine/log/facts.ts';
import type { Asked } from '../../engine/definition/form.schema.ts';
import type { AppendState } from '../log/append-state.ts';
import { correlationIdOf, useCorrelations } from './correlations.ts';
import type { EventDocument } from '../log/events.ts';
import { envelopeOf } from '../log/events.ts';
import { takeKeptResume } from './kept-resumes.ts';
import type { Resume } from './resume.ts';
import { loadValue, recordValue } from '../log/payloads.ts';
import { runsOf } from '../log/runs.ts';

/** Waits of nodes of this type can be resumed. */
const resumable = 'wait';

/** Returns the resumes of waits that begin in this append and were resumed before. */
export async function resumeEarly(db: Db, session: ClientSession, state: AppendState): Promise<Fact[]> {
  const begun = state.events.filter((event) => isOf(event, 'node.waiting') && isOpen(event, state));
  const keys = begun.flatMap((event) => correlationOf(event) ?? []);
  await useCorrelations(db, session, keys);
  const facts: Fact[] = [];
  for (const event of begun) {
    const kept = await takeKeptResume(db, session, {
      runId: event.runId,
      targets: [event.executionId ?? '', ...(correlationOf(event) ?? [])],
      asked: await askedOf(db, state, event),
    });
    if (kept) facts.push(await resumeFact(db, { ...event, path: event.path ?? '' }, kept));
  }
  return facts;
}

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
    key: `node/${path}/resumed`,
    type: 'node.resumed',
    at: currentTime().toISOString(),
    node: { path, nodeId: path.slice(path.lastIndexOf('/') + 1), nodeType: resumable },
    data: {
      outcome: 'resumed',
      ...(eventId === undefined ? {} : { webhookEventId: eventId }),
      ...(answeredBy === undefined ? {} : { answeredBy: { ...answeredBy } }),
    },
    values: { data: await recordValue(db, { runId, organizationId }, data) },
  };
}

/** Keeps with the run which of its waits were resumed, until the relay has told the workflow. */
export async function noteResumed(db: Db, session: ClientSession, state: AppendState): Promise<boolean> {
  const paths = state.events
    .filter((event) => isOf(event, 'node.resumed') && envelopeOf(event).data['outcome'] === 'resumed')
    .map((event) => event.path ?? '');
  if (paths.length === 0) return false;
  await runsOf(db).updateOne(
    { _id: state.runId },
    { $addToSet: { resumeRequests: { $each: paths } } },
    { session },
  );
  return true;
}

function isOf(event: EventDocument, type: EventDocument['type']): boolean {
  return event.type === type && envelopeOf(event).data['nodeType'] === resumable;
}

/** One append may hold the wait's end as well. */
function isOpen({ path = '' }: EventDocument, { executions, run }: AppendState): boolean {
  return executions.get(path)?.status === 'waiting' && run !== undefined && !isFinalRunStatus(run.status);
}

function correlationOf(event: EventDocument): string[] | undefined {
  const { key } = envelopeOf(event).data;
  return typeof key === 'string' ? [correlationIdOf(event.workflowId, key)] : undefined;
}

async function askedOf(db: Db, state: AppendState, event: EventDocument): Promise<Asked> {
  const input: RecordedValue | undefined = state.executions.get(event.path ?? '')?.input;
  return (await loadValue(db, event.runId, input)) as Asked;
}
