/**
 * Under which condition each node runs, as far as the graph tells. Conditions form a tree: each implies its parent, the
 * root being "always, in this scope". Two nodes with the same condition run together or not at all.
 */
import type { Edge } from '../definition/definition.ts';
import { nodeIn } from '../definition/definition-graph.ts';
import type { DefinitionGraph } from '../definition/definition-graph.ts';
import { nodeType } from '../node-types/registry.ts';

/** A condition. `outcome` says which outcome of which node it stands for, if it stands for one. */
export interface Condition {
  parent?: Condition;
  depth: number;
  outcome?: { node: string; name: string };
}

/** Whether `condition` can only hold when `other` does. */
export function implies(condition: Condition, other: Condition): boolean {
  let at: Condition | undefined = condition;
  while (at && at.depth > other.depth) at = at.parent;
  return at === other;
}

/** Whether two conditions need different outcomes of one node, so that never both hold. */
export function excludes(one: Condition, other: Condition): boolean {
  const wanted = outcomesOf(one);
  return [...outcomesOf(other)].some(([node, names]) => {
    const own = wanted.get(node);
    return own !== undefined && isClash(own, names);
  });
}

function outcomesOf(condition: Condition): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (let at: Condition | undefined = condition; at; at = at.parent)
    if (at.outcome) found.set(at.outcome.node, [...(found.get(at.outcome.node) ?? []), at.outcome.name]);
  return found;
}

/** A node selects one branch, and succeeds or fails. */
function isClash(one: readonly string[], other: readonly string[]): boolean {
  const branchOf = (names: readonly string[]) => names.find((name) => name.startsWith('='));
  const [a, b] = [branchOf(one), branchOf(other)];
  if (a !== undefined && b !== undefined) return a !== b;
  const fails = (names: readonly string[]) => names.includes('!failure');
  return fails(one) !== fails(other);
}

/** Returns the condition of every node, by id. Nodes on cycles have none. */
export function runConditions(graph: DefinitionGraph): Map<string, Condition> {
  const scopes = new Map<string | undefined, Condition>();
  const outcomes = new Map<string, Condition>();
  const conditions = new Map<string, Condition>();
  for (const id of graph.order) {
    const loop = graph.loopOf.get(id);
    const always = scopes.get(loop) ?? { depth: 0 };
    scopes.set(loop, always);
    const edges = graph.incoming.get(id) ?? [];
    const taken = edges.flatMap((edge) => {
      const source = conditions.get(edge.from);
      return source ? [edgeCondition({ graph, outcomes }, edge, source)] : [];
    });
    conditions.set(id, taken.length === 0 ? always : joinCondition({ graph, conditions }, id, taken));
  }
  return conditions;
}

type Outcomes = Map<string, Condition>;

/** A failure that nothing handles ends the scope, so what comes after success is then certain. */
function edgeCondition(
  { graph, outcomes }: { graph: DefinitionGraph; outcomes: Outcomes },
  edge: Edge,
  source: Condition,
): Condition {
  const node = nodeIn(graph, edge.from);
  const outcome = (name: string, parent: Condition): Condition => {
    const key = `${edge.from}/${name}`;
    const known = outcomes.get(key) ?? {
      parent,
      depth: parent.depth + 1,
      outcome: { node: edge.from, name },
    };
    outcomes.set(key, known);
    return known;
  };
  if (edge.kind === 'error') return outcome('!failure', source);
  const drains = graph.definition.settings.onNodeFailure === 'drain';
  const endsOnFailure = node.onError.length === 0 && !drains && !node.continueOnError;
  const isCertain = endsOnFailure || (edge.kind === 'child' && node.continueOnError);
  const success = isCertain ? source : outcome('!success', source);
  return edge.branch === undefined ? success : outcome(`=${edge.branch}`, success);
}

interface Joining {
  graph: DefinitionGraph;
  conditions: Map<string, Condition>;
}

function joinCondition(joining: Joining, id: string, taken: Condition[]): Condition {
  const { join } = nodeIn(joining.graph, id);
  const needsAll = join === 'all' || (typeof join === 'object' && join.count === taken.length);
  if (needsAll) {
    const deepest = taken.reduce((best, one) => (one.depth > best.depth ? one : best));
    return taken.every((one) => implies(deepest, one))
      ? deepest
      : { parent: deepest, depth: deepest.depth + 1 };
  }
  const distinct = typeof join === 'object' ? taken : coalesce(joining, taken);
  const top = distinct.reduce((best, one) => (one.depth < best.depth ? one : best));
  const isTop = typeof join !== 'object' && distinct.every((one) => implies(one, top));
  const parent = distinct.reduce(commonParent);
  return isTop ? top : { parent, depth: parent.depth + 1 };
}

function commonParent(a: Condition, b: Condition): Condition {
  let [x, y] = [a, b];
  while (x !== y) {
    if (x.depth >= y.depth && x.parent) x = x.parent;
    else if (y.parent) y = y.parent;
    else return x;
  }
  return x;
}

/** Puts all outcomes of one node together into the condition under which it runs, until nothing is left to join. */
function coalesce(joining: Joining, taken: Condition[]): Condition[] {
  const held = new Set(taken);
  // The set grows while it is read: a condition that is added may complete another node.
  for (const one of held) {
    if (one.outcome === undefined || !one.parent) continue;
    const { node } = one.outcome;
    const names = [...held].flatMap((other) => (other.outcome?.node === node ? [other.outcome.name] : []));
    const whole = one.outcome.name.startsWith('!')
      ? ['!success', '!failure']
      : branchNames(joining.graph, node);
    if (whole.every((name) => names.includes(name))) held.add(one.parent);
  }
  return [...held];
}

function branchNames(graph: DefinitionGraph, id: string): string[] {
  const node = nodeIn(graph, id);
  return (nodeType(node.type)?.branchesOf?.(node.payload) ?? []).map((name) => `=${name}`);
}
