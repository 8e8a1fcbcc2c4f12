/** Carries out what a killed process left: looks once at every append, some seconds after it was recorded. */
import { randomUUID } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { appendCapMs } from '../mongo/in-time.ts';
import { isDuplicateKey } from '../mongo/repeat-transaction.ts';
import { appendsOf } from './appends.ts';
import type { AppendDocument } from './appends.ts';
import { carryOut } from './carry-out.ts';
import type { CarriedOut } from './carry-out.ts';
import { loadRuns } from './load-runs.ts';
import { runsOf } from './runs.ts';

/** Hears of a run whose effects cannot be carried out; default: it is thrown. */
type OnFailure = (error: unknown, runId: string) => void;

function rethrow(error: unknown): never {
  throw error;
}

/** Where the sweep is, and who makes it. */
interface SweepState {
  _id: 'appends';
  /** The last append that was looked at. */
  recordedAt: Date;
  appendId: string;
  owner: string;
  leaseUntil: Date;
  /** When the pass before was made. What was under way to the database then has come through by now. */
  passedAt: Date;
}

/** How old an append is when it is looked at: by then it is there, whoever still waits for it. */
const settledAfterMs = appendCapMs + 1_000;
/** How long one process has for a pass. */
const leaseMs = 15_000;
const batch = 500;
const owner = randomUUID();

function sweepsOf(db: Db): Collection<SweepState> {
  return db.collection<SweepState>('sweeps');
}

/**
 * Makes a pass, unless another process does.
 * Looks no further than the pass before was made: a database that had stopped takes, once it goes on, what was sent to it
 * long before. Returns what is to be carried on.
 */
export async function sweepAppends(db: Db, onFailure: OnFailure = rethrow): Promise<CarriedOut> {
  const state = await takeLease(db);
  const done: CarriedOut = { deliveries: [], messages: [] };
  if (!state) return done;
  let { recordedAt, appendId } = state;
  const passedAt = currentTime();
  const before = new Date(Math.min(passedAt.getTime() - settledAfterMs, state.passedAt.getTime()));
  for (let isFull = true; isFull;) {
    const appends = await readBatch(db, { recordedAt, appendId }, before);
    const { deliveries, messages } = await carryOutUnproven(db, appends, onFailure);
    done.deliveries.push(...deliveries);
    done.messages.push(...messages);
    const last = appends.at(-1);
    if (last) ({ recordedAt, _id: appendId } = last);
    isFull = appends.length === batch;
    const isMine = { _id: 'appends' as const, owner };
    const leaseUntil = new Date(currentMs() + (isFull ? leaseMs : 0));
    const moved = await sweepsOf(db).updateOne(isMine, {
      $set: { recordedAt, appendId, leaseUntil, passedAt },
    });
    if (moved.matchedCount === 0) break;
  }
  return done;
}

type SweptAppend = Pick<AppendDocument, '_id' | 'runId' | 'to' | 'recordedAt'>;

async function readBatch(
  db: Db,
  { recordedAt, appendId }: Pick<SweepState, 'recordedAt' | 'appendId'>,
  before: Date,
): Promise<SweptAppend[]> {
  return appendsOf(db)
    .find({
      recordedAt: { $gte: recordedAt, $lt: before },
      $or: [{ recordedAt: { $gt: recordedAt } }, { _id: { $gt: appendId } }],
    })
    .project<SweptAppend>({ runId: 1, to: 1, recordedAt: 1 })
    .sort({ recordedAt: 1, _id: 1 })
    .limit(batch)
    .toArray();
}

/** Events about endpoints, and the places of erased runs, have nothing to be carried out. */
async function carryOutUnproven(
  db: Db,
  appends: readonly SweptAppend[],
  onFailure: OnFailure,
): Promise<CarriedOut> {
  const last = new Map<string, number>();
  for (const { runId, to } of appends) if (to > 0) last.set(runId, Math.max(to, last.get(runId) ?? 0));
  const records = runsOf(db).find({ _id: { $in: [...last.keys()] } }, { projection: { lastSequence: 1 } });
  for await (const { _id, lastSequence } of records)
    if (lastSequence >= (last.get(_id) ?? 0)) last.delete(_id);
  if (last.size === 0) return { deliveries: [], messages: [] };
  return carryOutRuns(db, [...last.keys()], onFailure);
}

/** Carries out what runs have in their logs and not in their records, such as after a transaction. */
export async function carryOutRuns(
  db: Db,
  runIds: readonly string[],
  onFailure: OnFailure = rethrow,
): Promise<CarriedOut> {
  const loaded = await loadRuns(db, runIds);
  const unproven = loaded.flatMap((one) => one?.unproven ?? []);
  return carryOut(db, unproven, (error, { runId }) => onFailure(error, runId));
}

/** A first pass begins with the first append, and goes as far as what is settled now. */
async function takeLease(db: Db): Promise<SweepState | null> {
  const now = currentTime();
  const lease = { owner, leaseUntil: new Date(now.getTime() + leaseMs) };
  const passedAt = new Date(now.getTime() - settledAfterMs);
  try {
    return await sweepsOf(db).findOneAndUpdate(
      { _id: 'appends', leaseUntil: { $lte: now } },
      { $set: lease, $setOnInsert: { recordedAt: new Date(0), appendId: '', passedAt } },
      { upsert: true, returnDocument: 'after' },
    );
  } catch (error) {
    // Another process has the lease.
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}
