/** What the nodes of a random definition come to, and so what the scheduler is told of them. */
import type { Definition } from '../../src/engine/definition/definition.ts';
import type { SchedulerCommand, SchedulerInput } from '../../src/engine/scheduler/scheduler-types.ts';

/** What a node comes to, if it runs. Loops fail before they open, waits and delays before they begin. */
export interface Outcome {
  status: 'success' | 'failure';
  branch?: string;
}

/** What a node does. */
export interface Scripted {
  /** One per iteration, round and round; outside loops the first. */
  outcomes: Outcome[];
  /** Items of a `for-each`, passes of a `repeat`. */
  count: number;
  maxConcurrency: number;
  toleratedFailures: number;
  /** The condition of a `repeat` still holds after its last pass. */
  hitsLimit: boolean;
}

/** A definition, what its nodes come to, and choices that order what comes in. */
export interface Scenario {
  definition: Definition;
  script: Record<string, Scripted>;
  choices: number[];
}

type Scheduled = Extract<SchedulerCommand, { kind: 'schedule' }>;
type Check = Extract<SchedulerCommand, { kind: 'check-loop' }>;
type Close = Extract<SchedulerCommand, { kind: 'close-loop' }>;

/** Returns what a node that was started comes to first: its outcome, the beginning of its wait, or its bounds. */
export function startOf({ definition, script }: Scenario, { path, nodeId }: Scheduled): SchedulerInput {
  const outcome = outcomeOf(script, path, nodeId);
  if (outcome.status === 'failure') return outcome;
  const scripted = script[nodeId] as Scripted;
  const { maxConcurrency, toleratedFailures, count } = scripted;
  switch (definition.nodes[nodeId]?.type) {
    case 'for-each':
      return { kind: 'loop-opened', path, itemCount: count, maxConcurrency, toleratedFailures };
    case 'repeat':
      return { kind: 'loop-opened', path, maxConcurrency: 1, toleratedFailures: 0 };
    case 'wait':
    case 'delay':
      return { kind: 'waiting', path };
    default:
      return outcome;
  }
}

/** Returns what comes of a wait or delay that has begun: resumed or timed out, or over. */
export function endOfWait({ script }: Scenario, path: string): SchedulerInput {
  return outcomeOf(script, path, path.slice(path.lastIndexOf('/') + 1));
}

/** Returns the outcome of a node in the iterations around it. */
function outcomeOf(
  script: Scenario['script'],
  path: string,
  nodeId: string,
): Extract<SchedulerInput, { kind: 'finished' }> {
  const { outcomes } = script[nodeId] as Scripted;
  const indexes = [...path.matchAll(/\[(\d+)\]/g)].map(([, index]) => Number(index));
  const turn = indexes.reduce((sum, index) => sum + index, 0) % outcomes.length;
  return { kind: 'finished', path, ...(outcomes[turn] as Outcome) };
}

/** Returns the condition of a pass. */
export function conditionOf({ script }: Scenario, { path, nodeId, index }: Check): SchedulerInput {
  const { count, hitsLimit } = script[nodeId] as Scripted;
  const isAtEnd = index === count;
  return {
    kind: 'loop-condition',
    path,
    holds: index < count || (isAtEnd && hitsLimit),
    limitReached: isAtEnd,
  };
}

/** Returns what is recorded of a loop that is over. */
export function outcomeOfLoop({ path, error, failedPaths }: Close): SchedulerInput {
  if (error) return { kind: 'finished', path, status: 'failure' };
  return { kind: 'finished', path, status: failedPaths.length > 0 ? 'partial' : 'success' };
}
