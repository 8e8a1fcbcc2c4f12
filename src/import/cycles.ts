/** Steps that lead back to where they came from become the body of a `repeat`. */
import type { Converted, End, Exit, Scope, Step } from './scope.ts';
import { convertScope } from './scope.ts';

const again = '\u0000again';

/** Returns the scope with every cycle as one step. */
export function foldCycles<State>(scope: Scope<State>): Scope<State> {
  let folded = scope;
  for (const cycle of cyclesOf(scope)) folded = fold(folded, cycle);
  return folded;
}

/** Sets of steps that lead to each other. Source: Tarjan 1972. */
function cyclesOf<State>({ steps }: Scope<State>): Set<string>[] {
  const numbers = new Map<string, number>();
  const lows = new Map<string, number>();
  const stack: string[] = [];
  const cycles: Set<string>[] = [];
  const targetsOf = (key: string) =>
    (steps.get(key)?.exits ?? []).map(({ to }) => to).filter((to) => steps.has(to));
  const visit = (key: string): void => {
    numbers.set(key, numbers.size);
    lows.set(key, numbers.size - 1);
    stack.push(key);
    for (const to of targetsOf(key)) {
      if (!numbers.has(to)) visit(to);
      if (stack.includes(to)) lows.set(key, Math.min(lows.get(key) ?? 0, lows.get(to) ?? 0));
    }
    if (lows.get(key) !== numbers.get(key)) return;
    const members = stack.splice(stack.indexOf(key));
    if (members.length > 1 || targetsOf(key).includes(key)) cycles.push(new Set(members));
  };
  for (const key of steps.keys()) if (!numbers.has(key)) visit(key);
  return cycles;
}

function fold<State>(scope: Scope<State>, cycle: Set<string>): Scope<State> {
  const heads = headsOf(scope, cycle);
  const [head = ''] = heads;
  const first = scope.steps.get(head);
  if (!first) return scope;
  for (const other of heads.slice(1)) {
    const place = scope.steps.get(other)?.place ?? first.place;
    scope.draft.tell(
      'lost',
      place,
      'a way into the middle of a cycle; the cycle is entered at its first step',
    );
  }
  const inner = bodyOf(scope, cycle, head);
  const exits = exitsOf(inner, scope);
  const compound: Step<State> = {
    place: first.place,
    inner: [...inner.values()],
    exits: exits.slice(0, 1).map((to) => ({ slot: 'next', to })),
    convert: (state) => convertCycle(scope, { inner, head, exits }, state),
  };
  const steps = new Map<string, Step<State>>();
  for (const [key, step] of scope.steps) {
    if (key === head) steps.set(key, compound);
    else if (!inner.has(key) || isReachedFromOutside(scope, inner, key))
      steps.set(key, { ...step, exits: step.exits.map((exit) => toHead(exit, cycle, head)) });
  }
  return { ...scope, steps };
}

const toHead = (exit: Exit, cycle: Set<string>, head: string): Exit =>
  cycle.has(exit.to) ? { ...exit, to: head } : exit;

/** A failure that the cycle took in may be reached from elsewhere too: then it stays there as well. */
function isReachedFromOutside<State>(scope: Scope<State>, inner: Map<string, unknown>, key: string): boolean {
  return (
    scope.steps.get(key)?.isFailure === true &&
    [...scope.steps].some(([from, { exits }]) => !inner.has(from) && exits.some(({ to }) => to === key))
  );
}

function headsOf<State>({ steps, start }: Scope<State>, cycle: Set<string>): string[] {
  const entered = new Set(start.filter((key) => cycle.has(key)));
  const outside = [...steps].filter(([key]) => !cycle.has(key));
  for (const { to } of outside.flatMap(([, { exits }]) => exits)) if (cycle.has(to)) entered.add(to);
  return entered.size > 0 ? [...entered] : [...cycle].slice(-1);
}

