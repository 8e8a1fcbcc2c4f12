/** Which nodes have run before another starts: what makes a reference to a node's result right, doubtful or wrong. */
import { addBit, createBitSet, hasBit, intersect, unite } from '../scheduler/bit-set.ts';
import type { BitSet } from '../scheduler/bit-set.ts';
import type { Definition } from './definition.ts';
import { definitionGraph, loopsAround, nodeIn } from './definition-graph.ts';
import type { DefinitionGraph } from './definition-graph.ts';
import { excludes, implies, runConditions } from '../scheduler/run-conditions.ts';
import type { Condition } from '../scheduler/run-conditions.ts';

/**
 * - `always`: whenever the one starts, the other has run
 * - `maybe`: it may not have run: a branch that has come together again, a parallel sibling
 * - `never`: it cannot have run: it is on another branch, must come later, is the node itself, a loop around it, or inside a loop elsewhere
 */
export type Precedence = 'always' | 'maybe' | 'never';

/** Returns whether `toId` has run before `fromId` starts. Unknown ids: `never`. */
export type CanHaveRun = (fromId: string, toId: string) => Precedence;

interface Analysis {
  graph: DefinitionGraph;
  numbers: Map<string, number>;
  conditions: Map<string, Condition>;
  /** By node: those that have run whenever it starts. */
  before: Map<string, BitSet>;
  /** By node: those that have ended, run or skipped, whenever it starts. */
  endedAtStart: Map<string, BitSet>;
  /** By node: those that have ended whenever it starts or is skipped. `all` and `count` may skip early. */
  endedAtDecision: Map<string, BitSet>;
}

/**
 * Analyses a definition once; the answer is asked per pair in constant time. A loop's own expressions (`collect`,
 * `itemKey`, `while`) see the nodes of its body as after an iteration.
 */
export function reachability(definition: Definition): CanHaveRun {
  const graph = definitionGraph(definition);
  const numbers = new Map(graph.order.map((id, index) => [id, index]));
  const analysis: Analysis = {
    graph,
    numbers,
    conditions: runConditions(graph),
    before: new Map(),
    endedAtStart: new Map(),
    endedAtDecision: new Map(),
  };
  for (const id of graph.order) {
    analysis.before.set(id, findBefore(analysis, id));
    addEnded(analysis, id);
  }
  return (fromId, toId) => precedence(analysis, fromId, toId);
}

function withSelf({ numbers }: Analysis, set: BitSet | undefined, id: string): BitSet {
  const own = set?.slice() ?? createBitSet(numbers.size);
  addBit(own, numbers.get(id) ?? 0);
  return own;
}

function addEnded(analysis: Analysis, id: string): void {
  const { endedAtStart, endedAtDecision, numbers, graph } = analysis;
  const sources = (graph.incoming.get(id) ?? []).map(({ from }) => from);
  const started = sources.map((from) => withSelf(analysis, endedAtStart.get(from), from));
  const decided = sources.map((from) => withSelf(analysis, endedAtDecision.get(from), from));
  const { join } = nodeIn(graph, id);
  const size = numbers.size;
  // Whatever the join, one source at least was taken, so it had started.
  const atStart = common(started, size);
  if (join === 'settled' || join === 'all') {
    for (const set of join === 'all' ? started : decided) unite(atStart, set);
  }
  endedAtStart.set(id, atStart);
  const atDecision = common(decided, size);
  if (join === 'settled') for (const set of decided) unite(atDecision, set);
  endedAtDecision.set(id, atDecision);
}

function common(sets: readonly BitSet[], size: number): BitSet {
  const result = sets[0]?.slice() ?? createBitSet(size);
  for (const set of sets) intersect(result, set);
  return result;
}

function findBefore(analysis: Analysis, id: string): BitSet {
  const edges = analysis.graph.incoming.get(id) ?? [];
  const sets = edges.map(({ from }) => withSelf(analysis, analysis.before.get(from), from));
  const { join } = nodeIn(analysis.graph, id);
  const all = createBitSet(analysis.numbers.size);
  if (join === 'all' || (typeof join === 'object' && join.count >= edges.length)) {
    for (const set of sets) unite(all, set);
    return all;
  }
  const certain = common(sets, analysis.numbers.size);
  if (join === 'settled') addCertain(analysis, id, certain);
  return certain;
}

/** A settled join waits for every edge to be decided, so sources that run whenever it runs have run. */
function addCertain({ graph, conditions, before, numbers }: Analysis, id: string, set: BitSet): void {
  const own = conditions.get(id);
  for (const { from } of graph.incoming.get(id) ?? []) {
    const condition = conditions.get(from);
    if (!own || !condition || !implies(own, condition)) continue;
    unite(set, before.get(from) ?? set);
    addBit(set, numbers.get(from) ?? 0);
  }
}

function precedence(analysis: Analysis, fromId: string, toId: string): Precedence {
  const { graph, numbers } = analysis;
  if (toId === graph.rootId) return 'always';
  if (!numbers.has(toId) || !numbers.has(fromId)) return 'never';
  const scope = graph.loopOf.get(toId);
  if (scope === fromId) return runsInEveryIteration(analysis, toId) ? 'always' : 'maybe';
  const from = [fromId, ...loopsAround(graph, fromId)].find((id) => graph.loopOf.get(id) === scope);
  if (from === undefined || from === toId || isIn(analysis, analysis.endedAtStart.get(toId), from))
    return 'never';
  return precedenceInScope(analysis, from, toId);
}

function precedenceInScope(analysis: Analysis, from: string, to: string): Precedence {
  if (isIn(analysis, analysis.before.get(from), to)) return 'always';
  return isExcluded(analysis, from, to) ? 'never' : 'maybe';
}

/** Only the outcome that the other needs leads to it: where the one runs, the other has not. */
function isExcluded({ conditions }: Analysis, from: string, to: string): boolean {
  const [own, other] = [conditions.get(from), conditions.get(to)];
  return own !== undefined && other !== undefined && excludes(own, other);
}

function isIn({ numbers }: Analysis, set: BitSet | undefined, id: string): boolean {
  const number = numbers.get(id);
  return set !== undefined && number !== undefined && hasBit(set, number);
}

function runsInEveryIteration({ conditions }: Analysis, id: string): boolean {
  return conditions.get(id)?.depth === 0;
}
