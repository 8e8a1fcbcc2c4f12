/** Upkeep, started by Temporal Schedules: operators see each pass, and what it did, in the Temporal UI. */
import { ApplicationFailure } from '@temporalio/common';
import { proxyActivities } from '@temporalio/workflow';

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
