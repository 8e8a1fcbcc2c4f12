/** The store as the Activities see it. */
import type { Db, MongoClient } from 'mongodb';
import type { Definition } from '../../engine/definition/definition.ts';
import type { Fact, RecordedValue } from '../../engine/log/facts.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import type { NewRun } from '../starts/accept-run.ts';
import type { Recorded } from './append-transaction.ts';
import { isOutage } from '../mongo/database.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { envelopeOf, eventsOf } from './events.ts';
import { executionIdOf, executionsOf, findExecutions, findOpenExecutions } from './executions.ts';
import { deriveId } from '../mongo/ids.ts';
import { copyValue, loadValue, recordValue } from './payloads.ts';
import { findRetriedRun } from './retried-run.ts';
import type { RunLog } from './run-log.ts';
import { loadNodeValues, loadRunValues } from './run-values.ts';
import { runsOf } from './runs.ts';
import { openCredentials } from '../access/credentials.ts';
import type { Sealer } from '../access/seal.ts';
import { findChild, planChild, startChild } from '../starts/start-child.ts';
import type { WantedChild } from '../starts/start-child.ts';
import { planFailure } from '../failures/failure-run.ts';
import type { EndingRun } from '../failures/failure-run.ts';
import { changeVariable } from '../variables/change-variable.ts';
import type { ChangingVariable } from '../variables/change-variable.ts';
import { readVariables } from '../variables/variables.ts';
import { findVersion } from '../workflows/workflow-versions.ts';

/** Immutable versions kept in memory by one process. */
const cachedVersions = 200;

/** Loops whose items one process keeps in memory. */
const cachedLoops = 50;

/** What the store is made with. */
interface NodeStoreParts {
  mongo: MongoClient;
  db: Db;
  runLog: RunLog;
  sealer: Sealer;
  /** Hears of runs and deliveries after their commit. */
  onRunAccepted: (runId: string) => void;
  onDeliveries: (deliveries: DeliveryDocument[]) => void;
}

/** Creates the store of one worker process. */
export function createNodeStore(given: NodeStoreParts) {
  const { db, runLog } = given;
  const definitions = createCache(cachedVersions, async (versionId: string): Promise<Definition> => {
    const version = await findVersion(db, versionId);
    if (!version) throw new Error(`version ${versionId} is missing`);
    return version.definition;
  });
  const items = createCache(cachedLoops, (key: string) => readItems(db, key));
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
    executionsIn: (runId: string, parents: readonly string[]) => executionsIn(db, runId, parents),
    async loopItems(runId: string, loopPaths: readonly string[]): Promise<Map<string, Json[]>> {
      const found = await Promise.all(
        loopPaths.map(async (path) => [path, await items(`${runId} ${path}`)] as const),
      );
      return new Map(found.flatMap(([path, list]) => (list ? [[path, list] as const] : [])));
    },
    execution: (runId: string, path: string): Promise<ExecutionProjection | null> =>
      executionsOf(db).findOne({ _id: executionIdOf(runId, path) }),
    resumption: (runId: string, path: string) => readResumption(db, runId, path),
    secrets: (organizationId: string, names: readonly string[]) =>
      openCredentials(db, given.sealer, { organizationId, names }),
    async cancelReason(runId: string): Promise<string | undefined> {
      return (await runsOf(db).findOne({ _id: runId }, { projection: { cancelRequest: 1 } }))?.cancelRequest
        ?.reason;
    },
    isOutage: (error: unknown) =>
      isOutage(error) || (error as { code?: string }).code === 'store-unavailable',
    planFailure: (run: EndingRun) => planFailure(db, run),
    variables: (organizationId: string, names: readonly string[]) => readVariables(db, organizationId, names),
    changeVariable: (changing: ChangingVariable) => changeVariable(given, changing),
    ...childrenIn(given),
    ...retriesIn(given),
  };
}

/** The part that is about children. */
function childrenIn(given: NodeStoreParts) {
  const { db } = given;
  return {
    planChild: (wanted: WantedChild) => planChild(db, wanted),
    findChild: (runId: string) => findChild(db, runId),
    async startChild(runId: string, facts: readonly Fact[], child: NewRun): Promise<Recorded> {
      const { recorded, deliveries, isStarted } = await startChild(given, { runId, facts }, child);
      if (isStarted) given.onRunAccepted(child.runId);
      given.onDeliveries(deliveries);
      return recorded.at(-1) as Recorded;
    },
  };
}

/** The part that is about retries. */
function retriesIn({ db }: Pick<NodeStoreParts, 'db'>) {
  return {
    retried: (given: { runId: string; rerunOf: string }) => findRetriedRun(db, given),
    async executionsAt(runId: string, paths: readonly string[]): Promise<Map<string, ExecutionProjection>> {
      const rows = await findExecutions(db, runId, paths);
      return new Map(rows.map((row) => [row.path, row]));
    },
    openExecutions: (runId: string): Promise<ExecutionProjection[]> => findOpenExecutions(db, runId),
    copyValue: (
      fromRunId: string,
      { runId, organizationId }: { runId: string; organizationId: string },
      value: RecordedValue,
    ) => copyValue(db, fromRunId, { runId, organizationId }, value),
  };
}

async function executionsIn(
  db: Db,
  runId: string,
  parents: readonly string[],
): Promise<Map<string, ExecutionProjection[]>> {
  const rows = await executionsOf(db)
    .find({ runId, parent: { $in: [...parents] } })
    .toArray();
  const byParent = new Map<string, ExecutionProjection[]>(parents.map((parent) => [parent, []]));
  for (const row of rows) byParent.get(row.parent)?.push(row);
  return byParent;
}

/** Items are recorded once, when the loop opens; every iteration reads them. `key`: run id, a space, the loop's path. */
async function readItems(db: Db, key: string): Promise<Json[] | undefined> {
  const [runId = '', path = ''] = key.split(' ');
  const execution = await executionsOf(db).findOne({ _id: executionIdOf(runId, path) });
  const input = (await loadValue(db, runId, execution?.input)) as JsonObject | null | undefined;
  const list = input?.['array'];
  return Array.isArray(list) ? list : undefined;
}

async function readResumption(
  db: Db,
  runId: string,
  path: string,
): Promise<{ outcome: string; data?: Json } | undefined> {
  const event = await eventsOf(db).findOne({ _id: deriveId('evt', runId, `node/${path}/resumed`) });
  if (!event) return undefined;
  const { outcome, data } = envelopeOf(event).data;
  // A large value is a reference in the event.
  const reference = event.refs?.includes('data') ? (data as { $ref: string; bytes: number }) : undefined;
  const value = reference
    ? await loadValue(db, runId, { ref: reference.$ref, bytes: reference.bytes })
    : data;
  return { outcome: String(outcome), ...(value === undefined ? {} : { data: value }) };
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
