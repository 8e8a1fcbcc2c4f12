/** One step of a node's life that an Activity or a timer carries out. */
import { isCancellation } from '@temporalio/workflow';
import type { NodeRef } from '../engine/log/facts.ts';
import { nodeIdOf } from '../engine/log/path.ts';
import type { GraphNode, NodeMode } from '../engine/definition/graph.ts';
import type { SchedulerInput } from '../engine/scheduler/scheduler-types.ts';
import type {
  CheckLoopCall,
  CloseLoopCall,
  FinishWaitCall,
  NodeCall,
  NodeSummary,
  SuccessfulEnd,
} from '../engine/log/node-call.ts';
import { placeOfAnswer, placeOfEvent } from './arrivals.ts';
import { callNode, callStep, isOutage } from './call-activity.ts';
import type { NodeStep, StepAnswer } from './step.ts';
import type { RunInput } from './messages.ts';

/** The nodes of a run by path. */
export interface NodeIndex {
  nodeAt(path: string): GraphNode;
  refOf(path: string): NodeRef;
  callOf(node: NodeRef): NodeCall;
}

/** Creates the index of a run's graph. */
export function createNodeIndex(input: RunInput): NodeIndex {
  const { runId, organizationId, versionId } = input;
  const nodes = new Map(input.graph.nodes.map((node) => [node.id, node]));
  const nodeAt = (path: string): GraphNode => {
    const node = nodes.get(nodeIdOf(path));
    if (!node) throw new TypeError(`no node is at ${path}`);
    return node;
  };
  return {
    nodeAt,
    refOf(path) {
      const { id, type } = nodeAt(path);
      return { path, nodeId: id, nodeType: type };
    },
    callOf: (node) => ({
      ...node,
      runId,
      organizationId,
      versionId,
      pure: !isRemote(nodeAt(node.path).mode),
    }),
  };
}

/** Whether a step is an Activity that a worker picks up, or a Local one. */
export function modeOfStep({ activity }: NodeStep): 'remote' | 'local' {
  return activity ? 'remote' : 'local';
}

function isRemote(mode: NodeMode): boolean {
  return mode === 'remote' || mode === 'child';
}

/** Carries a step out, its timer apart. @throws CancelledFailure when it is cancelled; a Local Activity answers all the same */
export async function runStep(nodes: NodeIndex, step: NodeStep): Promise<StepAnswer> {
  if (step.kind === 'overdue') return { step, summary: { status: 'overdue' }, place: placeOfEvent() };
  const argument = argumentOf(nodes, step);
  const { activity } = step;
  try {
    const type = step.kind === 'run' ? argument.nodeType : step.kind;
    const summary = await (activity
      ? callNode(type, argument, activity.taskQueue)
      : callStep(type, argument));
    return { step, summary, place: placeOfAnswer(argument) };
  } catch (error) {
    if (isCancellation(error) && activity) throw error;
    return { step, error, isOutage: !activity && isOutage(error), place: placeOfAnswer(argument) };
  }
}

function argumentOf(
  nodes: NodeIndex,
  step: Exclude<NodeStep, { kind: 'overdue' }>,
): NodeCall | FinishWaitCall | CheckLoopCall | CloseLoopCall {
  const { left } = step.activity ?? {};
  const node = { ...nodes.callOf(step.node), ...(left ? { left } : {}) };
  switch (step.kind) {
    case 'run':
      return { ...node, ...(step.ends ? { ends: step.ends } : {}) };
    case 'remind':
      return node;
    case 'finish-wait':
      return { ...node, outcome: step.outcome } satisfies FinishWaitCall;
    case 'check-loop':
      return { ...node, index: step.index } satisfies CheckLoopCall;
    case 'close-loop':
      return { ...node, ...step.end } satisfies CloseLoopCall;
  }
}

/** Returns the step that follows from an answer alone: another attempt, or the Activity that adopts work that goes on. */
export function nextStep(nodes: NodeIndex, step: NodeStep, known: NodeSummary): NodeStep | undefined {
  if (known.status === 'slow') {
    const { taskQueue, left } = known;
    return {
      ...step,
      activity: { ...(taskQueue === undefined ? {} : { taskQueue }), ...(left ? { left } : {}) },
    };
  }
  if (known.status !== 'retrying') return undefined;
  const { activity: _, ...again } = step;
  // What waited for a child that failed begins with a new child.
  const kept = (step.kind === 'finish-wait' ? { kind: 'run', node: step.node } : again) as NodeStep;
  // Operators see the attempts after the first; those of pure nodes are of no interest.
  const isSeen = kept.kind === 'run' && isRemote(nodes.nodeAt(kept.node.path).mode);
  return { ...kept, afterMs: known.inMs ?? 0, ...(isSeen ? { activity: {} } : {}) };
}

/** Whether the step that has ended the wait meanwhile says what became of it. */
export function comesLate({ kind }: NodeStep, known: NodeSummary | undefined): boolean {
  return kind === 'remind' && known !== undefined && known.status !== 'waiting';
}

/** Returns the end of the run that a step has recorded with its outcome. */
export function recordedEndOf(step: NodeStep, { status, runEnded }: NodeSummary): SuccessfulEnd | undefined {
  if (step.kind !== 'run' || status !== 'success') return undefined;
  return step.ends === runEnded ? step.ends : undefined;
}

/** Status of an execution that the scheduler is told of. */
type Outcome = Extract<SchedulerInput, { kind: 'finished' }>['status'];

/** Returns what the scheduler is told of the answer to a step. */
export function inputOf(path: string, known: NodeSummary): SchedulerInput {
  const { status, branch } = known;
  if (known.loop) return { kind: 'loop-opened', path, ...known.loop };
  if (known.check) return { kind: 'loop-condition', path, ...known.check };
  if (!isOutcome(status)) throw new TypeError(`${path} came back ${status}`);
  return { kind: 'finished', path, status, ...(branch === undefined ? {} : { branch }) };
}

/** Whether a step has ended its execution. */
export function isOutcome(status: NodeSummary['status']): status is Outcome {
  return !['waiting', 'retrying', 'opened', 'checked', 'overdue', 'slow'].includes(status);
}
