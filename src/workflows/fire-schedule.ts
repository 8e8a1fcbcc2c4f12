/** A firing of a workflow's schedule, started by its Temporal Schedule. */
import { defineSearchAttributeKey } from '@temporalio/common';
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { FireScheduleInput } from './messages.ts';

interface FiringActivities {
  fireSchedule(firing: FireScheduleInput & { scheduledAt: string }): Promise<FiringReport>;
}

/** What became of a firing, as the Temporal UI shows it. */
interface FiringReport {
  outcome: string;
  runId?: string;
  reason?: string;
}

const activities = proxyActivities<FiringActivities>({
  startToCloseTimeout: '20s',
  // A firing that MongoDB does not take waits for it; whether it is still to be made up is decided then.
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
});

/** Set by Temporal: for when the firing was meant, whenever it happens. */
const scheduledStart = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** Begins the run of a scheduled time by the door of all runs, or says why it does not. */
export async function fireSchedule(input: FireScheduleInput): Promise<FiringReport> {
  const { typedSearchAttributes, startTime } = workflowInfo();
  const scheduledAt = typedSearchAttributes.get(scheduledStart) ?? startTime;
  return activities.fireSchedule({ ...input, scheduledAt: scheduledAt.toISOString() });
}
