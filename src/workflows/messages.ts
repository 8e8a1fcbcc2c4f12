/** What clients send to the Workflow of a run. */
import type { CompiledGraph } from '../engine/definition/graph.ts';
import type { SchedulerState } from '../engine/scheduler/scheduler-state.ts';
import type { NodeStep, WaitEnd } from './step.ts';

const maxTypeLength = 64;

/** Returns the Workflow Type of a workflow's runs: its name as a slug, for every type that is no other is a run. */
export function runWorkflowType(workflowName: string): string {
  const slug = workflowName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxTypeLength)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'workflow' : slug;
}

/** Argument of a run's Workflow; the Workflow Id is the run id. */
export interface RunInput {
  runId: string;
  organizationId: string;
  workflowId: string;
  versionId: string;
  graph: CompiledGraph;
  /** Events of history after which the run continues as new; absent: never. */
  continueAfterEvents?: number;
  /** Id of the run that this one retries: it begins with what it takes over from there. */
  rerunOf?: string;
  /** Where the execution before has left off. */
  carried?: CarriedState;
}

/** What a run takes along when it continues as new: everything else is in the log. */
export interface CarriedState {
  stateVersion: 1;
  scheduler: SchedulerState;
  /** Delays, waits' timeouts and retries that are still to come. `dueAt`: epoch milliseconds. */
  timers: { step: NodeStep; dueAt: number }[];
  /** Ends of waits that came before their step had answered, by path. */
  due?: [path: string, end: WaitEnd][];
  /** How often the run has waited. */
  waits: number;
  /** When `settings.timeoutMs` ends the run, epoch milliseconds. */
  endsAt?: number;
}

/** Name of the Workflow Type of a schedule's firing. */
export const fireScheduleType = 'fireSchedule';

/** Argument of `fireSchedule`. */
export interface FireScheduleInput {
  workflowId: string;
  /** The revision of the schedule by which it fires. */
  revision: number;
}

/** Signal: the log says that the wait at this path was resumed. */
export const resumedSignal = 'resumed';

/** Search attributes of a run, registered as Keyword. */
export const searchAttributes = {
  organization: 'HookloomOrg',
  workflow: 'HookloomWorkflow',
  /** Of a run that ended `partial`, which Temporal calls completed; what else became of it Temporal says by itself. */
  status: 'HookloomStatus',
  trigger: 'HookloomTrigger',
} as const;
