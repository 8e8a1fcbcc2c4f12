/** Commits the appends of one process: whatever waits when there is room goes in one insert, over all runs. */
import { MongoBulkWriteError } from 'mongodb';
import type { Db } from 'mongodb';
import { isOutage } from '../mongo/database.ts';
import { appendCapMs, inTime } from '../mongo/in-time.ts';
import { isDuplicateKey } from '../mongo/repeat-transaction.ts';
import { appendsOf } from './appends.ts';
import type { AppendDocument } from './appends.ts';

/** What inserts appends. */
export interface Committer {
  /**
   * Inserts an append. `taken`: another append stands at its place. One whose outcome is unknown is repeated as it is for
   * as long as an append may take.
   * @throws what MongoDB throws; after an outage it may yet be recorded
   */
  insert(append: AppendDocument): Promise<'inserted' | 'taken'>;
}

interface Waiting {
  append: AppendDocument;
  bytes: number;
  /** When it is given up, by the clock of this process. */
  until: number;
  isRepeated: boolean;
  resolve: (outcome: 'inserted' | 'taken') => void;
  reject: (error: unknown) => void;
}

/** Bounds of one insert. */
const mostAppends = 500;
const mostBytes = 4 * 1024 * 1024;
/** Inserts under way at a time: one journal flush serves all who wait for it. */
const mostUnderWay = 2;

/** Creates the committer of one process. Nothing waits on a timer while there is room. */
export function createCommitter(db: Db): Committer {
  const queue: Waiting[] = [];
  let underWay = 0;
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled || underWay >= mostUnderWay || queue.length === 0) return;
    isScheduled = true;
    // What comes in the same turn goes along.
    setImmediate(() => {
      isScheduled = false;
      void send(takeGroup(queue)).finally(schedule);
      schedule();
    });
  }

  async function send(group: Waiting[]): Promise<void> {
    if (group.length === 0) return;
    underWay += 1;
    try {
      await insertGroup(db, group);
    } catch (error) {
      onFailure(group, error);
    } finally {
      underWay -= 1;
    }
  }

  function onFailure(group: Waiting[], error: unknown): void {
    if (!isOutage(error)) {
      const [only] = group;
      if (group.length === 1 && only) return only.reject(error);
      // What is wrong with one is not its neighbours' fault: each goes alone.
      for (const one of group) void send([one]);
      return;
    }
    const now = performance.now();
    const inTimeYet = group.filter(({ until }) => until > now);
    if (inTimeYet.length === group.length) {
      for (const one of group) one.isRepeated = true;
      queue.unshift(...group);
      return;
    }
    // MongoDB is away: who waits behind is told at once, rather than after a time-out of its own.
    for (const { reject } of [...group, ...queue.splice(0)]) reject(error);
  }

  return {
    insert: (append) =>
      new Promise((resolve, reject) => {
        const bytes = append.events.length + append.heads.length;
        const until = performance.now() + appendCapMs;
        queue.push({ append, bytes, until, isRepeated: false, resolve, reject });
        schedule();
      }),
  };
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let bytes = 0;
  const end = queue.findIndex((waiting, index) => {
    bytes += waiting.bytes;
    return index >= mostAppends || (index > 0 && bytes > mostBytes);
  });
  return queue.splice(0, end === -1 ? queue.length : end);
}

/** @throws what MongoDB throws, unless it is said of each append what became of it */
async function insertGroup(db: Db, group: readonly Waiting[]): Promise<void> {
  const documents = group.map(({ append }) => append);
  const failed = new Map<number, unknown>();
  try {
    await inTime(appendCapMs, appendsOf(db).insertMany(documents, { ordered: false }));
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
    for (const one of [error.writeErrors].flat()) failed.set(one.index, one);
    if (failed.size === 0) throw error;
  }
  await Promise.all(
    group.map(async (waiting, index) => {
      const error = failed.get(index);
      if (error === undefined) waiting.resolve('inserted');
      else if (!isDuplicateKey(error)) waiting.reject(error);
      else waiting.resolve(waiting.isRepeated && (await isThere(db, waiting)) ? 'inserted' : 'taken');
    }),
  );
}

/** Whether what stands at the place of an append is that append: an earlier try has come through. */
async function isThere(db: Db, { append }: Waiting): Promise<boolean> {
  const found = await inTime(appendCapMs, appendsOf(db).findOne({ _id: append._id }));
  return (
    found !== null &&
    found.events === append.events &&
    found.heads === append.heads &&
    found.recordedAt.getTime() === append.recordedAt.getTime()
  );
}
