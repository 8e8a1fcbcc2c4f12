import type { Bindings } from '../../expressions/evaluate/bindings.ts';
import type { GatherRule } from '../../store/flow/gathering.ts';
import { keyTextOf } from '../../store/flow/lanes.ts';
import type { DoorRules } from './door-rules.ts';
import { evaluateText } from './evaluate.ts';

/** A request whose key is read. */
interface Asked {
  workflowId: string;
  bindings: Bindings;
  now: Date;
}

/** Returns how a request is gathered with others; `undefined`: it starts a run of its own. @throws AppError invalid-request */
export async function gatherRuleOf({ flow = {} }: DoorRules, asked: Asked): Promise<GatherRule | undefined> {
  const { debounce, batch } = flow;
  if (debounce) {
    const { waitMs, maxWaitMs, key } = debounce;
    return { kind: 'debounce', waitMs, maxWaitMs, keyText: await keyText('debounce', key, asked) };
  }
  if (!batch) return undefined;
  const { waitMs, maxItems, key } = batch;
  return { kind: 'batch', waitMs, maxItems, keyText: await keyText('batch', key, asked) };
}

async function keyText(
  kind: GatherRule['kind'],
  text: string | undefined,
  { workflowId, bindings, now }: Asked,
): Promise<string | null> {
  if (text === undefined) return null;
  return keyTextOf(
    await evaluateText({ text, name: `settings.flow.${kind}.key`, workflowId }, bindings, now),
  );
}
