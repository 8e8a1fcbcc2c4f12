/** What a state of a state machine knows when its turn comes. */
import type { Draft, Leaf } from '../draft.ts';
import type { Loose } from '../loose.ts';
import type { Place } from '../report.ts';
import type { End } from '../scope.ts';
import { either } from '../value.ts';
import type { Value } from '../value.ts';

/** The input of a state, and the variables that states before it assigned. */
export interface AslState {
  input: Value;
  variables: Readonly<Record<string, Value>>;
}

/** What ways that meet know together. */
export function mergeStates(states: readonly AslState[]): AslState {
  const names = new Set(states.flatMap(({ variables }) => Object.keys(variables)));
  const variables = [...names].map((name) => {
    const values = states.flatMap((state) => (state.variables[name] ? [state.variables[name]] : []));
    return [name, either(values)] as const;
  });
  return { input: either(states.map(({ input }) => input)), variables: Object.fromEntries(variables) };
}

/** What the fields of one state are translated with. */
export interface AslContext {
  draft: Draft;
  place: Place;
  state: AslState;
  /** Language of its expressions. */
  language: 'JSONPath' | 'JSONata';
  /** What the expressions of later fields read: the result, the error. */
  result?: Value;
  error?: Value;
  /** Converts a state machine inside a state; returns the ways that end it. */
  convertMachine: (machine: Loose, context: MachineContext, leaves: readonly Leaf[]) => End<AslState>[];
}

/** What a machine inside another gets of it. */
export interface MachineContext extends AslContext {
  /** Pointer of what holds it, and where in that it stands. */
  pointer: [string, ...(string | number)[]];
}
