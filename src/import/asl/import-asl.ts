/** Imports state machines in the Amazon States Language. */
import type { JsonObject } from '../../engine/json/json.ts';
import { Draft } from '../draft.ts';
import { finish } from '../finish.ts';
import type { Imported, ImportOptions } from '../imported.ts';
import { isObject, text } from '../loose.ts';
import { NotCarriedError } from '../report.ts';
import type { End } from '../scope.ts';
import { jsonOf, textValue } from '../value.ts';
import { convertMachine } from './machine.ts';
import type { AslContext, AslState } from './state.ts';

/** Imports a state machine; `undefined` when the source is none. */
export function importAsl(source: unknown, options: ImportOptions): Imported | undefined {
  if (!isObject(source) || !isObject(source['States'])) return undefined;
  const draft = new Draft(options);
  const place = { part: 'workflow', pointer: '' };
  const root = draft.add('start', { type: 'manual' }, place);
  const input = textValue('$trigger.body');
  const language = source['QueryLanguage'] === 'JSONata' ? 'JSONata' : 'JSONPath';
  const context: AslContext = { draft, place, language, convertMachine, state: { input, variables: {} } };
  const ends = convertMachine(source, { ...context, pointer: [''] }, [{ node: root, kind: 'children' }]);
  addOutputs(ends, context);
  const seconds = Number(source['TimeoutSeconds']);
  const rest: JsonObject = seconds > 0 ? { settings: { timeoutMs: seconds * 1_000 } } : {};
  const description = text(source['Comment']);
  return {
    name: 'imported',
    ...(description === '' ? {} : { description }),
    definition: finish(draft, rest),
    report: draft.report,
  };
}

/** One output for all ends that give the same. */
function addOutputs(ends: readonly End<AslState>[], { draft, place }: AslContext): void {
  const outputs = new Map<string, string>();
  for (const { leaves, state } of ends) {
    if (leaves.length === 0) continue;
    try {
      const value = jsonOf(state.input);
      const key = JSON.stringify(value);
      const id = outputs.get(key) ?? draft.add('output', { type: 'output', payload: { value } }, place);
      outputs.set(key, id);
      for (const leaf of leaves) draft.connect(leaf, id);
    } catch (error) {
      if (!(error instanceof NotCarriedError)) throw error;
      draft.tell('lost', place, `its output does not carry over: ${error.message}`);
    }
  }
}
