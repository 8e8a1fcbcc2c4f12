import { correlationKey } from '../../engine/log/correlation-key.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Bindings } from '../../expressions/evaluate/bindings.ts';
import type { Correlation } from '../../store/waits/correlate-request.ts';
import type { DoorRules } from './door-rules.ts';
import { evaluateKey } from './evaluate.ts';

/**
 * Returns what a request resumes, by the `resume.key` of its workflow's live version. `undefined` when the trigger has
 * none, or when the request gives it no value and so starts a run; `no_key` when it then does nothing.
 * @throws AppError invalid-request when the expression fails, or when the request must have a key and has none
 */
export async function correlationOf(
  { resume }: DoorRules,
  given: { workflowId: string; bindings: Bindings & { trigger: JsonObject }; now: Date },
): Promise<Correlation | undefined | 'no_key'> {
  if (resume === null) return undefined;
  const { workflowId, bindings, now } = given;
  const text = { text: resume.key, name: 'resume.key', workflowId };
  const key = correlationKey(await evaluateKey(text, bindings, now));
  const data = bindings.trigger['body'] ?? null;
  if (key !== undefined) return { key, otherwise: resume.otherwise, data };
  if (resume.whenKeyMissing === 'reject')
    throw new AppError('invalid-request', 'resume.key: expected a value in the request; it has none.');
  return resume.whenKeyMissing === 'skip' ? 'no_key' : undefined;
}
