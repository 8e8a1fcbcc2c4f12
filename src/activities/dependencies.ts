import type { Definition } from '../engine/definition/definition.ts';
import type { Fact, RecordedValue } from '../engine/log/facts.ts';
import type { Json } from '../engine/json/json.ts';
import type { Evaluator } from '../expressions/evaluate/evaluator.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { GuardedClient } from '../outbound/egress/guarded-client.ts';
import type { Logger } from '../log.ts';
import type { Recorded } from '../store/log/judge-facts.ts';
import type { ExecutionProjection } from '../engine/log/projections.ts';
import type { NewRun } from '../store/starts/accept-run.ts';
import type { ResumeLinks } from '../store/waits/resume-links.ts';
import type { RetriedRun } from '../store/log/retried-run.ts';
import type { RunDocument } from '../store/log/runs.ts';
import type { GivenUpChild } from '../store/starts/give-up-child.ts';
import type { PlannedChild, WantedChild } from '../store/starts/start-child.ts';
import type { ChangingVariable } from '../store/variables/change-variable.ts';
import type { Variable } from '../store/variables/variables.ts';
import type { EndingRun, PlannedFailure } from '../store/failures/failure-run.ts';
import type { NodeValues, RunValues } from '../store/log/run-values.ts';

/** What the Activities need of the store; made by the worker's entry. */
export interface NodeStore {
  append(runId: string, facts: readonly Fact[]): Promise<Recorded[]>;
  recordValue(owner: { runId: string; organizationId: string }, value: Json): Promise<RecordedValue>;
  loadValue(runId: string, value: RecordedValue | undefined): Promise<Json | undefined>;
  executionIdOf(runId: string, path: string): string;
  /** The definition of an immutable version. @throws Error when there is none */
  definition(versionId: string): Promise<Definition>;
  nodeValues(runId: string, paths: readonly string[]): Promise<Map<string, NodeValues>>;
  /** `isStarted`: the run's start is recorded, and is among what is asked for. */
  runValues(runId: string, options?: { isStarted?: boolean }): Promise<RunValues>;
  /** Executions outside loops that have succeeded, in the order in which they ended. */
  succeeded(runId: string): Promise<ExecutionProjection[]>;
  /** As `succeeded`, up to the sequence that this process has seen last. */
  succeededSoFar(runId: string): Promise<{ succeeded: ExecutionProjection[]; lastSequence: number }>;
  /** Executions by the iteration that holds them, such as `each[3]`. */
  executionsIn(runId: string, parents: readonly string[]): Promise<Map<string, ExecutionProjection[]>>;
  /** The items of opened loops by the loop's path; a loop without items is absent. */
  loopItems(runId: string, loopPaths: readonly string[]): Promise<Map<string, Json[]>>;
  /** An execution's record. */
  execution(runId: string, path: string): Promise<ExecutionProjection | null>;
  /** Which run a `trigger-workflow` node is to start. */
  planChild(wanted: WantedChild): Promise<PlannedChild>;
  /** Records the node's facts and begins its child, both or neither; answers the state after the last fact. */
  startChild(runId: string, facts: readonly Fact[], child: NewRun): Promise<Recorded>;
  findChild(runId: string): Promise<RunDocument | null>;
  /** Records that a node waits no longer and asks for its child's cancel, both or neither; answers the state after it. */
  giveUpChild(given: GivenUpChild): Promise<Recorded>;
  /** How a wait was resumed, once that is recorded. */
  resumption(runId: string, path: string): Promise<{ outcome: string; data?: Json } | undefined>;
  /** The values of stored credentials by name; one that is not stored is absent. */
  secrets(organizationId: string, names: readonly string[]): Promise<Map<string, string>>;
  /** The run that the end of a run starts; `undefined`: none. */
  planFailure(run: EndingRun): Promise<PlannedFailure | undefined>;
  /** The values of the organization's variables by name; one that is not there is absent. */
  variables(organizationId: string, names: readonly string[]): Promise<Record<string, Json>>;
  /** Changes a variable, once for an execution. @throws AppError for what cannot be done */
  changeVariable(changing: ChangingVariable): Promise<Variable>;
  /** What a run retries; `undefined` when that is gone. */
  retried(given: { runId: string; rerunOf: string }): Promise<RetriedRun | undefined>;
  /** Execution records by path; those that are not there are absent. */
  executionsAt(runId: string, paths: readonly string[]): Promise<Map<string, ExecutionProjection>>;
  /** Makes a value of one run a value of another. */
  copyValue(
    fromRunId: string,
    owner: { runId: string; organizationId: string },
    value: RecordedValue,
  ): Promise<RecordedValue>;
  cancelReason(runId: string): Promise<string | undefined>;
  isOutage(error: unknown): boolean;
}

/** Everything the Activities are made with. */
export interface ActivityDependencies {
  store: NodeStore;
  evaluator: Evaluator;
  sandbox: Sandbox;
  client: GuardedClient;
  resumeLinks: Pick<ResumeLinks, 'urlOf'>;
  log: Logger;
}
