import type { Db } from 'mongodb';
import type { z } from 'zod';
import { nodeOf } from '../../engine/definition/definition.ts';
import type { Asked } from '../../engine/definition/form.schema.ts';
import type { ExecutionDocument } from '../../store/log/executions.ts';
import { loadValue } from '../../store/log/payloads.ts';
import { findPlaces } from '../../store/waits/wait-places.ts';
import type { openWait } from './answers.ts';
import { describeWait } from './describe-wait.ts';

/** Returns open waits as answers, in their order. */
export async function presentWaits(
  db: Db,
  waits: readonly ExecutionDocument[],
): Promise<z.output<typeof openWait>[]> {
  const placeOf = await findPlaces(db, waits);
  return Promise.all(
    waits.map(async (wait) => {
      const { runId, path, workflowId, nodeId } = wait;
      const { definition, workflowName } = placeOf(wait);
      const asked = (await loadValue(db, runId, wait.input)) as Asked;
      return {
        id: wait._id,
        runId,
        path,
        workflowId,
        workflowName,
        ...describeWait(nodeId, definition && nodeOf(definition, nodeId), asked),
        startedAt: wait.startedAt ?? '',
        expiresAt: wait.waitUntil ?? null,
        remindedAt: wait.remindedAt ?? null,
      };
    }),
  );
}
