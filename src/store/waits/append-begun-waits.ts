/** The append with which waits begin: what resumed them before is looked up and recorded in the same transaction. */
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { Fact, RecordedValue } from '../../engine/log/facts.ts';
import type { Asked } from '../../engine/definition/form.schema.ts';
import { changeOf, insertInSession, openInSession } from '../log/append-in-session.ts';
import { executionWrite } from '../log/carry-out.ts';
import { executionsOf } from '../log/executions.ts';
import type { EventDocument } from '../log/events.ts';
import type { Judgement, Recorded } from '../log/judge-facts.ts';
import { loadValue } from '../log/payloads.ts';
import type { RunChange, RunState } from '../log/run-state.ts';
import { inTransaction } from '../mongo/database.ts';
import { correlationIdOf, useCorrelations } from './correlations.ts';
import { takeKeptResume } from './kept-resumes.ts';
import { resumable } from './resumed-paths.ts';
import { resumeFact } from './resume-fact.ts';

/** What was recorded. */
export interface BegunWaits {
  recorded: Recorded[][];
  state: RunState;
  /** What the run's record does not have in it. */
  change: RunChange | undefined;
}

/** Whether a judgement begins waits that may have been resumed before. */
export function hasBegunWait(judgement: Judgement): boolean {
  return begunIn(judgement).length > 0;
}

/** Appends facts, which are judged anew, and the resumes of the waits that they begin. */
export async function appendBegunWaits(
  { client, db }: { client: MongoClient; db: Db },
  runId: string,
  members: readonly (readonly Fact[])[],
): Promise<BegunWaits> {
  const paths = members.flat().flatMap((fact) => ('node' in fact && fact.node ? [fact.node.path] : []));
  return inTransaction(client, async (session) => {
    const opened = await openInSession(db, session, { runId, paths });
    const { state, judgement } = opened;
    const recorded = members.map((facts) => judgement.take(facts));
    if (judgement.events.length > 0) {
      const begun = begunIn(judgement);
      judgement.take(await resumeEarly(db, session, { judgement, begun }));
      await insertInSession(db, session, [judgement.toAppend()]);
      await writeWaits(db, session, { judgement, begun });
    }
    const change = changeOf(opened);
    if (judgement.events.length > 0) state.take(judgement);
    return { recorded, state, change };
  });
}

/** One append may hold the wait's end as well. */
function begunIn(judgement: Judgement): EventDocument[] {
  if (isFinalRunStatus(judgement.run.status)) return [];
  return judgement.events.filter(({ type, path = '' }) => {
    if (type !== 'node.waiting') return false;
    const execution = judgement.execution(path);
    return execution?.nodeType === resumable && execution.status === 'waiting';
  });
}

interface Begun {
  judgement: Judgement;
  begun: readonly EventDocument[];
}

/** Returns the resumes of waits that begin in this append and were resumed before. */
async function resumeEarly(db: Db, session: ClientSession, { judgement, begun }: Begun): Promise<Fact[]> {
  const targetsOf = (event: EventDocument) => [event.executionId ?? '', ...correlationOf(event, judgement)];
  // Whoever keeps a resume for one of them writes the same rows.
  await useCorrelations(db, session, begun.flatMap(targetsOf));
  const facts: Fact[] = [];
  for (const event of begun) {
    const kept = await takeKeptResume(db, session, {
      runId: event.runId,
      targets: targetsOf(event),
      asked: await askedOf(db, judgement, event),
    });
    if (kept) facts.push(await resumeFact(db, { ...event, path: event.path ?? '' }, kept));
  }
  return facts;
}

/** A request that looks for waits by a key must find them from the commit on. */
async function writeWaits(db: Db, session: ClientSession, { judgement, begun }: Begun): Promise<void> {
  const writes = begun.flatMap(({ path = '' }) => {
    const execution = judgement.execution(path);
    return execution ? [executionWrite(execution, judgement.run)] : [];
  });
  await executionsOf(db).bulkWrite(writes, { session });
}

function correlationOf({ path = '', workflowId }: EventDocument, judgement: Judgement): string[] {
  const key = judgement.execution(path)?.waitKey;
  return key === undefined ? [] : [correlationIdOf(workflowId, key)];
}

async function askedOf(db: Db, judgement: Judgement, event: EventDocument): Promise<Asked> {
  const input: RecordedValue | undefined = judgement.execution(event.path ?? '')?.input;
  return (await loadValue(db, event.runId, input)) as Asked;
}
