import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { StatusMark } from '../show/status.tsx';
import classes from './graph.module.css';
import type { GraphNodeModel } from './model.ts';

/** What is to be seen of a node beside its name. */
export interface NodeState {
  status: string;
  /** Such as `2nd attempt`, `1.2 s`. */
  note?: string | undefined;
  /** Progress of a loop. */
  progress?: { done: number; failed: number; total: number } | undefined;
  /** Something is wrong with its text. */
  problem?: 'error' | 'warning' | undefined;
}

interface Data {
  node: GraphNodeModel;
  state: NodeState | undefined;
  isSelected: boolean;
}

function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Top} className={classes.handle ?? ''} isConnectable={false} />
      <Handle
        type="source"
        position={Position.Bottom}
        className={classes.handle ?? ''}
        isConnectable={false}
      />
    </>
  );
}

function Label({ node, state }: Pick<Data, 'node' | 'state'>) {
  return (
    <>
      {state && <StatusMark status={state.status} />}
      <span className={classes.texts}>
        <span className={classes.title}>{node.title}</span>
        <span className={classes.type}>
          {node.type}
          {state?.note && ` · ${state.note}`}
        </span>
      </span>
    </>
  );
}

function StepNode({ data }: NodeProps) {
  const { node, state, isSelected } = data as unknown as Data;
  return (
    <div
      className={classes.step}
      data-status={state?.status}
      data-selected={isSelected || undefined}
      data-problem={state?.problem}
      data-node={node.id}
    >
      <Label node={node} state={state} />
      <Ends />
    </div>
  );
}

function LoopNode({ data }: NodeProps) {
  const { node, state, isSelected } = data as unknown as Data;
  const { progress } = state ?? {};
  return (
    <div
      className={classes.loop}
      data-status={state?.status}
      data-selected={isSelected || undefined}
      data-problem={state?.problem}
      data-node={node.id}
    >
      <div className={classes.loopHead}>
        <Label node={node} state={state} />
      </div>
      {progress && progress.total > 0 && (
        <svg className={classes.progress} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect className={classes.done} width={(progress.done / progress.total) * 100} height="1" />
          <rect className={classes.failed} width={(progress.failed / progress.total) * 100} height="1" />
        </svg>
      )}
      <Ends />
    </div>
  );
}

/** How each kind of node is drawn. */
export const nodeComponents = { step: StepNode, loop: LoopNode };
