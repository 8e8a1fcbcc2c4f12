/** Begins the runs for which requests were gathered, when they are due. */
import { currentMs } from '../../clock.ts';
import type { Json } from '../../engine/json/json.ts';
import { dueAtOf, dueRuns, takeDue } from '../../store/flow/gathering.ts';
import type { GatheredItem } from '../../store/flow/gathering.ts';
import { loadValue, recordValue } from '../../store/log/payloads.ts';
import { carryOutRuns } from '../../store/log/sweep-appends.ts';
import { inTransaction } from '../../store/mongo/database.ts';
import { acceptRun } from '../../store/starts/accept-run.ts';
import type { NewRun } from '../../store/starts/accept-run.ts';
import type { FlowContext } from './flow-context.ts';

/** What begins gathered runs in one process. */
export interface GatheredStarts {
  /** Begins a run when it is due; postponed meanwhile, later. */
  at(runId: string, dueAt: Date): void;
  /** Begins what is due and was left by a process that was killed. */
  sweep(): Promise<void>;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

const sweptRuns = 100;
/** Timers cannot wait longer, in milliseconds. */
const longestMs = 2 ** 31 - 1;

/** Creates what begins gathered runs. */
export function createGatheredStarts(context: FlowContext): GatheredStarts {
  const { db, log } = context;
  const timers = new Map<string, NodeJS.Timeout>();
  const underWay = new Set<Promise<void>>();
  let isStopped = false;

  async function begin(runId: string): Promise<void> {
    if (await beginGathered(context, runId)) return;
    const dueAt = await dueAtOf(db, runId);
    if (dueAt) at(runId, dueAt);
  }

  function beginSoon(runId: string): void {
    const done = begin(runId)
      .catch((error: unknown) => log.warn({ err: error, runId }, 'a gathered run is left to the sweep'))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

  function at(runId: string, dueAt: Date): void {
    if (isStopped || (timers.has(runId) && dueAt.getTime() > currentMs())) return;
    clearTimeout(timers.get(runId));
    const ms = Math.min(longestMs, Math.max(0, dueAt.getTime() - currentMs() + 1));
    const timer = setTimeout(() => {
      timers.delete(runId);
      beginSoon(runId);
    }, ms);
    timers.set(runId, timer.unref());
  }

  return {
    at,
    async sweep() {
      for (const runId of await dueRuns(db, sweptRuns)) await begin(runId);
    },
    async stop() {
      isStopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}

/** Begins a run if it is due, in one transaction. Returns whether it was. */
async function beginGathered(context: FlowContext, runId: string): Promise<boolean> {
  const { mongo, db, live } = context;
  const begun = await inTransaction(mongo, async (session) => {
    const due = await takeDue(db, session, runId);
    if (!due) return undefined;
    const { workflowId, organizationId, kind, count } = due.gathering;
    const version = await live.ofWorkflow(workflowId);
    // An archived workflow starts nothing; what was gathered for it is in the inbox.
    if (!version || version.isArchived) return { isStarted: false };
    const run: NewRun = {
      ...{ runId, organizationId, workflowId, workflowVersion: version.number, versionId: version.versionId },
      trigger: { source: 'webhook', gathered: kind, requests: count },
      ...(await valuesOf(context, { runId, organizationId }, { kind, items: due.items })),
    };
    await acceptRun(db, session, run);
    return { isStarted: true };
  });
  if (begun?.isStarted) {
    context.relay().deliverSoon((await carryOutRuns(db, [runId])).deliveries);
    context.relay().startSoon(runId);
  }
  return begun !== undefined;
}

/** What the run is given: of a batch the list of the bodies, and the request that came last. */
async function valuesOf(
  { db }: FlowContext,
  owner: { runId: string; organizationId: string },
  { kind, items }: { kind: 'debounce' | 'batch'; items: readonly GatheredItem[] },
): Promise<Pick<NewRun, 'input' | 'request'>> {
  const last = items.at(-1);
  const request = last?.request ? { request: last.request } : {};
  if (kind === 'debounce') return { input: last?.input ?? { json: 'null' }, ...request };
  const bodies: Json[] = [];
  for (const { input } of items) bodies.push((await loadValue(db, owner.runId, input)) ?? null);
  return { input: await recordValue(db, owner, bodies), ...request };
}
