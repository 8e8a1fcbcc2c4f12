/**
 * Joins that can never be satisfied. For every node the outcomes of earlier nodes that it needs are collected; a join
 * that needs two outcomes of one node that exclude each other cannot be satisfied. Only what is certain is reported.
 */
import { addBit, createBitSet, hasBit, intersect, unite } from '../scheduler/bit-set.ts';
import type { BitSet } from '../scheduler/bit-set.ts';
import { pointerTo } from './definition.ts';
import type { Edge } from './definition.ts';
import { nodeIn } from './definition-graph.ts';
import type { DefinitionGraph } from './definition-graph.ts';
import { problem, quote } from './definition-problems.ts';
import type { Problem } from './definition-problems.ts';
import type { Join } from './graph.ts';

/** A node whose outcome decides which edges are taken; numbers of its outcomes in the bit sets. */
interface Choice {
  id: string;
  success: number;
  failure: number;
  branches: Map<string, number>;
}

interface Analysis {
  graph: DefinitionGraph;
  choices: Map<string, Choice>;
  size: number;
  /** Outcomes each node needs; absent for a node that can never run. */
  needs: Map<string, BitSet>;
}

// Bounds the work of `count` joins; leaving choices out only means that less is reported.
const maxChoicesPerCount = 20;

/** Finds `all` and `count` joins that can never be satisfied. */
export function checkJoins(graph: DefinitionGraph): Problem[] {
  const { choices, size } = findChoices(graph);
  const analysis: Analysis = { graph, choices, size, needs: new Map() };
  return graph.order.flatMap((id) => {
    const why = analyseNode(analysis, id);
    return why === undefined ? [] : [problem('unsatisfiable_join', pointerTo('nodes', id, 'join'), why)];
  });
}

function findChoices({ definition }: DefinitionGraph): { choices: Map<string, Choice>; size: number } {
  const choices = new Map<string, Choice>();
  let size = 0;
  for (const [id, node] of Object.entries(definition.nodes)) {
    const names = Object.keys(node.branches);
    if (names.length === 0 && node.onError.length === 0) continue;
    const branches = new Map(names.map((name, index) => [name, size + 2 + index]));
    choices.set(id, { id, success: size, failure: size + 1, branches });
    size += 2 + names.length;
  }
  return { choices, size };
}

/** Records what a node needs; answers why its join cannot be satisfied. */
function analyseNode(analysis: Analysis, id: string): string | undefined {
  const { graph, needs } = analysis;
  const edges = graph.incoming.get(id) ?? [];
  const live = edges.filter((edge) => needs.has(edge.from));
  const taken = live.map((edge) => edgeNeeds(analysis, edge));
  const { join } = nodeIn(graph, id);
  // Where a body begins its loop leads in, by no edge, and always.
  const fromLoop = edges.length === 0 ? 1 : 0;
  const wanted = wantedEdges(join, edges.length + fromLoop) - fromLoop;
  if (wanted > edges.length) {
    const count = wanted + fromLoop;
    return `expected at least ${count} incoming edges for count ${count}; came ${edges.length + fromLoop}`;
  }
  if (wanted > live.length) return undefined;
  const isAll = wanted === edges.length;
  const need = isAll ? union(analysis, taken) : intersection(analysis, taken);
  const clash = isAll ? findClash(analysis, need) : findShortage(analysis, taken, wanted);
  if (clash === undefined) needs.set(id, need);
  return clash === undefined || edges.length < 2
    ? undefined
    : `join ${JSON.stringify(join)} needs ${wanted} incoming edges taken, but different outcomes of ${quote(clash)} lead to them, of which only one can come`;
}

function wantedEdges(join: Join, incoming: number): number {
  if (typeof join === 'object') return join.count;
  if (join === 'all') return incoming;
  return Math.min(1, incoming);
}

function edgeNeeds({ choices, size, needs, graph }: Analysis, edge: Edge): BitSet {
  const set = createBitSet(size);
  const before = needs.get(edge.from);
  if (before) unite(set, before);
  const choice = choices.get(edge.from);
  if (!choice) return set;
  const goesOnAfterFailure = edge.kind === 'child' && nodeIn(graph, edge.from).continueOnError;
  if (edge.kind === 'error') addBit(set, choice.failure);
  else if (!goesOnAfterFailure) addBit(set, choice.success);
  const branch = edge.branch === undefined ? undefined : choice.branches.get(edge.branch);
  if (branch !== undefined) addBit(set, branch);
  return set;
}

function union({ size }: Analysis, sets: BitSet[]): BitSet {
  const all = createBitSet(size);
  for (const set of sets) unite(all, set);
  return all;
}

function intersection({ size }: Analysis, sets: BitSet[]): BitSet {
  const common = sets[0]?.slice() ?? createBitSet(size);
  for (const set of sets) intersect(common, set);
  return common;
}

/** Returns a node of which the set needs two outcomes that exclude each other. */
function findClash({ choices }: Analysis, set: BitSet): string | undefined {
  for (const choice of choices.values()) if (isClash(choice, set)) return choice.id;
  return undefined;
}

function isClash({ success, failure, branches }: Choice, set: BitSet): boolean {
  let selected = 0;
  for (const bit of branches.values()) selected += Number(hasBit(set, bit));
  return selected > 1 || (hasBit(set, failure) && (selected > 0 || hasBit(set, success)));
}

/** Returns a node whose outcomes split the edges so that too few can be taken together. */
function findShortage(analysis: Analysis, taken: BitSet[], wanted: number): string | undefined {
  if (wanted < 2) return undefined;
  const all = union(analysis, taken);
  let looked = 0;
  for (const choice of analysis.choices.values()) {
    if (!isClash(choice, all)) continue;
    if (mostTogether(choice, taken) < wanted) return choice.id;
    looked += 1;
    if (looked === maxChoicesPerCount) return undefined;
  }
  return undefined;
}

function isAbout(set: BitSet, { success, failure, branches }: Choice): boolean {
  return (
    hasBit(set, success) || hasBit(set, failure) || [...branches.values()].some((bit) => hasBit(set, bit))
  );
}

function mostTogether(choice: Choice, taken: BitSet[]): number {
  const free = taken.filter((set) => !isAbout(set, choice)).length;
  const failed = taken.filter((set) => hasBit(set, choice.failure)).length;
  const perBranch = [...choice.branches.values()].map(
    (bit) => taken.filter((set) => hasBit(set, bit)).length,
  );
  const selected = perBranch.reduce((sum, count) => sum + count, 0);
  const succeeded = taken.filter((set) => hasBit(set, choice.success)).length - selected;
  return free + Math.max(failed, succeeded + Math.max(0, ...perBranch));
}