/** The steps of the cycle, and failures that only end it. */
function bodyOf<State>({ steps }: Scope<State>, cycle: Set<string>, head: string): Map<string, Step<State>> {
  const inner = new Map<string, Step<State>>();
  for (const key of cycle) {
    const step = steps.get(key);
    if (!step) continue;
    const exits = step.exits.map((exit) => (exit.to === head ? { ...exit, to: again } : exit));
    inner.set(key, { ...step, exits });
  }
  const failures = [...inner.values()].flatMap(({ exits }) =>
    exits.map(({ to }) => [to, steps.get(to)] as const),
  );
  for (const [key, step] of failures) if (step?.isFailure && !cycle.has(key)) inner.set(key, step);
  return inner;
}

/** Where the cycle leads on: steps first, then the end of the scope. */
function exitsOf<State>(inner: Map<string, Step<State>>, { steps }: Scope<State>): string[] {
  const targets = [...inner.values()].flatMap(({ exits }) => exits.map(({ to }) => to));
  const outside = [...new Set(targets)].filter((to) => to !== again && !inner.has(to));
  return [...outside.filter((to) => steps.has(to)), ...outside.filter((to) => !steps.has(to))];
}

interface Cycle<State> {
  inner: Map<string, Step<State>>;
  head: string;
  exits: string[];
}

function convertCycle<State>(
  scope: Scope<State>,
  { inner, head, exits }: Cycle<State>,
  state: State,
): Converted<State> {
  const { draft } = scope;
  const place = inner.get(head)?.place ?? { part: head, pointer: '' };
  for (const to of exits.slice(1)) {
    const target = scope.steps.get(to)?.place.part ?? 'the end';
    draft.tell(
      'lost',
      place,
      `the cycle that begins here also leads to ${target}; only its first exit is followed`,
    );
  }
  const id = draft.add(
    `${place.part} again`,
    { type: 'repeat', payload: { while: '{{ $index = 0 }}' } },
    place,
  );
  let ends: End<State>[] = [];
  const body = draft.inLoop(() => {
    const steps = foldCycles({ ...scope, steps: inner, start: [head] });
    ends = convertScope(steps, { leaves: [], state });
    const back = ends.filter(({ to }) => to === again).flatMap(({ leaves }) => leaves);
    if (back.length > 0) closeCycle(scope, { id, back });
  });
  if (body.length === 0) {
    draft.discard(id);
    draft.tell('lost', place, 'nothing of the cycle that begins here carries over; it is left out');
    return { outs: { next: { state } } };
  }
  const node = draft.nodes.get(id);
  if (node) node.loopBody = body;
  tellOfCycle(scope, { id, ends });
  const left = ends.filter(({ to }) => to === exits[0]).map((end) => end.state);
  const after = left.length > 0 ? scope.merge(left) : state;
  return { entry: [id], outs: { next: { leaves: [{ node: id, kind: 'children' }], state: after } } };
}

function closeCycle<State>({ draft }: Scope<State>, given: { id: string; back: End<State>['leaves'] }): void {
  const loop = draft.nodes.get(given.id);
  if (!loop) return;
  const mark = draft.add('again', { type: 'set', payload: { values: { again: true } } }, loop.place);
  for (const leaf of given.back) draft.connect(leaf, mark);
  loop.payload['while'] = `{{ $index = 0 or $nodes.${mark}.status = "success" }}`;
}

function tellOfCycle<State>({ draft }: Scope<State>, { id, ends }: { id: string; ends: End<State>[] }): void {
  const place = draft.nodes.get(id)?.place;
  if (!place) return;
  const isClosed = ends.some(({ to, leaves }) => to === again && leaves.length > 0);
  if (isClosed)
    draft.tell(
      'changed',
      place,
      'the cycle that begins here is a `repeat`: a pass does not see the values of the pass before, nor does what follows the loop',
      id,
    );
  else
    draft.tell(
      'lost',
      place,
      'nothing that carries over decides on another pass of the cycle; it runs once',
      id,
    );
}
