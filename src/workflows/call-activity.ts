/** How the interpreter calls Activities, and what it makes of their failures. */
import {
  CancellationScope,
  condition,
  isCancellation,
  scheduleActivity,
  scheduleLocalActivity,
  sleep,
} from '@temporalio/workflow';
import { ActivityFailure, TimeoutFailure } from '@temporalio/common';
import type { NodeCall, NodeSummary, TakeOverCall } from '../engine/log/node-call.ts';
import { applicationFailureOf, finalFailureOf } from './final-failure.ts';

// Unlimited attempts: the recorder decides from the log when a failure is final.
const outageRetry = { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' } as const;
/** How long a Local Activity that gave up waits to be called again. */
export const pauseAfterOutageMs = 2_000;

/**
 * Runs a step of a node as an Activity. `taskQueue`: that of the process in which it goes on; when that is gone the answer
 * is `slow` without a Task Queue.
 * @throws CancelledFailure when the interpreter cancels it
 */
export async function callNode(type: string, call: NodeCall, taskQueue?: string): Promise<NodeSummary> {
  const called = adopt(() =>
    scheduleActivity<NodeSummary>(type, [call], {
      summary: summaryOf(call.path),
      // The user's timeout is enforced around the code, with its error recorded; this one only bounds a leak.
      startToCloseTimeout: '25h',
      heartbeatTimeout: '10s',
      cancellationType: 'TRY_CANCEL',
      ...(taskQueue === undefined
        ? { retry: outageRetry }
        : { taskQueue, scheduleToStartTimeout: '10s', retry: { maximumAttempts: 1 } }),
    }),
  );
  if (taskQueue === undefined) return called;
  return called.catch((error: unknown) => {
    if (isCancellation(error)) throw error;
    const left = notedBy(error);
    return { status: 'slow' as const, ...(left ? { left } : {}) };
  });
}

/** The key of an attempt that had not begun when its Activity was lost. */
function notedBy(error: unknown): NodeCall['left'] {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  const details =
    cause instanceof TimeoutFailure ? cause.lastHeartbeatDetails : applicationFailureOf(cause)?.details?.[0];
  const { unbegun } = (details ?? {}) as { unbegun?: string };
  return unbegun === undefined ? undefined : { unbegun };
}

/** Takes over what a retried run keeps of the one before, unless the run is over first. */
export async function callTakeOver(call: TakeOverCall, isOver: () => boolean): Promise<void> {
  const scope = new CancellationScope();
  const taken = scope.run(() =>
    scheduleActivity('take-over', [call], {
      summary: call.rerunOf,
      startToCloseTimeout: '24h',
      heartbeatTimeout: '10s',
      retry: outageRetry,
      // What it records must stand before the end of the run.
      cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    }),
  );
  await Promise.race([taken, condition(isOver)]);
  if (isOver()) scope.cancel();
  await taken.catch((error: unknown) => {
    if (!isOver()) throw error;
  });
}

/**
 * Runs a step as a Local Activity; its retries are the interpreter's timers, also after an outage. It is never cancelled:
 * the SDK fails the workflow task when the Activity has answered meanwhile. The recorder hears of a cancel by what is
 * recorded, and the interpreter leaves the answer aside.
 * @throws what the Activity gave up with after an outage of ten seconds
 */
export async function callStep(type: string, call: NodeCall): Promise<NodeSummary> {
  return CancellationScope.nonCancellable(() =>
    adopt(() => callLocalOnce<NodeSummary>(type, call, summaryOf(call.path))),
  );
}

/**
 * Runs a Local Activity that records. MongoDB away: gives up after ten seconds, sleeps on a timer and tries again, so
 * that no workflow task is held.
 */
export async function callLocal<Answer>(type: string, argument: object): Promise<Answer> {
  for (;;) {
    try {
      return await callLocalOnce<Answer>(type, argument);
    } catch (error) {
      if (!isOutage(error)) throw error;
      await sleep(pauseAfterOutageMs);
    }
  }
}

/** Whether a Local Activity gave up rather than to end with a failure of its own. */
export function isOutage(error: unknown): boolean {
  return finalFailureOf(error) === undefined;
}

function callLocalOnce<Answer>(type: string, argument: object, summary?: string): Promise<Answer> {
  return scheduleLocalActivity<Answer>(type, [argument], {
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '10s',
    retry: outageRetry,
    ...(summary === undefined ? {} : { summary }),
  });
}

/** A recorded failure comes as an ApplicationFailure whose first detail is the summary. */
async function adopt(call: () => Promise<NodeSummary>): Promise<NodeSummary> {
  try {
    return await call();
  } catch (error) {
    const [summary] = (applicationFailureOf(error)?.details ?? []) as [NodeSummary | undefined];
    if (summary?.status) return summary;
    throw error;
  }
}

/** Temporal allows 400 bytes of summary. */
function summaryOf(path: string): string {
  return path.length <= 400 ? path : `…${path.slice(-396)}`;
}
