/**
 * A part of the source whose steps lead to each other: the whole, a branch, the body of a loop. Its steps are converted in
 * order, each with what the ways that lead to it know, and joined by edges. A step that is left out lets its ways through.
 */
import type { Draft, Leaf } from './draft.ts';
import { NotCarriedError } from './report.ts';
import type { Place } from './report.ts';

/** One way out of a step. A target that is no step of the scope leaves the scope. */
export interface Exit {
  slot: string;
  to: string;
}

/** What comes out of a step by one slot. */
export interface Out<State> {
  /** Absent for a step that is left out: the ways that led to it go on. */
  leaves?: readonly Leaf[];
  state: State;
}

/** A converted step. */
export interface Converted<State> {
  /** Ids of the nodes that ways to the step lead to; absent when it is left out. */
  entry?: readonly string[];
  outs: Readonly<Record<string, Out<State>>>;
}

/** A part of the source, with the parts inside it. */
export interface Part {
  place: Place;
  inner?: readonly Part[];
}

/** A step of the source. */
export interface Step<State> extends Part {
  exits: readonly Exit[];
  /** Only fails, so that a loop that leads to it may take it in. */
  isFailure?: boolean;
  convert(state: State): Converted<State>;
}

/** The steps of one part, by key. */
export interface Scope<State> {
  draft: Draft;
  steps: ReadonlyMap<string, Step<State>>;
  start: readonly string[];
  merge(states: readonly State[]): State;
}

/** A way on: where it comes from, and what it knows. */
export interface Way<State> {
  leaves: readonly Leaf[];
  state: State;
}

/** A way out of a scope. */
export interface End<State> extends Way<State> {
  to: string;
}

/** Converts all steps; returns the ways that leave the scope. Steps that no way leads to are reported. */
export function convertScope<State>(scope: Scope<State>, begin: Way<State>): End<State>[] {
  const { steps, start, draft } = scope;
  const ways = new Map<string, Way<State>[]>(start.map((key) => [key, [begin]]));
  const ends: End<State>[] = [];
  for (const key of inOrder(scope)) {
    const step = steps.get(key);
    if (!step) continue;
    const incoming = ways.get(key) ?? [];
    if (incoming.length === 0) tellUnreached(draft, step);
    const left = incoming.length === 0 ? [] : follow(scope, step, incoming);
    for (const end of left) {
      if (steps.has(end.to)) ways.set(end.to, [...(ways.get(end.to) ?? []), end]);
      else ends.push(end);
    }
  }
  return ends;
}

/** With a part those inside it are lost. */
function tellUnreached(draft: Draft, { place, inner = [] }: Part): void {
  draft.tell('lost', place, 'nothing that carries over leads to it; it is left out');
  for (const part of inner) tellUnreached(draft, part);
}

/** Converts one step, joins it to the ways that lead to it, and returns those that leave it. */
function follow<State>(
  scope: Scope<State>,
  step: Step<State>,
  incoming: readonly Way<State>[],
): End<State>[] {
  const leaves = incoming.flatMap((way) => way.leaves);
  const converted = convertStep(scope, step, scope.merge(incoming.map(({ state }) => state)));
  for (const leaf of leaves) for (const id of converted.entry ?? []) scope.draft.connect(leaf, id);
  return step.exits.flatMap(({ slot, to }) => {
    const out = converted.outs[slot];
    return out ? [{ to, state: out.state, leaves: out.leaves ?? leaves }] : [];
  });
}

/** A step of which something cannot be had is left out as a whole. */
function convertStep<State>({ draft }: Scope<State>, step: Step<State>, state: State): Converted<State> {
  try {
    return step.convert(state);
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    draft.tell('lost', step.place, `it is left out: ${error.message}`);
    return { outs: Object.fromEntries(step.exits.map(({ slot }) => [slot, { state }])) };
  }
}

/** Keys of all steps, each after those that lead to it; those that nothing leads to come last. */
function inOrder<State>({ steps, start }: Scope<State>): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const { to } of (steps.get(key)?.exits ?? []).toReversed()) if (steps.has(to)) visit(to);
    order.push(key);
  };
  for (const key of start.toReversed()) visit(key);
  const reached = order.toReversed();
  return [...reached, ...[...steps.keys()].filter((key) => !seen.has(key))];
}
