import { inputSchemaOf } from '../../engine/definition/definition.ts';
import { formOf } from '../../engine/definition/form.schema.ts';
import type { Json } from '../../engine/json/json.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';

/** Creates the code of `trigger-workflow`: the recorder begins the child together with the node's own record. */
export function createTriggerWorkflow({ store }: Pick<ActivityDependencies, 'store'>): NodeCode {
  return async ({ call, attempt, payload }) => {
    const { mode = 'wait', version = 'live' } = payload;
    const isAwaited = oneOf('mode', mode, ['wait', 'detach']) === 'wait';
    const planned = await store.planChild({
      parentRunId: call.runId,
      organizationId: call.organizationId,
      path: call.path,
      attempt: attempt.counted,
      workflowId: String(payload['workflowId'] ?? ''),
      version: versionOf(version),
      isAwaited,
    });
    if ('error' in planned)
      throw new NodeFailure({ type: planned.error, message: planned.message, retryable: false });
    const { run } = planned;
    await assertFits({ store }, run.versionId, payload['payload'] ?? null);
    const input = await store.recordValue(run, payload['payload'] ?? null);
    return { child: { run: { ...run, input }, isAwaited } };
  };
}

/** @throws NodeFailure invalid_input for a payload that the child would not take */
async function assertFits(
  { store }: Pick<ActivityDependencies, 'store'>,
  versionId: string,
  payload: Json,
): Promise<void> {
  const schema = inputSchemaOf(await store.definition(versionId));
  const [problem] = formOf(schema)?.problemsOf(payload) ?? [];
  if (!problem) return;
  const message = `payload${problem.pointer}: the workflow expects ${problem.expected}`;
  throw new NodeFailure({ type: 'invalid_input', message, retryable: false });
}

function versionOf(value: Json): 'live' | 'draft' | number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  return oneOf('version', value, ['live', 'draft'] as const);
}

function oneOf<const Name extends string>(field: string, value: Json, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const message = `${field}: expected ${names.join(' or ')}; came ${JSON.stringify(value)}`;
  throw new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
