/**
 * What follows from appends: deliveries, messages and inbox rows, then the records of executions, and last the run's own.
 * All of it may be done twice, by any process. So a run's record with `lastSequence` n proves that everything that its
 * events up to n cause is there.
 */
import type { AnyBulkWriteOperation, Collection, Db, Document } from 'mongodb';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import { deliveriesOf } from '../deliveries/deliveries.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { deliveriesFor } from '../endpoints/match-events.ts';
import { webhookEventsOf } from '../inbox/webhook-events.ts';
import { isOutage } from '../mongo/database.ts';
import { ignoringDuplicates, insertMissing } from '../mongo/insert-missing.ts';
import { resumedPaths } from '../waits/resumed-paths.ts';
import { executionRecord, executionsOf } from './executions.ts';
import type { ExecutionDocument } from './executions.ts';
import { messagesOf, outboxOf } from './outbox.ts';
import type { OutboxRow } from './outbox.ts';
import type { RunChange } from './run-state.ts';
import { runsOf } from './runs.ts';
import type { RunDocument } from './runs.ts';

/** What has to be carried on after changes were carried out. */
export interface CarriedOut {
  deliveries: DeliveryDocument[];
  messages: OutboxRow[];
}

/** Writes what others are to hear of changes: deliveries, messages, inbox rows. Returns what was not there before. */
export async function announce(db: Db, changes: readonly RunChange[]): Promise<CarriedOut> {
  const requests = changes.flatMap(({ request }) => request ?? []);
  const rows = changes.flatMap(({ run, events, executions }) => messagesOf(run, events, executions));
  const matching = deliveriesFor(
    db,
    changes.flatMap(({ events }) => events),
  );
  const [deliveries, messages] = await Promise.all([
    matching.then((all) => insertMissing(deliveriesOf(db), all)),
    insertMissing(outboxOf(db), rows),
    insertMissing(webhookEventsOf(db), requests),
  ]);
  return { deliveries, messages };
}

/** Writes the records of changed executions, then of their runs. The changes must have been announced. */
export async function writeRecords(db: Db, changes: readonly RunChange[]): Promise<void> {
  await writeExecutions(db, changes);
  const moves = changes.map(moveOf);
  await writeNewest(runsOf(db), moves);
}

/** Carries out all that follows from changes. `onFailure`: of a run that must be looked at. */
export async function carryOut(
  db: Db,
  changes: readonly RunChange[],
  onFailure: (error: unknown, change: RunChange) => void,
): Promise<CarriedOut> {
  const done: CarriedOut = { deliveries: [], messages: [] };
  const carryAll = async (some: readonly RunChange[]) => {
    const { deliveries, messages } = await announce(db, some);
    done.deliveries.push(...deliveries);
    done.messages.push(...messages);
    await writeRecords(db, some);
  };
  await together(changes, carryAll, onFailure);
  return done;
}

/**
 * Does work of all changes together, and one by one when that fails: what is wrong with one is not its neighbours' fault.
 * @throws what an outage throws
 */
export async function together(
  changes: readonly RunChange[],
  work: (changes: readonly RunChange[]) => Promise<void>,
  onFailure: (error: unknown, change: RunChange) => void,
): Promise<void> {
  const [first, ...others] = changes;
  if (!first) return;
  try {
    await work(changes);
  } catch (error) {
    if (isOutage(error)) throw error;
    if (others.length === 0) return onFailure(error, first);
    for (const change of changes) await together([change], work, onFailure);
  }
}

/** Those that have begun in these changes are most likely not there yet. */
async function writeExecutions(db: Db, changes: readonly RunChange[]): Promise<void> {
  const fresh: ExecutionDocument[] = [];
  const known: ExecutionDocument[] = [];
  for (const { run, events, executions } of changes) {
    const first = events[0]?.sequence ?? 0;
    for (const execution of executions.values()) {
      const isFresh = execution.firstSequence >= first;
      (isFresh ? fresh : known).push(executionRecord(execution, run));
    }
  }
  if (fresh.length > 0) {
    const there = await ignoringDuplicates(() => executionsOf(db).insertMany(fresh, { ordered: false }));
    known.push(...fresh.filter((_, index) => there.has(index)));
  }
  await writeNewest(executionsOf(db), known.map(replaceOlder));
}

/**
 * Writes what stands where nothing or something older is. A duplicate is something newer, or what another process has
 * inserted at this very moment: that may be older.
 */
async function writeNewest<Row extends Document>(
  collection: Collection<Row>,
  writes: readonly AnyBulkWriteOperation<Row>[],
): Promise<void> {
  if (writes.length === 0) return;
  const taken = await ignoringDuplicates(() => collection.bulkWrite(writes, { ordered: false }));
  if (taken.size === 0) return;
  const again = writes.filter((_, index) => taken.has(index)).map(withoutUpsert);
  await collection.bulkWrite(again, { ordered: false });
}

function withoutUpsert<Row extends Document>(write: AnyBulkWriteOperation<Row>): AnyBulkWriteOperation<Row> {
  const [[kind, what]] = Object.entries(write) as [[string, object]];
  return { [kind]: { ...what, upsert: false } } as unknown as AnyBulkWriteOperation<Row>;
}

/** The record of the newest sequence stays. */
function replaceOlder({ _id, ...replacement }: ExecutionDocument): AnyBulkWriteOperation<ExecutionDocument> {
  const filter = { _id, lastSequence: { $lt: replacement.lastSequence } };
  return { replaceOne: { filter, replacement, upsert: true } };
}

/** One execution's record, as `writeRecords` writes it, for a transaction. */
export function executionWrite(
  execution: ExecutionProjection,
  run: RunProjection,
): AnyBulkWriteOperation<ExecutionDocument> {
  const { _id, ...replacement } = executionRecord(execution, run);
  return { replaceOne: { filter: { _id }, replacement, upsert: true } };
}

/** A record that is further on, or another process inserts at this moment, meets the upsert as a duplicate. */
function moveOf({ run, events }: RunChange): AnyBulkWriteOperation<RunDocument> {
  const changing = changingMembers(run);
  const rest = Object.fromEntries(Object.entries(run).filter(([name]) => !(name in changing)));
  const resumed = resumedPaths(events);
  const isStarted = run.startedAt !== undefined;
  return {
    updateOne: {
      filter: { _id: run.runId, lastSequence: { $lt: run.lastSequence } },
      update: {
        // A run whose workflow has spoken is started.
        $set: { ...changing, ...(isStarted ? { startConfirmed: true } : {}) },
        $setOnInsert: { ...rest, ...(isStarted ? {} : { startConfirmed: false }) },
        ...(resumed.length > 0 ? { $addToSet: { resumeRequests: { $each: resumed } } } : {}),
      },
      upsert: true,
    },
  };
}

/** The members of a run that its log changes after its first event. */
function changingMembers(run: RunProjection): Partial<RunDocument> {
  const { status, counts, lastSequence, lastEventAt, startedAt, finishedAt, output, error } = run;
  const { failureRunId, failureWorkflowId } = run;
  return {
    ...{ status, counts, lastSequence, lastEventAt },
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(failureRunId === undefined ? {} : { failureRunId, failureWorkflowId }),
  };
}
