/** Random acyclic definitions with a script of outcomes, for the property tests. */
import fc from 'fast-check';
import { normalizeDefinition } from '../../src/engine/definition/normalize-definition.ts';
import type { Definition } from '../../src/engine/definition/definition.ts';
import type { Join } from '../../src/engine/definition/graph.ts';
import { edgeLists, randomTypes } from './random-types.ts';
import type { EdgeKind, RandomType } from './random-types.ts';
import type { Outcome, Scenario, Scripted } from './script.ts';

interface Seed {
  type: RandomType;
  /** Chooses among no loop and the loops before it. */
  place: number;
  outcomes: { fails: boolean; selects: number }[];
  loop: Omit<Scripted, 'outcomes'>;
  continueOnError: boolean;
  joinKind: number;
  count: number;
  isRoot: boolean;
}

const seed: fc.Arbitrary<Seed> = fc.record({
  type: fc.constantFrom(...(Object.keys(randomTypes) as RandomType[]), 'for-each'),
  place: fc.nat(99),
  outcomes: fc.array(fc.record({ fails: fc.constantFrom(true, false, false, false), selects: fc.nat(2) }), {
    minLength: 3,
    maxLength: 3,
  }),
  loop: fc.record({
    count: fc.nat(3),
    maxConcurrency: fc.integer({ min: 1, max: 3 }),
    toleratedFailures: fc.nat(2),
    hitsLimit: fc.constantFrom(true, false, false, false),
  }),
  continueOnError: fc.boolean(),
  joinKind: fc.nat(99),
  count: fc.integer({ min: 1, max: 4 }),
  isRoot: fc.boolean(),
});

/** Edge kinds by number. */
const edgeKinds: readonly EdgeKind[] = [
  'none',
  'none',
  'children',
  'children',
  'first',
  'second',
  'third',
  'onError',
];

/** A kind of join; those that count draw their number. `quorum`: ends the rest. */
type DrawnJoin = Join | 'count' | 'quorum';

function isCounted(join: DrawnJoin): join is 'count' | 'quorum' {
  return join === 'count' || join === 'quorum';
}

/** Each depth multiplies what a run takes. */
const maxLoopDepth = 3;

/** A node as it is drawn, with its edges by list. */
interface Drawn {
  id: string;
  seed: Seed;
  /** Id of the loop around it; empty outside loops. */
  loop: string;
  edges: [list: string, to: string][];
}

/** Definitions of 1 to `size` nodes, in loops too; `joins` lists which kinds of join may occur. */
export function scenarios(joins: readonly DrawnJoin[], size = 12): fc.Arbitrary<Scenario> {
  return fc
    .tuple(
      fc.array(seed, { minLength: 1, maxLength: size }),
      fc.array(fc.nat(edgeKinds.length - 1), { minLength: size * size, maxLength: size * size }),
      fc.array(fc.nat(1_000), { minLength: size, maxLength: size }),
      fc.constantFrom('cancel', 'drain'),
    )
    .map(([seeds, edges, choices, onNodeFailure]) => {
      const drawn = draw(seeds, edges);
      return { definition: build(drawn, joins, onNodeFailure), script: scriptOf(drawn), choices };
    });
}

function draw(seeds: readonly Seed[], edges: readonly number[]): Drawn[] {
  const loops = loopsOf(seeds);
  let next = 0;
  return seeds.map((one, from) => {
    const isEmpty = randomTypes[one.type].isLoop && !loops.includes(`n${from}`);
    const own = isEmpty ? { ...one, type: 'log' as const } : one;
    const later = loops.flatMap((loop, to) => (to > from && loop === loops[from] ? [`n${to}`] : []));
    const drawnEdges = later.flatMap((to): Drawn['edges'] => {
      const kind = edgeKinds[edges[next++ % edges.length] ?? 0] ?? 'none';
      const list = edgeLists(own.type)[kind];
      return list === undefined ? [] : [[list, to]];
    });
    return { id: `n${from}`, seed: own, loop: loops[from] ?? '', edges: drawnEdges };
  });
}

/** For each node the loop around it. */
function loopsOf(seeds: readonly Seed[]): string[] {
  const open = [{ loop: '', depth: 0 }];
  return seeds.map(({ type, place }, index) => {
    const { loop = '', depth = 0 } = open[place % open.length] ?? {};
    if (randomTypes[type].isLoop && depth < maxLoopDepth) open.push({ loop: `n${index}`, depth: depth + 1 });
    return loop;
  });
}

function scriptOf(drawn: readonly Drawn[]): Record<string, Scripted> {
  return Object.fromEntries(
    drawn.map(({ id, seed: { type, outcomes, loop } }) => [
      id,
      { ...loop, outcomes: outcomes.map((outcome) => outcomeOf(type, outcome)) },
    ]),
  );
}

function outcomeOf(type: RandomType, { fails, selects }: Seed['outcomes'][number]): Outcome {
  const names = randomTypes[type].branches;
  const branch = names[selects % Math.max(1, names.length)];
  if (fails) return { status: 'failure' };
  return { status: 'success', ...(branch === undefined ? {} : { branch }) };
}

function build(drawn: readonly Drawn[], joins: readonly DrawnJoin[], onNodeFailure: string): Definition {
  const targets = drawn.flatMap(({ edges }) => edges.map(([, to]) => to));
  const roots = drawn
    .filter(({ id, loop, seed: { isRoot } }) => loop === '' && (isRoot || !targets.includes(id)))
    .map(({ id }) => id);
  const incoming = (id: string) => [...roots, ...targets].filter((to) => to === id).length;
  const nodes = drawn.map((one) => {
    const body = drawn.filter(({ loop }) => loop === one.id).map(({ id }) => id);
    return [
      one.id,
      { ...nodeOf(one, joins, incoming(one.id)), ...(body.length > 0 ? { loopBody: body } : {}) },
    ];
  });
  const root = { type: 'manual', children: roots };
  const input = { nodes: { root, ...Object.fromEntries(nodes) }, settings: { onNodeFailure } };
  const { definition, problems } = normalizeDefinition(input);
  if (!definition || problems.length > 0) throw new Error(JSON.stringify(problems));
  return definition;
}

function nodeOf({ seed: own, edges }: Drawn, joins: readonly DrawnJoin[], incoming: number): object {
  const listed = (list: string) => edges.filter(([one]) => one === list).map(([, to]) => to);
  const branches = edges.map(([list]) => list).filter((list) => list !== 'children' && list !== 'onError');
  const onError = listed('onError');
  const join = joins[own.joinKind % joins.length] ?? 'settled';
  const count = Math.min(own.count, incoming);
  return {
    type: own.type,
    payload: randomTypes[own.type].payload,
    children: listed('children'),
    branches: Object.fromEntries(branches.map((list) => [list, listed(list)])),
    onError,
    continueOnError: own.continueOnError && onError.length === 0,
    // A number of edges can only be asked for where there are any: not where an iteration begins.
    join: isCounted(join) ? (count === 0 ? 'settled' : { count, cancelRest: join === 'quorum' }) : join,
  };
}
