import type { JsonObject } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';

const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Creates the code of `set-variable`: an attempt that comes after a lost one finds what that has done. */
export function createSetVariable({ store }: Pick<ActivityDependencies, 'store'>): NodeCode {
  return async ({ call, attempt, payload }) => {
    const { runId, organizationId, path } = call;
    const by = { runId, path, executionId: attempt.executionId };
    const changing = { organizationId, name: nameOf(payload), change: changeOf(payload), by };
    try {
      const { name, value, version } = await store.changeVariable(changing);
      return { value: { name, value, version } };
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      const type = error.code === 'payload-too-large' ? 'payload_too_large' : 'invalid_input';
      throw new NodeFailure({ type, message: error.message, retryable: false }, { cause: error });
    }
  };
}

function nameOf({ name }: JsonObject): string {
  if (typeof name === 'string' && namePattern.test(name)) return name;
  throw invalid(`name: expected letters, digits and _; came ${JSON.stringify(name)}`);
}

function changeOf({ value, increment }: JsonObject) {
  if (increment === undefined) return { value: value ?? null };
  if (typeof increment === 'number') return { increment };
  throw invalid(`increment: expected a number; came ${JSON.stringify(increment)}`);
}

function invalid(message: string): NodeFailure {
  return new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
