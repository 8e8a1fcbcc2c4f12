import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { applyToExecution, applyToRun, createRun } from '../../engine/log/apply-event.ts';
import type { SequencedEvent } from '../../engine/log/apply-event.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { NodeStatus } from '../../engine/log/event-catalog.ts';
import type { EventDraft, Fact } from '../../engine/log/facts.ts';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import { recordFact } from '../../engine/log/record-fact.ts';
import type { AppendState, KnownState } from './append-state.ts';
import { createEvent } from './create-event.ts';
import { createDelivery, deliveriesOf } from '../deliveries/deliveries.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { isSubscribed, liveEndpoints } from '../endpoints/endpoints.ts';
import { eventsOf } from './events.ts';
import type { EventDocument } from './events.ts';
import { executionIdOf, executionRecord, executionsOf } from './executions.ts';
import { deriveId } from '../mongo/ids.ts';
import { messagesOf, writeMessages } from './outbox.ts';
import type { OutboxRow } from './outbox.ts';
import { noteResumed, resumeEarly } from '../waits/resume-in-append.ts';
import { runsOf } from './runs.ts';
import type { RunDocument } from './runs.ts';

/** What is recorded for a fact, whether by this append or by an earlier one. */
export interface Recorded {
  run: RunProjection;
  /** The fact's execution as it stands after the fact; absent for facts about the run. */
  execution?: ExecutionProjection;
  /** Whether this append wrote an event for the fact. */
  isNew: boolean;
}

/** What one append wrote. */
export interface AppendOutcome {
  recorded: Recorded[];
  events: EventDocument[];
  deliveries: DeliveryDocument[];
  messages: OutboxRow[];
  /** Whether a wait of the run was resumed: its workflow is to be told. */
  isResumed: boolean;
  /** The run, when this append has ended it. */
  ended?: RunProjection;
}

/** Another process appended first: nothing is written. */
export class RunMovedOnError extends Error {
  constructor(runId: string) {
    super(`run ${runId} changed under its append`);
    this.name = 'RunMovedOnError';
  }
}

/** A run whose log is not there. */
export class RunNotFoundError extends Error {
  constructor(runId: string) {
    super(`run ${runId} is not recorded`);
    this.name = 'RunNotFoundError';
  }
}

/**
 * Appends facts to a run's log inside the caller's transaction: events, the projections they change and the deliveries
 * they cause. Facts already recorded, and facts about what has ended, change nothing.
 * @param facts in the order in which they are to stand; the first of a new run is its `run.queued`
 * @throws RunNotFoundError when the run is not recorded and the facts do not begin it
 */
export async function appendInSession(
  db: Db,
  session: ClientSession,
  runId: string,
  facts: readonly Fact[],
): Promise<AppendOutcome> {
  const state = createState(runId, await loadKnown(db, session, { runId, facts }));
  return appendTo(db, session, { state, facts });
}

/** Appends to a state, which afterwards stands for what is recorded. @throws RunMovedOnError when it is not the run's */
export async function appendTo(
  db: Db,
  session: ClientSession,
  { state, facts }: { state: AppendState; facts: readonly Fact[] },
): Promise<AppendOutcome> {
  const recorded = facts.map((fact) => record(state, fact));
  if (!state.run) throw new RunNotFoundError(state.runId);
  if (state.events.length === 0)
    return { recorded, events: [], deliveries: [], messages: [], isResumed: false };
  for (const fact of await resumeEarly(db, session, state)) record(state, fact);
  const { run } = state;
  const deliveries = await writeWithDeliveries(db, session, {
    matching: matchEndpoints(db, state.events),
    write: () => writeAll(db, session, state, run),
  });
  const messages = messagesOf(run, state.events, state.executions);
  await writeMessages(db, session, messages);
  const isResumed = await noteResumed(db, session, state);
  const ended = isFinalRunStatus(run.status) ? { ended: run } : {};
  return { recorded, events: state.events, deliveries, messages, isResumed, ...ended };
}

/** Looks up what is recorded. One round trip per collection, whatever the number of facts. */
export async function loadKnown(
  db: Db,
  session: ClientSession,
  given: { runId: string; facts: readonly Fact[] },
): Promise<KnownState> {
  const { runId, facts } = given;
  const ids = facts.flatMap((fact) => (fact.kind === 'event' ? [deriveId('evt', runId, fact.key)] : []));
  const paths = facts.flatMap((fact) => ('node' in fact && fact.node ? [fact.node.path] : []));
  const executionIds = [...new Set(paths)].map((path) => executionIdOf(runId, path));
  const run = await runsOf(db).findOne({ _id: runId }, { session });
  const known =
    ids.length === 0
      ? []
      : await eventsOf(db)
          .find({ _id: { $in: ids } }, { session, projection: { _id: 1 } })
          .toArray();
  const executions =
    executionIds.length === 0
      ? []
      : await executionsOf(db)
          .find({ _id: { $in: executionIds } }, { session })
          .toArray();
  return {
    run: run ?? undefined,
    isNewRun: run === null,
    knownIds: new Set(known.map((event) => event._id)),
    executions: new Map(executions.map((execution) => [execution.path, execution])),
  };
}

/** The state that an append begins with. */
export function createState(runId: string, known: KnownState): AppendState {
  return { ...known, runId, changed: new Set(), events: [], now: currentTime() };
}

