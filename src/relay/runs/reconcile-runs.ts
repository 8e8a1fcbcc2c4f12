/**
 * The reconciler: closes the runs whose end workflow code never sees (terminated, timed out, failed, vanished) and
 * starts those whose start was lost. Source: the contract, hard cases, reconciler.
 */
import type { Db } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import { loadRuns } from '../../store/log/load-runs.ts';
import { endRun } from '../../store/log/end-run.ts';
import type { OutsideEnd } from '../../store/log/end-run.ts';
import type { RunLog } from '../../store/log/run-log.ts';
import { readRun } from '../../store/log/read-runs.ts';
import { findStartedRuns, startAgain } from '../../store/log/run-record.ts';
import type { StartedRun } from '../../store/log/run-record.ts';
import { readReconcilerState, writeReconcilerState } from '../../store/upkeep/upkeep-state.ts';
import { closedSince, describeExecutions, runningIds } from './executions-in-temporal.ts';
import type { ExecutionsAt, ExecutionState } from './executions-in-temporal.ts';

/** What a pass is made with. */
export interface Reconciling extends ExecutionsAt {
  db: Db;
  runLog: RunLog;
  log: Logger;
}

/** What a pass did, as the Temporal UI shows it. */
export interface ReconcileReport {
  /** Open runs that were compared with Temporal. */
  open: number;
  closed: string[];
  restarted: string[];
  /** Runs that Temporal does not know, but not yet for three passes. */
  missing: number;
  /** Set when the pass stopped without closing anything. */
  alarm?: string;
}

/** Visibility may be late: passes overlap by this much. */
const overlapMs = 2 * 60 * 1000;
/** A run younger than this may not be visible yet. */
const youngMs = 10_000;
/** Passes in which a run must be missing before that counts. */
const missingPasses = 3;
/** Closing more than this at once is more likely a fault of ours, or of the namespace, than of the runs. */
const alarmFrom = 20;
const alarmShare = 0.1;

interface Findings {
  ends: Map<string, OutsideEnd>;
  lostStarts: string[];
  missing: Record<string, number>;
}

/**
 * Makes one pass. Idempotent: a run that ended meanwhile stays as it is.
 * @param force closes however many there are, after somebody has looked at an alarm
 */
export async function reconcileRuns(
  given: Reconciling,
  { force = false }: { force?: boolean } = {},
): Promise<ReconcileReport> {
  const { db, log } = given;
  const state = await readReconcilerState(db);
  const startedAt = currentTime();
  const open = await findStartedRuns(db);
  const suspects = await findSuspects(given, open, state.cursor);
  const ids = suspects.map(({ _id }) => _id);
  const executions = await describeExecutions(given, ids);
  // A run that has ended meanwhile has said so in its log before its execution closed.
  const stillOpen = await findStartedRuns(db, ids);
  const { ends, lostStarts, missing } = judge(stillOpen, executions, state.missing);
  const report = { open: open.length, restarted: lostStarts, missing: Object.keys(missing).length };
  const alarm = force ? undefined : alarmOf(ends.size, open.length);
  if (alarm !== undefined) {
    await writeReconcilerState(db, { ...state, alarm });
    log.error({ wouldClose: ends.size, open: open.length }, alarm);
    return { ...report, restarted: [], closed: [], alarm };
  }
  for (const [runId, end] of ends) await close(given, runId, end);
  await startAgain(db, lostStarts);
  await writeReconcilerState(db, { _id: 'reconciler', cursor: startedAt, missing, alarm: null });
  return { ...report, closed: [...ends.keys()] };
}

/** Open runs that Temporal has closed, or does not have under way. */
async function findSuspects(given: Reconciling, open: StartedRun[], cursor: Date): Promise<StartedRun[]> {
  if (open.length === 0) return [];
  const [closed, running] = await Promise.all([
    closedSince(given, new Date(cursor.getTime() - overlapMs)),
    runningIds(given),
  ]);
  const oldBefore = new Date(currentMs() - youngMs).toISOString();
  const suspects = open.filter(
    (run) => closed.has(run._id) || (!running.has(run._id) && run.createdAt < oldBefore),
  );
  return stillOpen(given.db, suspects);
}

/** Records lag behind the log: what has ended by its log is no suspect. */
async function stillOpen(db: Db, suspects: readonly StartedRun[]): Promise<StartedRun[]> {
  const loaded = await loadRuns(
    db,
    suspects.map(({ _id }) => _id),
  );
  return suspects.flatMap((suspect, index) => {
    const run = loaded[index]?.state.run;
    return run && !isFinalRunStatus(run.status) ? [{ ...suspect, status: run.status }] : [];
  });
}

/** The list was taken before the descriptions: only what Temporal says of the latest execution counts. */
function judge(
  suspects: readonly StartedRun[],
  states: ReadonlyMap<string, ExecutionState>,
  missingBefore: Readonly<Record<string, number>>,
): Findings {
  const findings: Findings = { ends: new Map(), lostStarts: [], missing: {} };
  for (const { _id, status } of suspects) {
    const state = states.get(_id) ?? 'RUNNING';
    const end = endOf(state);
    if (end) findings.ends.set(_id, end);
    if (state !== 'NOT_FOUND') continue;
    const passes = (missingBefore[_id] ?? 0) + 1;
    if (passes < missingPasses) findings.missing[_id] = passes;
    else if (status === 'queued') findings.lostStarts.push(_id);
    else findings.ends.set(_id, failed('terminated', 'Temporal no longer knows the Workflow Execution'));
  }
  return findings;
}

function endOf(state: ExecutionState): OutsideEnd | undefined {
  switch (state) {
    case 'TERMINATED':
      return failed('terminated', 'the Workflow Execution was terminated in Temporal');
    case 'FAILED':
      return failed('terminated', 'the Workflow Execution failed in Temporal');
    case 'COMPLETED':
      return failed('terminated', 'the Workflow Execution completed without an end in the log');
    case 'TIMED_OUT':
      return failed('timed_out', 'the Workflow Execution timed out in Temporal');
    case 'CANCELLED':
      return { status: 'cancelled', reason: 'cancelled in Temporal', source: 'reconciler' };
    default:
      return undefined;
  }
}

function failed(type: string, message: string): OutsideEnd {
  return { status: 'failure', error: { type, message, retryable: false }, source: 'reconciler' };
}

function alarmOf(ends: number, open: number): string | undefined {
  if (ends <= Math.max(alarmFrom, open * alarmShare)) return undefined;
  return `the reconciler would close ${ends} of ${open} open runs and stopped; look at Temporal, then run it with {"force":true}`;
}

async function close(given: Reconciling, runId: string, end: OutsideEnd): Promise<void> {
  const run = (await readRun(given.db, runId))?.run;
  if (!run) return;
  given.log.warn({ runId, end }, 'the reconciler ends a run');
  await endRun(given, run, end);
}
