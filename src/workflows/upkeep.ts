/** Upkeep, started by Temporal Schedules: operators see it, and what it did, in the Temporal UI. */
import { ApplicationFailure } from '@temporalio/common';
import { proxyActivities, proxyLocalActivities, setCurrentDetails, sleep } from '@temporalio/workflow';

interface Report {
  alarm?: string;
  after?: object;
}

interface UpkeepActivities {
  reconcileRuns(options: { force?: boolean }): Promise<Report>;
  applyRetention(after?: object): Promise<Report>;
}

const activities = proxyActivities<UpkeepActivities>({
  startToCloseTimeout: '2m',
  retry: { maximumAttempts: 3 },
});

/** Within the workflow task, so that a pass writes six events. */
const { reconcileRuns: reconcileHere } = proxyLocalActivities<UpkeepActivities>({
  startToCloseTimeout: '2m',
  retry: { maximumAttempts: 3 },
});

/** A pass that closes what was terminated must be done within a minute, with three passes for what is missing. */
const passEveryMs = 15_000;
/** Passes of one execution: six hours, after which the Schedule begins the next. History is allowed 51,200 events. */
const passes = 1_440;

/**
 * The reconciler of a deployment: one execution for hours, so that its passes do not bury the runs in lists. What an alarm or
 * an outage stops is tried again with the next pass.
 */
export async function keepReconciling(): Promise<void> {
  for (let pass = 0; pass < passes; pass += 1) {
    const alarm = await reconcileHere({}).then(
      (report) => report.alarm,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    setCurrentDetails(alarm === undefined ? 'All runs agree with Temporal.' : `**Stopped:** ${alarm}`);
    await sleep(passEveryMs);
  }
}

/** Batches of one pass; what is left waits for the next. */
const maxBatches = 200;

/**
 * Closes the runs that have ended in Temporal alone.
 * @throws ApplicationFailure `reconciler_alarm` when it would close too many
 */
export async function reconcileRuns(options: { force?: boolean } = {}): Promise<Report> {
  const report = await activities.reconcileRuns(options);
  if (report.alarm !== undefined) throw ApplicationFailure.nonRetryable(report.alarm, 'reconciler_alarm');
  return report;
}

/** Deletes what is older than the retention. Returns what each batch deleted. */
export async function applyRetention(): Promise<Report[]> {
  const reports: Report[] = [];
  do reports.push(await activities.applyRetention(reports.at(-1)?.after));
  while (reports.at(-1)?.after !== undefined && reports.length < maxBatches);
  return reports;
}
