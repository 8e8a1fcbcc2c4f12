/** What the converters of states share. */
import type { Json } from '../../engine/json/json.ts';
import type { Leaf } from '../draft.ts';
import { list, loose } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { NotCarriedError } from '../report.ts';
import type { Converted, Out } from '../scope.ts';
import { jsonOf } from '../value.ts';
import type { Value } from '../value.ts';
import { catchersOf, caughtBy } from './errors.ts';
import { afterChoice, afterState } from './fields.ts';
import type { AslContext, AslState } from './state.ts';

/** Leaves the scope: the state machine ends. */
export const theEnd = '\u0000end';

/** Adds the edges that every state with a node has: on, and to its catchers. */
export function withCatchers(
  state: Loose,
  context: AslContext,
  { id, leaves, result }: { id: string; leaves?: Leaf[]; result: Value },
): Converted<AslState> {
  const outs: Record<string, Out<AslState>> = {
    next: { leaves: leaves ?? [{ node: id, kind: 'children' }], state: afterState(state, context, result) },
  };
  for (const [index, leaf] of catchersOf(id, state, context).entries()) {
    const catcher = loose(list(state['Catch'])[index]);
    outs[`catch:${index}`] = { leaves: [leaf], state: afterChoice(catcher, context, caughtBy(id)) };
  }
  return { entry: [id], outs };
}

/** Returns a value as a payload holds it; one that does not carry over is named, and `otherwise`. */
export function carriedJson(
  value: Value | undefined,
  field: string,
  { draft, place }: AslContext,
  otherwise: Json,
): Json {
  if (!value) return otherwise;
  try {
    return jsonOf(value);
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    draft.tell('lost', place, `${field} does not carry over: ${error.message}`);
    return otherwise;
  }
}
