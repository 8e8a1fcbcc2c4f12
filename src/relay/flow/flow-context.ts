/** What the parts of flow control share. */
import type { Db, MongoClient } from 'mongodb';
import type { DeliveryDocument } from '../../store/deliveries/deliveries.ts';
import { createLiveFlows } from '../../store/flow/live-flow.ts';
import type { LiveFlows, VersionFlow } from '../../store/flow/live-flow.ts';
import type { WantedLane } from '../../store/flow/lanes.ts';
import { dequeue } from '../../store/flow/waiting.ts';
import { endRun } from '../../store/log/end-run.ts';
import type { OutsideEnd } from '../../store/log/end-run.ts';
import type { RunLog } from '../../store/log/run-log.ts';
import { loadRunValues } from '../../store/log/run-values.ts';
import { loadRuns } from '../../store/log/load-runs.ts';
import { readRun } from '../../store/log/read-runs.ts';
import { groupCalls } from '../../store/mongo/group-calls.ts';
import type { RunToStart } from '../../store/starts/run-starts.ts';
import type { Logger } from '../../log.ts';
import { planRun, readsRun } from './plan-run.ts';
import type { EvaluateText, FlowPlan, FlowProblem } from './plan-run.ts';

/** What led to a run's turn. */
export interface Turn {
  priority: number;
  /** Why it has waited, for people. */
  waited: string;
}

/** What flow control is made with. */
export interface FlowParts {
  mongo: MongoClient;
  db: Db;
  log: Logger;
  /** Where runs end, and what makes them wait is recorded. */
  runLog: () => RunLog;
  evaluate: EvaluateText;
  /** Starts a run whose turn has come. */
  start(runId: string, turn: Turn): void;
  /** Carries on what was decided. */
  relay: () => {
    startSoon(runId: string): void;
    cancelSoon(runId: string): void;
    deliverSoon(deliveries: readonly DeliveryDocument[]): void;
  };
}

/** What the parts of flow control share. */
export interface FlowContext extends FlowParts {
  live: LiveFlows;
  /** Reads a run that has not started. */
  find(runId: string): Promise<RunToStart | undefined>;
  /** Returns when a run may start. @throws FlowProblem */
  plan(run: RunToStart, live: VersionFlow): Promise<FlowPlan>;
  /** Who of an organization and a plan is paused. */
  isPaused(
    run: Pick<RunToStart, 'organizationId' | 'workflowId'>,
    wants: readonly WantedLane[],
  ): Promise<boolean>;
  /** Ends a run that has not begun. */
  end(runId: string, end: OutsideEnd): Promise<void>;
}

/** Creates what the parts of flow control share. */
export function createFlowContext(parts: FlowParts): FlowContext {
  const { db, evaluate } = parts;
  const live = createLiveFlows(db);
  const find = groupCalls((ids: readonly string[]) => loadRuns(db, ids));
  return {
    ...parts,
    live,
    async find(runId) {
      const run = (await find(runId))?.state.run;
      return run && { ...run, _id: runId };
    },
    async plan(run, flow) {
      const { organizationId, workflowId, trigger } = run;
      const values = readsRun(flow.flow ?? {})
        ? await loadRunValues({ db, runLog: parts.runLog() }, run._id)
        : undefined;
      const bindings = values ? { trigger: values.trigger, inputs: values.inputs } : {};
      return planRun(flow, { organizationId, workflowId, trigger }, bindings, evaluate);
    },
    async isPaused({ organizationId, workflowId }, wants) {
      const paused = await live.paused(organizationId);
      return (
        paused.size > 0 && [workflowId, ...wants.map(({ owner }) => owner)].some((one) => paused.has(one))
      );
    },
    async end(runId, end) {
      const run = (await readRun(db, runId))?.run;
      if (run) await endRun({ db, runLog: parts.runLog() }, run, end);
      await dequeue(db, runId);
    },
  };
}

/** How a run ends whose settings make no sense. */
export function failureOf({ message }: FlowProblem): OutsideEnd {
  return { status: 'failure', error: { type: 'invalid_input', message, retryable: false }, source: 'flow' };
}
