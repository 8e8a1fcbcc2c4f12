import type { Db, MongoClient } from 'mongodb';
import type { Fact } from '../../engine/log/facts.ts';
import { appendTo, createState, loadKnown, RunMovedOnError } from './append-transaction.ts';
import type { AppendState, KnownState } from './append-state.ts';
import type { AppendOutcome } from './append-transaction.ts';
import { inTransaction } from '../mongo/database.ts';
import type { RunMemory } from './run-memory.ts';

/**
 * Appends facts to a run's log in a transaction of its own, from memory where that is enough; when the run went on by
 * another hand, or nothing new came of the facts, what is recorded is looked up.
 * @throws RunNotFoundError when the run is not recorded, and what MongoDB throws
 */
export async function appendRemembering(
  given: { client: MongoClient; db: Db; memory: RunMemory },
  runId: string,
  facts: readonly Fact[],
): Promise<AppendOutcome> {
  const known = given.memory.recall(runId, facts);
  const outcome = known && (await appendFrom(given, { runId, facts, known }).catch(unlessMovedOn));
  if (outcome && outcome.events.length > 0) return outcome;
  return appendFrom(given, { runId, facts });
}

async function appendFrom(
  { client, db, memory }: { client: MongoClient; db: Db; memory: RunMemory },
  { runId, facts, known }: { runId: string; facts: readonly Fact[]; known?: KnownState },
): Promise<AppendOutcome> {
  let state: AppendState | undefined;
  try {
    const outcome = await inTransaction(client, async (session) => {
      state = createState(runId, known ? copyOf(known) : await loadKnown(db, session, { runId, facts }));
      return appendTo(db, session, { state, facts });
    });
    if (state) memory.keep(state);
    return outcome;
  } catch (error) {
    // Whether it was written is not known.
    memory.forget(runId);
    throw error;
  }
}

/** A transaction may be tried more than once. */
function copyOf({ knownIds, executions, ...known }: KnownState): KnownState {
  return { ...known, knownIds: new Set(knownIds), executions: new Map(executions) };
}

function unlessMovedOn(error: unknown): undefined {
  if (!(error instanceof RunMovedOnError)) throw error;
}
