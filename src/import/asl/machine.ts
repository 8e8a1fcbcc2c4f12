/** A state machine, whole or inside a state: its states as steps. */
import { pointerTo } from '../../engine/definition/definition.ts';
import { foldCycles } from '../cycles.ts';
import type { Leaf } from '../draft.ts';
import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { convertScope } from '../scope.ts';
import type { Converted, End, Part, Step } from '../scope.ts';
import { lost } from '../value.ts';
import { mergeStates } from './state.ts';
import type { AslContext, AslState, MachineContext } from './state.ts';
import { exitsOf, stateTypes } from './states.ts';
import { afterState } from './fields.ts';

/** Converts all states; returns the ways that end the machine. */
export function convertMachine(
  machine: Loose,
  context: MachineContext,
  leaves: readonly Leaf[],
): End<AslState>[] {
  const { draft, state } = context;
  const [base, ...path] = context.pointer;
  const steps = new Map<string, Step<AslState>>();
  for (const [name, one] of Object.entries(loose(machine['States']))) {
    const given = loose(one);
    const place = { part: name, pointer: base + pointerTo(...path, 'States', name) };
    steps.set(name, {
      place,
      inner: statesInside(given, place.pointer),
      exits: exitsOf(given),
      ...(given['Type'] === 'Fail' ? { isFailure: true } : {}),
      convert: (known) =>
        convertState(given, { ...context, place, state: known, language: languageOf(given, context) }),
    });
  }
  const start = text(machine['StartAt']);
  if (!steps.has(start))
    draft.tell('lost', context.place, `StartAt names ${JSON.stringify(start)}, which is no state`);
  return convertScope(foldCycles({ draft, steps, start: [start], merge: mergeStates }), { leaves, state });
}

/** The states of the machines inside a state. */
function statesInside(state: Loose, pointer: string): Part[] {
  const machines: [unknown, (string | number)[]][] = [
    [state['ItemProcessor'], ['ItemProcessor']],
    [state['Iterator'], ['Iterator']],
    ...list(state['Branches']).map((branch, index): [unknown, (string | number)[]] => [
      branch,
      ['Branches', index],
    ]),
  ];
  return machines.flatMap(([machine, path]) =>
    Object.entries(loose(loose(machine)['States'])).map(([part, one]): Part => {
      const place = { part, pointer: pointer + pointerTo(...path, 'States', part) };
      return { place, inner: statesInside(loose(one), place.pointer) };
    }),
  );
}

function languageOf(state: Loose, { language }: AslContext): AslContext['language'] {
  return state['QueryLanguage'] === 'JSONata' ? 'JSONata' : language;
}

function convertState(state: Loose, context: AslContext): Converted<AslState> {
  const type = text(state['Type']);
  const convert = Object.hasOwn(stateTypes, type) ? stateTypes[type] : undefined;
  if (convert) return convert(state, context);
  context.draft.stub(context.place.part, `the state type ${JSON.stringify(type)}`, context.place);
  return {
    outs: {
      next: { state: afterState(state, context, lost(`it reads the result of ${context.place.part}`)) },
    },
  };
}
