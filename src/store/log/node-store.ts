/** The store as the Activities see it. */
import { LRUCache } from 'lru-cache';
import type { Db, MongoClient } from 'mongodb';
import type { Definition } from '../../engine/definition/definition.ts';
import type { Fact, RecordedValue } from '../../engine/log/facts.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import type { NewRun } from '../starts/accept-run.ts';
import type { Recorded } from './judge-facts.ts';
import { isOutage } from '../mongo/database.ts';
import { readRunLog } from './appends.ts';
import { envelopeOf } from './events.ts';
import { executionIdOf, executionsOf, parentOf } from './executions.ts';
import { findExecutions } from './read-runs.ts';
import { copyValue, loadValue, recordValue } from './payloads.ts';
import { findRetriedRun } from './retried-run.ts';
import type { RunLog } from './run-log.ts';
import type { RunState } from './run-state.ts';
import { loadNodeValues, loadRunValues, readExecutions } from './run-values.ts';
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
import { loadVersion } from '../workflows/workflow-versions.ts';

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
  /** Hears of runs after their commit. */
  onRunAccepted: (runId: string) => void;
}

/** Creates the store of one worker process. */
export function createNodeStore(given: NodeStoreParts) {
  const { db, runLog } = given;
  const { definitions, items } = createCaches(given);
  return {
    append: (runId: string, facts: readonly Fact[]) => runLog.append(runId, facts),
    recordValue: ({ runId, organizationId }: { runId: string; organizationId: string }, value: Json) =>
      recordValue(db, { runId, organizationId }, value),
    loadValue: (runId: string, value: RecordedValue | undefined) => loadValue(db, runId, value),
    executionIdOf,
    definition: (versionId: string): Promise<Definition> => definitions.forceFetch(versionId),
    nodeValues: (runId: string, paths: readonly string[]) => loadNodeValues(given, runId, paths),
    runValues: (runId: string, options?: { isStarted?: boolean }) => loadRunValues(given, runId, options),
    succeeded: async (runId: string) => findSucceeded(given, await runLog.latest(runId)),
    async succeededSoFar(runId: string) {
      const state = await runLog.state(runId);
      const { lastSequence } = state;
      return { succeeded: await findSucceeded(given, state), lastSequence };
    },
    executionsIn: (runId: string, parents: readonly string[]) => executionsIn(given, runId, parents),
    async loopItems(runId: string, loopPaths: readonly string[]): Promise<Map<string, Json[]>> {
      const found = await Promise.all(
        loopPaths.map(async (path) => [path, await items.forceFetch(`${runId} ${path}`)] as const),
      );
      return new Map(found.flatMap(([path, { list }]) => (list ? [[path, list] as const] : [])));
    },
    execution: async (runId: string, path: string): Promise<ExecutionProjection | null> =>
      (await readExecutions(runLog, runId, [path])).get(path) ?? null,
    resumption: (runId: string, path: string) => readResumption(given, runId, path),
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

/** Creates what is kept in memory; calls for one key at once share a read, and one that fails is not kept. */
function createCaches(given: Reading) {
  const definitions = new LRUCache<string, Definition>({
    max: cachedVersions,
    ignoreFetchAbort: true,
    fetchMethod: async (versionId) => (await loadVersion(given.db, versionId)).definition,
  });
  const items = new LRUCache<string, { list: Json[] | undefined }>({
    max: cachedLoops,
    ignoreFetchAbort: true,
    fetchMethod: async (key) => ({ list: await readItems(given, key) }),
  });
  return { definitions, items };
}

/** The part that is about children. */
function childrenIn(given: NodeStoreParts) {
  const { db } = given;
  return {
    planChild: (wanted: WantedChild) => planChild(db, wanted),
    findChild: (runId: string) => findChild(db, runId),
    async startChild(runId: string, facts: readonly Fact[], child: NewRun): Promise<Recorded> {
      const { recorded, isStarted } = await startChild(given, { runId, facts }, child);
      if (isStarted) given.onRunAccepted(child.runId);
      given.runLog.carryOut([runId, ...(isStarted ? [child.runId] : [])]);
      return recorded.at(-1) as Recorded;
    },
  };
}

/** The part that is about retries. */
function retriesIn({ db, runLog }: Pick<NodeStoreParts, 'db' | 'runLog'>) {
  return {
    async retried(given: { runId: string; rerunOf: string }) {
      await runLog.settle(given.rerunOf);
      return findRetriedRun(db, given);
    },
    async executionsAt(runId: string, paths: readonly string[]): Promise<Map<string, ExecutionProjection>> {
      const rows = await findExecutions(db, runId, paths);
      return new Map(rows.map((row) => [row.path, row]));
    },
    copyValue: (
      fromRunId: string,
      { runId, organizationId }: { runId: string; organizationId: string },
      value: RecordedValue,
    ) => copyValue(db, fromRunId, { runId, organizationId }, value),
  };
}

type Reading = Pick<NodeStoreParts, 'db' | 'runLog'>;

/** Of a run that is too large for memory the records are read, once they are what the log says. */
async function findSucceeded({ db, runLog }: Reading, state: RunState): Promise<ExecutionProjection[]> {
  const { runId } = state;
  const isWanted = ({ path, status }: ExecutionProjection) =>
    parentOf(path) === '' && (status === 'success' || status === 'partial');
  if (!state.hasForgotten) return [...state.executions()].filter(isWanted).sort(byEnd);
  await runLog.settle(runId);
  return executionsOf(db)
    .find({ runId, parent: '', status: { $in: ['success', 'partial'] } })
    .sort({ finishedAt: 1 })
    .toArray();
}

function byEnd(a: ExecutionProjection, b: ExecutionProjection): number {
  return a.lastSequence - b.lastSequence;
}

async function executionsIn(
  { db, runLog }: Reading,
  runId: string,
  parents: readonly string[],
): Promise<Map<string, ExecutionProjection[]>> {
  const byParent = new Map<string, ExecutionProjection[]>(parents.map((parent) => [parent, []]));
  const state = await runLog.latest(runId);
  if (!state.hasForgotten) {
    for (const execution of state.executions()) byParent.get(parentOf(execution.path))?.push(execution);
    return byParent;
  }
  await runLog.settle(runId);
  const rows = executionsOf(db).find({ runId, parent: { $in: [...parents] } });
  for await (const row of rows) byParent.get(row.parent)?.push(row);
  return byParent;
}

/** Items are recorded once, when the loop opens; every iteration reads them. `key`: run id, a space, the loop's path. */
async function readItems({ db, runLog }: Reading, key: string): Promise<Json[] | undefined> {
  const [runId = '', path = ''] = key.split(' ');
  const execution = (await readExecutions(runLog, runId, [path])).get(path);
  const input = (await loadValue(db, runId, execution?.input)) as JsonObject | null | undefined;
  const list = input?.['array'];
  return Array.isArray(list) ? list : undefined;
}

async function readResumption(
  { db, runLog }: Reading,
  runId: string,
  path: string,
): Promise<{ outcome: string; data?: Json } | undefined> {
  const execution = (await readExecutions(runLog, runId, [path])).get(path);
  if (execution?.resumedAt === undefined) return undefined;
  const after = execution.firstSequence - 1;
  const events = await readRunLog(db, runId, { after, executionId: execution.executionId });
  const event = events.find(({ type }) => type === 'node.resumed');
  if (!event) return undefined;
  const { outcome, data } = envelopeOf(event).data;
  // A large value is a reference in the event.
  const reference = event.refs?.includes('data') ? (data as { $ref: string; bytes: number }) : undefined;
  const value = reference
    ? await loadValue(db, runId, { ref: reference.$ref, bytes: reference.bytes })
    : data;
  return { outcome: String(outcome), ...(value === undefined ? {} : { data: value }) };
}