/** Takes a fact into the state of an append. */
export function record(state: AppendState, fact: Fact): Recorded {
  const path = 'node' in fact ? fact.node?.path : undefined;
  const execution = path === undefined ? undefined : state.executions.get(path);
  const drafts = recordFact({ ...fact, at: timeOf(fact, state) }, state.run, execution);
  const before = state.events.length;
  for (const draft of drafts) addEvent(state, draft);
  const after = path === undefined ? undefined : state.executions.get(path);
  return {
    run: state.run as RunProjection,
    ...(after ? { execution: after } : {}),
    isNew: state.events.length > before,
  };
}

/** Times never go back along the log, whatever the clocks of who reports, and nothing is recorded before it happens. */
function timeOf({ at }: Fact, { run, now }: AppendState): string {
  const recordedAt = now.toISOString();
  const happenedAt = at < recordedAt ? at : recordedAt;
  return run && happenedAt < run.lastEventAt ? run.lastEventAt : happenedAt;
}

function addEvent(state: AppendState, draft: EventDraft): void {
  const id = deriveId('evt', state.runId, draft.key);
  if (state.knownIds.has(id)) return;
  state.knownIds.add(id);
  const path = draft.node?.path;
  const sequenced: SequencedEvent = {
    ...draft,
    runId: state.runId,
    sequence: (state.run?.lastSequence ?? 0) + 1,
    ...(path === undefined ? {} : { executionId: executionIdOf(state.runId, path) }),
  };
  if (!state.run && draft.type !== 'run.queued') throw new RunNotFoundError(state.runId);
  const run = state.run ? applyToRun(state.run, sequenced) : createRun(sequenced);
  state.run = path === undefined ? run : applyToCounts(state, { run, path, sequenced });
  state.events.push(createEvent({ id, event: sequenced, run: state.run, recordedAt: state.now }));
}

function applyToCounts(
  state: AppendState,
  change: { run: RunProjection; path: string; sequenced: SequencedEvent },
): RunProjection {
  const { run, path, sequenced } = change;
  const before = state.executions.get(path);
  const after = applyToExecution(before, sequenced);
  state.executions.set(path, after);
  state.changed.add(path);
  if (before?.status === after.status) return run;
  const counts = { ...run.counts };
  if (before) addCount(counts, before.status, -1);
  addCount(counts, after.status, 1);
  return { ...run, counts };
}

function addCount(counts: Partial<Record<NodeStatus, number>>, status: NodeStatus, by: number): void {
  const count = (counts[status] ?? 0) + by;
  if (count === 0) delete counts[status];
  else counts[status] = count;
}

/** Makes the deliveries of events. */
export async function matchEndpoints(db: Db, events: readonly EventDocument[]): Promise<DeliveryDocument[]> {
  const ids = [...new Set(events.map((event) => event.organizationId))];
  const endpoints = await Promise.all(ids.map((id) => liveEndpoints(db, id)));
  return events.flatMap((event) =>
    (endpoints[ids.indexOf(event.organizationId)] ?? [])
      .filter((endpoint) => isSubscribed(endpoint, event))
      .map((endpoint) => createDelivery(event, endpoint)),
  );
}

/** Writes events while it is found out who is to hear of them, then the deliveries; answers these. */
export async function writeWithDeliveries(
  db: Db,
  session: ClientSession,
  { matching, write }: { matching: Promise<DeliveryDocument[]>; write: () => Promise<void> },
): Promise<DeliveryDocument[]> {
  // When the write fails too, its error is the one that counts.
  matching.catch(() => undefined);
  await write();
  const deliveries = await matching;
  if (deliveries.length > 0) await deliveriesOf(db).insertMany(deliveries, { session });
  return deliveries;
}

async function writeAll(
  db: Db,
  session: ClientSession,
  state: AppendState,
  run: RunProjection,
): Promise<void> {
  if (state.isNewRun) {
    const record = { ...run, _id: run.runId } as RunDocument;
    await runsOf(db).insertOne({ ...record, startConfirmed: false }, { session });
  } else {
    const first = state.events[0]?.sequence ?? 0;
    // The sequence in the filter proves that the state was the run's; what is beside the projection stays as it is.
    const filter = { _id: run.runId, lastSequence: first - 1 };
    const written = await runsOf(db).updateOne(filter, { $set: changingMembers(run) }, { session });
    if (written.matchedCount !== 1) throw new RunMovedOnError(run.runId);
  }
  await eventsOf(db).insertMany(state.events, { session });
  if (state.changed.size > 0) await executionsOf(db).bulkWrite(executionWrites(state, run), { session });
}

/** The members of a run that its log changes after its first event. */
function changingMembers({
  status,
  counts,
  lastSequence,
  lastEventAt,
  ...run
}: RunProjection): Partial<RunDocument> {
  const { startedAt, finishedAt, output, error, failureRunId, failureWorkflowId } = run;
  return {
    ...{ status, counts, lastSequence, lastEventAt },
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(failureRunId === undefined ? {} : { failureRunId, failureWorkflowId }),
  };
}

function executionWrites(state: AppendState, run: RunProjection) {
  return [...state.changed].map((path) => {
    const { _id, ...replacement } = executionRecord(state.executions.get(path) as ExecutionProjection, run);
    return { replaceOne: { filter: { _id }, replacement, upsert: true } };
  });
}
