/** The store as the Activities see it. */
import type { Db } from 'mongodb';
import type { Definition } from '../engine/definition.ts';
import type { Fact, RecordedValue } from '../engine/facts.ts';
import type { Json } from '../engine/json.ts';
import type { ExecutionProjection } from '../engine/projections.ts';
import { isOutage } from './database.ts';
import { executionIdOf, executionsOf } from './executions.ts';
import { loadValue, recordValue } from './payloads.ts';
import type { RunLog } from './run-log.ts';
import { loadNodeValues, loadRunValues } from './run-values.ts';
import { runsOf } from './runs.ts';
import { findVersion } from './workflow-versions.ts';

/** Immutable versions kept in memory by one process. */
const cachedVersions = 200;

/** Creates the store of one worker process. */
export function createNodeStore(db: Db, runLog: RunLog) {
  const definitions = createCache(cachedVersions, async (versionId: string): Promise<Definition> => {
    const version = await findVersion(db, versionId);
    if (!version) throw new Error(`version ${versionId} is missing`);
    return version.definition;
  });
  return {
    append: (runId: string, facts: readonly Fact[]) => runLog.append(runId, facts),
    recordValue: ({ runId, organizationId }: { runId: string; organizationId: string }, value: Json) =>
      recordValue(db, { runId, organizationId }, value),
    loadValue: (runId: string, value: RecordedValue | undefined) => loadValue(db, runId, value),
    executionIdOf,
    definition: definitions,
    nodeValues: (runId: string, paths: readonly string[]) => loadNodeValues(db, runId, paths),
    runValues: (runId: string) => loadRunValues(db, runId),
    succeeded: (runId: string): Promise<ExecutionProjection[]> =>
      executionsOf(db)
        .find({ runId, parent: '', status: { $in: ['success', 'partial'] } })
        .sort({ finishedAt: 1 })
        .toArray(),
    async cancelReason(runId: string): Promise<string | undefined> {
      return (await runsOf(db).findOne({ _id: runId }, { projection: { cancelRequest: 1 } }))?.cancelRequest
        ?.reason;
    },
    isOutage: (error: unknown) =>
      isOutage(error) || (error as { code?: string }).code === 'store-unavailable',
  };
}

/** Keeps the latest answers; a call that fails is not kept. */
function createCache<Value>(
  size: number,
  load: (key: string) => Promise<Value>,
): (key: string) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>();
  return (key) => {
    const known = kept.get(key);
    if (known) return known;
    const value = load(key);
    kept.set(key, value);
    value.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > size && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
