/** Where the nodes of a graph stand: computed in a worker, so that the page stays quick. */
import type { ELK, ElkEdgeSection, ElkNode } from 'elkjs/lib/elk-api.js';
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
/** Room between a node and the next. */
const layerGap = 44;

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
  const chains: Chains = model.nodes.length > manyNodes ? findChains(model) : new Map();
  collect(await elk.layout(elkGraph(model, chains)), { x: 0, y: 0 }, { layout, chains });
  return layout;
}

/** A node of a chain, with the edge that leads to it from the one before. */
interface Link {
  id: string;
  edgeId?: string;
}

/**
 * Nodes that follow each other with no other edge between them, by the first of each: they are placed as one, which takes
 * far less time than one by one.
 */
type Chains = Map<string, readonly Link[]>;

function findChains({ nodes, edges }: GraphModel): Chains {
  // What is being written may have an edge into a loop.
  const scopeOf = new Map(nodes.map(({ id, loop, isLoop }) => [id, isLoop ? `loop ${id}` : loop]));
  const leaving = countBy(edges.map(({ from }) => from));
  const coming = countBy(edges.map(({ to }) => to));
  const next = new Map<string, Link>();
  for (const { id: edgeId, from, to } of edges) {
    const isAlone = leaving.get(from) === 1 && coming.get(to) === 1;
    if (isAlone && scopeOf.get(from) === scopeOf.get(to)) next.set(from, { id: to, edgeId });
  }
  const followers = new Set([...next.values()].map(({ id }) => id));
  const firsts = nodes.filter(({ id }) => next.has(id) && !followers.has(id));
  return new Map(firsts.map(({ id }) => [id, [...chainFrom(id, next)]]));
}

function* chainFrom(first: string, next: ReadonlyMap<string, Link>): Generator<Link> {
  for (let link: Link | undefined = { id: first }; link; link = next.get(link.id)) yield link;
}

function countBy(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const thoroughOptions = { 'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX' };
/** The others take seconds for a thousand nodes. */
const quickOptions = {
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.thoroughness': '1',
};

function elkGraph(model: GraphModel, chains: Chains): ElkNode {
  const firstOf = new Map([...chains].flatMap(([first, links]) => links.map(({ id }) => [id, first])));
  const inLoop = new Map<string | undefined, GraphNodeModel[]>();
  for (const node of model.nodes) inLoop.set(node.loop, [...(inLoop.get(node.loop) ?? []), node]);
  const options = {
    'elk.algorithm': 'layered',
    // Nodes are wide and low: downwards more of them fit.
    'elk.direction': 'DOWN',
    'elk.layered.spacing.nodeNodeBetweenLayers': String(layerGap),
    'elk.spacing.nodeNode': '28',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.layered.spacing.edgeNodeBetweenLayers': '18',
    ...(model.nodes.length > manyNodes ? quickOptions : thoroughOptions),
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  };
  const build = (id: string | undefined): Pick<ElkNode, 'children' | 'edges'> => {
    const nodes = (inLoop.get(id) ?? []).filter((node) => (firstOf.get(node.id) ?? node.id) === node.id);
    const ids = new Set(nodes.map((node) => node.id));
    const edges = model.edges
      .map((edge) => ({ ...edge, from: firstOf.get(edge.from) ?? edge.from }))
      .filter(({ from, to }) => ids.has(from) && ids.has(to));
    return {
      children: nodes.map((node) =>
        node.isLoop
          ? { id: node.id, layoutOptions: { ...options, ...loopPadding }, ...build(node.id) }
          : { id: node.id, ...sizeOfChain(chains.get(node.id)?.length ?? 1) },
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

function sizeOfChain(count: number): typeof nodeSize {
  return { width: nodeSize.width, height: count * (nodeSize.height + layerGap) - layerGap };
}

function collect(node: ElkNode, origin: Point, given: { layout: Layout; chains: Chains }): void {
  const { layout, chains } = given;
  for (const { id, sections = [] } of node.edges ?? [])
    layout.edges.set(
      id,
      cornersOf(sections).map(({ x, y }) => ({ x: x + origin.x, y: y + origin.y })),
    );
  for (const child of node.children ?? []) {
    const place = placeOf(child);
    const chain = chains.get(child.id);
    if (chain) placeChain(chain, place, origin, layout);
    else layout.nodes.set(child.id, place);
    collect(child, { x: place.x + origin.x, y: place.y + origin.y }, given);
  }
}

function placeOf({ x = 0, y = 0, width = 0, height = 0 }: ElkNode): Point & typeof nodeSize {
  return { x, y, width, height };
}

function cornersOf(sections: readonly ElkEdgeSection[]): Point[] {
  return sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
}

/** Places the nodes of a chain below each other, and leads an edge from each to the next. */
function placeChain(chain: readonly Link[], first: Point, origin: Point, layout: Layout): void {
  for (const [index, { id, edgeId }] of chain.entries()) {
    const y = first.y + index * (nodeSize.height + layerGap);
    layout.nodes.set(id, { x: first.x, y, ...nodeSize });
    if (edgeId === undefined) continue;
    const middle = origin.x + first.x + nodeSize.width / 2;
    layout.edges.set(edgeId, [
      { x: middle, y: origin.y + y - layerGap },
      { x: middle, y: origin.y + y },
    ]);
  }
}
