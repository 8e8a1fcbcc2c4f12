/** The Temporal Schedules of upkeep. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Logger } from '../../log.ts';
import { callTemporal } from '../call-temporal.ts';

/** The reconciler's execution makes its passes by itself: the Schedule only sees to it that there is one. */
const upkeep = [
  { name: 'reconciler', workflowType: 'keepReconciling', every: '15s', timeout: '8h' },
  // A pass that finds no worker makes room for the next one.
  { name: 'retention', workflowType: 'applyRetention', every: '1h', timeout: '10m' },
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
  for (const { name, workflowType, every, timeout } of upkeep) {
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
          workflowExecutionTimeout: timeout,
        },
      });
    await callTemporal(client, create).catch((error: unknown) => {
      if (error instanceof ScheduleAlreadyRunning) return;
      given.log.warn({ err: error }, `the schedule ${scheduleKey} could not be created: upkeep does not run`);
    });
  }
}
