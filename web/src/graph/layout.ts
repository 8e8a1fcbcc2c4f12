/** Where the nodes of a graph stand: computed in a worker, so that the page stays quick. */
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { loadPart } from '../data/load-part.ts';
import type { GraphModel, GraphNodeModel } from './model.ts';

interface Point {
  x: number;
  y: number;
}

/** Where everything stands, in pixels. */
export interface Layout {
  /** Place and size of each node, a body node's within its loop. */
  nodes: Map<string, Point & { width: number; height: number }>;
  /** Corners of each edge from its begin to its end, from the origin of the graph. */
  edges: Map<string, Point[]>;
}

/** Size of a node in pixels. */
export const nodeSize = { width: 190, height: 54 };
/** Of more nodes than these a graph is looked at in parts: it is drawn as far as it is in sight, and placed in less time. */
export const manyNodes = 150;
/** Room for a loop's own line above its body. */
const loopHead = 58;

let started: Promise<ELK> | undefined;
const loadElk = loadPart(() => import('elkjs/lib/elk-api.js'));
/** Brings the worker's file into the browser's cache: a worker whose file cannot be loaded never answers. */
const loadWorker = loadPart(async () => {
  const file = await fetch(workerUrl);
  if (!file.ok) throw new TypeError(`${workerUrl} was answered ${file.status}`);
  return file.arrayBuffer();
});

async function startElk(): Promise<ELK> {
  const [{ default: Elk }] = await Promise.all([loadElk(), loadWorker()]);
  return new Elk({ workerFactory: () => new Worker(workerUrl) });
}

/** Lays a graph out in layers, downwards. */
export async function layOut(model: GraphModel): Promise<Layout> {
  started ??= startElk();
  started.catch(() => (started = undefined));
  const elk = await started;
  const layout: Layout = { nodes: new Map(), edges: new Map() };
  collect(await elk.layout(elkGraph(model)), { x: 0, y: 0 }, layout);
  return layout;
}

const thoroughOptions = { 'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX' };
/** The others take seconds for a thousand nodes. */
const quickOptions = {
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.thoroughness': '1',
};

function elkGraph(model: GraphModel): ElkNode {
  const inLoop = new Map<string | undefined, GraphNodeModel[]>();
  for (const node of model.nodes) inLoop.set(node.loop, [...(inLoop.get(node.loop) ?? []), node]);
  const options = {
    'elk.algorithm': 'layered',
    // Nodes are wide and low: downwards more of them fit.
    'elk.direction': 'DOWN',
    'elk.layered.spacing.nodeNodeBetweenLayers': '44',
    'elk.spacing.nodeNode': '28',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.layered.spacing.edgeNodeBetweenLayers': '18',
    ...(model.nodes.length > manyNodes ? quickOptions : thoroughOptions),
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  };
  const build = (id: string | undefined): Pick<ElkNode, 'children' | 'edges'> => {
    const nodes = inLoop.get(id) ?? [];
    const ids = new Set(nodes.map((node) => node.id));
    const edges = model.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
    return {
      children: nodes.map((node) =>
        node.isLoop
          ? { id: node.id, layoutOptions: { ...options, ...loopPadding }, ...build(node.id) }
          : { id: node.id, ...nodeSize },
      ),
      edges: edges.map((edge) => ({ id: edge.id, sources: [edge.from], targets: [edge.to] })),
    };
  };
  return { id: '', layoutOptions: options, ...build(undefined) };
}

const loopPadding = {
  'elk.padding': `[top=${loopHead},left=16,bottom=16,right=16]`,
  'elk.nodeSize.constraints': 'MINIMUM_SIZE',
  'elk.nodeSize.minimum': `(${nodeSize.width + 32},${loopHead + nodeSize.height})`,
};

function collect(node: ElkNode, origin: Point, layout: Layout): void {
  for (const { id, sections = [] } of node.edges ?? []) {
    const corners = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
      startPoint,
      ...bendPoints,
      endPoint,
    ]);
    layout.edges.set(
      id,
      corners.map(({ x, y }) => ({ x: x + origin.x, y: y + origin.y })),
    );
  }
  for (const child of node.children ?? []) {
    const { id, x = 0, y = 0, width = nodeSize.width, height = nodeSize.height } = child;
    layout.nodes.set(id, { x, y, width, height });
    collect(child, { x: x + origin.x, y: y + origin.y }, layout);
  }
}
