/** Appends inside a transaction: what must be one with something else. */
import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Fact } from '../../engine/log/facts.ts';
import { isDuplicateKey, repeatTransaction } from '../mongo/repeat-transaction.ts';
import { appendsOf } from './appends.ts';
import type { AppendDocument } from './appends.ts';
import { Judgement } from './judge-facts.ts';
import type { Recorded } from './judge-facts.ts';
import { joinChanges, loadRuns } from './load-runs.ts';
import { findExecutions } from './read-runs.ts';
import { RunState } from './run-state.ts';
import type { RunChange } from './run-state.ts';

/** A run that is appended to in a transaction. */
export interface RunInSession {
  state: RunState;
  judgement: Judgement;
  /** What its record does not have in it. */
  unproven: RunChange | undefined;
}

/** Reads a run in a transaction, with the executions at the paths. */
export async function openInSession(
  db: Db,
  session: ClientSession,
  { runId, paths }: { runId: string; paths: readonly string[] },
): Promise<RunInSession> {
  const [loaded] = await loadRuns(db, [runId], session);
  const state = loaded?.state ?? new RunState(runId);
  const forgotten = paths.filter((path) => state.isForgotten(path));
  for (const row of await findExecutions(db, runId, forgotten, session)) state.addExecution(row);
  return { state, judgement: new Judgement(state, currentTime()), unproven: loaded?.unproven };
}

/** Inserts what was judged. Another append at its place makes the transaction begin again. */
export async function insertInSession(
  db: Db,
  session: ClientSession,
  appends: readonly AppendDocument[],
): Promise<void> {
  if (appends.length === 0) return;
  try {
    await appendsOf(db).insertMany([...appends], { session });
  } catch (error) {
    throw isDuplicateKey(error) ? repeatTransaction(error) : error;
  }
}

/**
 * Appends facts to a run's log in the caller's transaction. What they cause is carried out after its commit: the caller
 * tells the run log so.
 * @throws RunNotFoundError when the run is not recorded and the facts do not begin it
 */
export async function appendInSession(
  db: Db,
  session: ClientSession,
  { runId, facts }: { runId: string; facts: readonly Fact[] },
): Promise<Recorded[]> {
  const paths = facts.flatMap((fact) => ('node' in fact && fact.node ? [fact.node.path] : []));
  const { judgement } = await openInSession(db, session, { runId, paths });
  const recorded = judgement.take(facts);
  if (judgement.events.length > 0) await insertInSession(db, session, [judgement.toAppend()]);
  return recorded;
}

/** What the run's record does not have in it after a judgement was recorded. */
export function changeOf({ judgement, unproven }: Omit<RunInSession, 'state'>): RunChange | undefined {
  return joinChanges(unproven, judgement.events.length > 0 ? judgement : undefined);
}
