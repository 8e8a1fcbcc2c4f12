import '@xyflow/react/dist/base.css';
import { Background, Controls, Position, ReactFlow, useReactFlow, ReactFlowProvider } from '@xyflow/react';
import type { Edge, Node } from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import { replaceEqualDeep } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Loading, Problem } from '../show/page.tsx';
import classes from './graph.module.css';
import { layOut, manyNodes } from './layout.ts';
import type { Layout } from './layout.ts';
import type { GraphEdgeModel, GraphModel } from './model.ts';
import { edgeComponents } from './edges.tsx';
import type { EdgeState } from './edges.tsx';
import { nodeComponents } from './nodes.tsx';
import type { NodeState } from './nodes.tsx';

interface GraphViewProps {
  model: GraphModel;
  /** What is to be seen of a node. */
  stateOf?: (id: string) => NodeState | undefined;
  edgeStateOf?: (edge: GraphEdgeModel) => EdgeState;
  selected?: string | undefined;
  onSelect: (id: string | undefined) => void;
}

/** A graph that one can move and look into. The pages that show it show its nodes as a list too. */
export function GraphView(props: GraphViewProps) {
  const { model } = props;
  const [placed, setPlaced] = useState<{ model: GraphModel; layout: Layout }>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let isWanted = true;
    layOut(model).then((layout) => isWanted && setPlaced({ model, layout }), setError);
    return () => {
      isWanted = false;
    };
  }, [model]);
  if (error !== undefined) return <Problem error={error} />;
  // Until a changed graph is laid out, it is shown as it was.
  if (!placed) return <Loading what="the graph" />;
  return (
    <ReactFlowProvider>
      <Flow {...props} {...placed} />
    </ReactFlowProvider>
  );
}

function Flow({
  model,
  stateOf,
  edgeStateOf,
  selected,
  onSelect,
  layout,
}: GraphViewProps & { layout: Layout }) {
  const scheme = useComputedColorScheme();
  const nodes = useUnchanged(useNodes({ model, stateOf, selected, layout }));
  const edges = useUnchanged(model.edges.map((edge) => presentEdge(edge, edgeStateOf?.(edge), layout)));
  const { fitView } = useReactFlow();
  const [opened] = useState(selected);
  const fit = useMemo(
    () => ({ maxZoom: 1, padding: 0.08, ...seenAtFirst({ model, layout, opened }) }),
    [model, layout, opened],
  );
  useEffect(() => void fitView(fit), [fitView, fit]);
  return (
    <ReactFlow
      className={classes.flow ?? ''}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeComponents}
      edgeTypes={edgeComponents}
      onNodeClick={(_, node) => onSelect(node.id)}
      onPaneClick={() => onSelect(undefined)}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      onlyRenderVisibleElements={model.nodes.length > manyNodes}
      fitView
      fitViewOptions={fit}
      minZoom={0.05}
      colorMode={scheme}
      preventScrolling={false}
      zoomOnScroll={false}
      panOnScroll={false}
      proOptions={{ hideAttribution: true }}
      aria-label="Graph of the workflow"
    >
      <Background gap={20} />
      <Controls showInteractive={false} position="bottom-right" />
    </ReactFlow>
  );
}

/** Returns what is equal as the same object as before: the graph draws anew only what has changed. */
function useUnchanged<Value>(value: Value): Value {
  const last = useRef(value);
  last.current = replaceEqualDeep(last.current, value);
  return last.current;
}

/** What is in sight at first of many nodes, in pixels to either side of the topmost one and below it. */
const sight = { aside: 600, below: 600 };

/** What is in sight at first: of many nodes, which nobody could tell apart, the one that is asked for, or the first ones. */
function seenAtFirst(given: { model: GraphModel; layout: Layout; opened: string | undefined }): {
  nodes?: { id: string }[];
} {
  const { nodes } = given.model;
  if (nodes.length <= manyNodes) return {};
  const asked = nodes.filter(({ id }) => id === given.opened);
  if (asked.length > 0) return { nodes: asked };
  const outside = nodes.filter(({ loop }) => loop === undefined);
  const placeOf = ({ id }: { id: string }) => given.layout.nodes.get(id) ?? { x: 0, y: 0 };
  const top = outside.map(placeOf).reduce((first, one) => (one.y < first.y ? one : first));
  const isNear = ({ x, y }: { x: number; y: number }) =>
    Math.abs(x - top.x) <= sight.aside && y - top.y <= sight.below;
  return { nodes: outside.filter((node) => isNear(placeOf(node))) };
}

function useNodes(
  given: Pick<GraphViewProps, 'model' | 'stateOf' | 'selected'> & { layout: Layout },
): Node[] {
  const { model, stateOf, selected, layout } = given;
  const placed = useMemo(() => parentsFirst(model), [model]);
  return placed.map((node) => {
    const { x, y, width, height } = layout.nodes.get(node.id) ?? { x: 0, y: 0, width: 0, height: 0 };
    return {
      id: node.id,
      type: node.isLoop ? 'loop' : 'step',
      position: { x, y },
      width,
      height,
      // What is known need not be measured: a node that is out of sight is not drawn even once.
      measured: { width, height },
      handles: [
        { type: 'target', position: Position.Top, x: width / 2, y: 0 },
        { type: 'source', position: Position.Bottom, x: width / 2, y: height },
      ],
      ...(node.loop === undefined ? {} : { parentId: node.loop }),
      data: { node, state: stateOf?.(node.id), isSelected: node.id === selected },
    };
  });
}

/** A loop must stand before what is in it. */
function parentsFirst({ nodes }: GraphModel): GraphModel['nodes'] {
  const loopOf = new Map(nodes.map(({ id, loop }) => [id, loop]));
  const depthOf = (id: string): number => {
    let depth = 0;
    for (let at = loopOf.get(id); at !== undefined && depth < 20; at = loopOf.get(at)) depth += 1;
    return depth;
  };
  return nodes.toSorted((a, b) => depthOf(a.id) - depthOf(b.id));
}

function presentEdge(edge: GraphEdgeModel, state: EdgeState, layout: Layout): Edge {
  const { id, from, to, label } = edge;
  return {
    id,
    source: from,
    target: to,
    type: 'routed',
    zIndex: 1,
    data: { corners: layout.edges.get(id) ?? [], label, state },
  };
}
