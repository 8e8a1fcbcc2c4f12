/** One step of a node's life that an Activity or a timer carries out. */
import { ActivityFailure, TimeoutFailure } from '@temporalio/common';
import { isCancellation } from '@temporalio/workflow';
import type { Fact, NodeRef } from '../engine/log/facts.ts';
import type { GraphNode, NodeMode } from '../engine/definition/graph.ts';
import type { SchedulerInput } from '../engine/scheduler/scheduler-types.ts';
import type {
  CheckLoopCall,
  CloseLoopCall,
  FinishWaitCall,
  NodeCall,
  NodeSummary,
} from '../engine/log/node-call.ts';
import { placeOfAnswer } from './arrivals.ts';
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
    const node = nodes.get(path.slice(path.lastIndexOf('/') + 1));
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
      pure: isPure(nodeAt(node.path).mode),
    }),
  };
}

/** Whether a step is an Activity that a worker picks up, or a Local one. */
export function modeOfStep(step: NodeStep): 'remote' | 'local' {
  return step.kind === 'run' && step.on !== undefined ? 'remote' : 'local';
}

function isPure(mode: NodeMode): boolean {
  return mode !== 'remote' && mode !== 'child';
}

/** Carries a step out, its timer apart. @throws CancelledFailure when it is cancelled */
export async function runStep(nodes: NodeIndex, step: NodeStep): Promise<StepAnswer> {
  const argument = argumentOf(nodes, step);
  const place = step.kind === 'run' ? step.on : undefined;
  const isLocal = place === undefined;
  try {
    const type = step.kind === 'run' ? argument.nodeType : step.kind;
    const summary = await (isLocal ? callStep(type, argument) : callNode(argument, place));
    return { step, summary, place: placeOfAnswer(argument) };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { step, error, isOutage: isLocal && isOutage(error), place: placeOfAnswer(argument) };
  }
}

function argumentOf(
  nodes: NodeIndex,
  step: NodeStep,
): NodeCall | FinishWaitCall | CheckLoopCall | CloseLoopCall {
  const node = nodes.callOf(step.node);
  switch (step.kind) {
    case 'run':
      return {
        ...node,
        ...(typeof step.on === 'object' ? { adopts: step.on.attempt } : {}),
        ...(step.late ? { late: step.late } : {}),
      };
    case 'finish-wait':
      return { ...node, outcome: step.outcome } satisfies FinishWaitCall;
    case 'check-loop':
      return { ...node, index: step.index } satisfies CheckLoopCall;
    case 'close-loop':
      return { ...node, ...step.end } satisfies CloseLoopCall;
  }
}

/** The step that follows an answer which leaves the execution open; `undefined` when something else follows. */
export function stepAfter(nodes: NodeIndex, { node }: NodeStep, known: NodeSummary): NodeStep | undefined {
  if (known.status === 'running') return { kind: 'run', node, on: known.goesOn ?? 'common' };
  if (known.status !== 'retrying') return undefined;
  // A later attempt is an Activity, unless its code has no effect outside.
  const place = nodes.callOf(node).pure ? {} : { on: 'common' as const };
  return { kind: 'run', node, ...place, afterMs: known.inMs ?? 0 };
}

/** The step that follows an attempt whose process was lost, which it closes; `undefined` for any other step. */
export function stepAfterLoss(step: NodeStep, error: unknown): NodeStep | undefined {
  if (step.kind !== 'run' || typeof step.on !== 'object') return undefined;
  const late = lastOutcomeOf(error);
  return { kind: 'run', node: step.node, on: 'common', ...(late ? { late } : {}) };
}

/** An outcome that could not be recorded comes with the last heartbeat. */
function lastOutcomeOf(error: unknown): Fact | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  const details = cause instanceof TimeoutFailure ? cause.lastHeartbeatDetails : undefined;
  return (details as { outcome?: Fact } | undefined)?.outcome;
}

/** Status of an execution that the scheduler is told of. */
type Outcome = Extract<SchedulerInput, { kind: 'finished' }>['status'];

/** Whether a step has ended its execution. */
export function isOutcome(status: NodeSummary['status']): status is Outcome {
  return !['waiting', 'running', 'retrying', 'opened', 'checked'].includes(status);
}
