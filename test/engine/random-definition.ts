/** Random acyclic definitions with a script of outcomes, for the property tests. */
import fc from 'fast-check';
import { normalizeDefinition } from '../../src/engine/normalize-definition.ts';
import type { Definition } from '../../src/engine/definition.ts';
import type { Join } from '../../src/engine/graph.ts';

/** What a node comes to, if it runs. */
export interface Scripted {
  status: 'success' | 'failure';
  branch?: string;
}

/** A definition, what its nodes come to, and choices that order the completions. */
export interface Scenario {
  definition: Definition;
  script: Record<string, Scripted>;
  choices: number[];
}

interface Seed {
  type: 'if' | 'switch' | 'log';
  fails: boolean;
  /** Which of its branches it selects. */
  selects: number;
  continueOnError: boolean;
  joinKind: number;
  count: number;
  isRoot: boolean;
}

const seed: fc.Arbitrary<Seed> = fc.record({
  type: fc.constantFrom('if', 'switch', 'log'),
  fails: fc.boolean(),
  selects: fc.nat(2),
  continueOnError: fc.boolean(),
  joinKind: fc.nat(99),
  count: fc.integer({ min: 1, max: 4 }),
  isRoot: fc.boolean(),
});

/** Edge kinds by number: most pairs have no edge. */
const edgeKinds = [
  'none',
  'none',
  'none',
  'children',
  'children',
  'first',
  'second',
  'third',
  'onError',
] as const;

type BranchKind = 'first' | 'second' | 'third';

/** Names of the branches by type; a type without branches has no such edges. */
const branchNames: Record<Seed['type'], Partial<Record<BranchKind, string>>> = {
  if: { first: 'then', second: 'else' },
  switch: { first: 'one', second: 'two', third: 'default' },
  log: {},
};

const payloads: Record<Seed['type'], object> = {
  if: { condition: true },
  switch: {
    value: 1,
    cases: [
      { name: 'one', equals: 1 },
      { name: 'two', equals: 2 },
    ],
  },
  log: { message: 'm' },
};

/** Definitions of 1 to `size` nodes; `joins` lists which kinds of join may occur. */
export function scenarios(joins: readonly (Join | 'count')[], size = 9): fc.Arbitrary<Scenario> {
  return fc
    .tuple(
      fc.array(seed, { minLength: 1, maxLength: size }),
      fc.array(fc.nat(edgeKinds.length - 1), { minLength: size * size, maxLength: size * size }),
      fc.array(fc.nat(1_000), { minLength: size, maxLength: size }),
      fc.constantFrom('cancel', 'drain'),
    )
    .map(([seeds, edges, choices, onNodeFailure]) => ({
      definition: build(seeds, edges, joins, onNodeFailure),
      script: scriptOf(seeds),
      choices,
    }));
}

function scriptOf(seeds: Seed[]): Record<string, Scripted> {
  const outcomes = seeds.map(({ type, fails, selects }, index) => {
    const names = Object.values(branchNames[type]);
    const name = names[selects % Math.max(1, names.length)];
    const branch = name === undefined || fails ? {} : { branch: name };
    return [`n${index}`, { status: fails ? 'failure' : 'success', ...branch }] as const;
  });
  return Object.fromEntries(outcomes);
}

function branchOf(type: Seed['type'], kind: BranchKind | 'none'): string | undefined {
  return kind === 'none' ? undefined : branchNames[type][kind];
}

function build(
  seeds: Seed[],
  edges: number[],
  joins: readonly (Join | 'count')[],
  onNodeFailure: string,
): Definition {
  const reached = new Set<number>();
  let next = 0;
  const nodes = seeds.map((one, from) => {
    const lists: Record<string, string[]> = { children: [], onError: [] };
    for (let to = from + 1; to < seeds.length; to += 1) {
      const kind = edgeKinds[edges[next++ % edges.length] ?? 0] ?? 'none';
      const list = kind === 'children' || kind === 'onError' ? kind : branchOf(one.type, kind);
      if (list === undefined) continue;
      (lists[list] ??= []).push(`n${to}`);
      reached.add(to);
    }
    const join = joins[one.joinKind % joins.length] ?? 'settled';
    const { children, onError = [], ...branches } = lists;
    return {
      type: one.type,
      payload: payloads[one.type],
      children,
      branches: Object.fromEntries(Object.entries(branches).filter(([, ids]) => ids.length > 0)),
      onError,
      continueOnError: one.continueOnError && onError.length === 0,
      join: join === 'count' ? { count: one.count } : join,
    };
  });
  const roots = seeds.flatMap((one, index) => (one.isRoot || !reached.has(index) ? [`n${index}`] : []));
  for (const [index, node] of nodes.entries()) {
    const sources = nodes.flatMap(({ children = [], branches, onError }) => [
      ...children,
      ...Object.values(branches).flat(),
      ...onError,
    ]);
    const incoming = [...roots, ...sources].filter((to) => to === `n${index}`).length;
    if (typeof node.join === 'object') node.join.count = Math.min(node.join.count, incoming);
  }
  const all = Object.fromEntries(nodes.map((node, index) => [`n${index}`, node]));
  const input = { nodes: { root: { type: 'manual', children: roots }, ...all }, settings: { onNodeFailure } };
  const { definition, problems } = normalizeDefinition(input);
  if (!definition || problems.length > 0) throw new Error(JSON.stringify(problems));
  return definition;
}
