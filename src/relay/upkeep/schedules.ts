/** The Temporal Schedules of upkeep. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Logger } from '../../log.ts';
import { callDeadlineMs } from '../runs/start-run.ts';

/** A pass that closes what was terminated must be done within a minute, with three passes for what is missing. */
const upkeep = [
  { name: 'reconciler', workflowType: 'reconcileRuns', every: '15s' },
  { name: 'retention', workflowType: 'applyRetention', every: '1h' },
] as const;

/** Id of a Schedule: one per deployment, which its Task Queues' prefix names. */
export function scheduleId(prefix: string, name: (typeof upkeep)[number]['name']): string {
  return `${prefix}-${name}`;
}

/** Creates the Schedules that are missing; warns when that is not allowed. A Schedule that operators changed stays. */
export async function ensureSchedules(
  client: Client,
  given: { prefix: string; taskQueue: string; log: Logger },
): Promise<void> {
  for (const { name, workflowType, every } of upkeep) {
    const scheduleKey = scheduleId(given.prefix, name);
    const create = () =>
      client.schedule.create({
        scheduleId: scheduleKey,
        spec: { intervals: [{ every }] },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
        action: {
          type: 'startWorkflow',
          workflowType,
          workflowId: scheduleKey,
          taskQueue: given.taskQueue,
          // A pass that finds no worker makes room for the next one.
          workflowExecutionTimeout: '10m',
        },
      });
    await client.withDeadline(Date.now() + callDeadlineMs, create).catch((error: unknown) => {
      if (error instanceof ScheduleAlreadyRunning) return;
      given.log.warn({ err: error }, `the schedule ${scheduleKey} could not be created: upkeep does not run`);
    });
  }
}
