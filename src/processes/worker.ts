/** A worker process: the Workers of the runs' and the hooks' Task Queues, and the relay. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Db, MongoClient } from 'mongodb';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { currentMs } from '../clock.ts';
import { unlessLate } from '../deadline.ts';
import { createActivities } from '../activities/create-activities.ts';
import { createDeliverHook } from '../activities/deliver/deliver-hook.ts';
import { createDeliverHooks } from '../activities/deliver/deliver-hooks.ts';
import { createRecorder } from '../activities/recorder/interceptor.ts';
import { rulesOf } from '../activities/recorder/rules-of.ts';
import { outputOf } from '../activities/steps/run-output.ts';
import { loadConfig, publicUrl, relaySettings, requireSetting, taskQueues } from '../config.ts';
import type { Config } from '../config.ts';
import { HandOver, maxHandedOver } from '../activities/recorder/hand-over.ts';
import { createSandbox } from '../activities/sandbox/sandbox.ts';
import { createEvaluator } from '../expressions/evaluate/evaluator.ts';
import { createGuardedClient } from '../outbound/egress/guarded-client.ts';
import { createLogger } from '../log.ts';
import type { Logger } from '../log.ts';
import { closeTemporalClient, connectionOptions, createTemporalClient } from '../relay/connection.ts';
import { ensureSearchAttributes } from '../relay/upkeep/search-attributes.ts';
import { effectListeners } from './effect-listeners.ts';
import { temporalTarget } from './temporal-target.ts';
import { reconcileRuns } from '../relay/runs/reconcile-runs.ts';
import { hookActivityTypes } from '../relay/deliveries/start-delivery.ts';
import { createRelay } from '../relay/relay.ts';
import type { Relay } from '../relay/relay.ts';
import { createFireSchedule } from '../relay/schedules/fire-activity.ts';
import { keepSchedules } from '../relay/schedules/keep-schedules.ts';
import { ensureSchedules } from '../relay/upkeep/schedules.ts';
import { applyRetention } from '../store/upkeep/apply-retention.ts';
import type { RetentionPosition } from '../store/upkeep/apply-retention.ts';
import { connectDatabase, ensureIndexes } from '../store/mongo/database.ts';
import { createHookStore } from '../store/deliveries/hook-store.ts';
import { createNodeStore } from '../store/log/node-store.ts';
import { giveUpChild } from '../store/starts/give-up-child.ts';
import type { GivenUpChild } from '../store/starts/give-up-child.ts';
import { createPermits } from '../store/deliveries/permits.ts';
import type { Permits } from '../store/deliveries/permits.ts';
import { createResumeLinks } from '../store/waits/resume-links.ts';
import { createRunLog } from '../store/log/run-log.ts';
import type { RunLog } from '../store/log/run-log.ts';
import { createSealer } from '../store/access/seal.ts';
import { createFlowEvaluator } from './flow-evaluator.ts';
import { runWorkers } from './run-workers.ts';
import { endOnFault } from './end-on-fault.ts';
import { Parts } from './parts.ts';
import { version } from '../version.ts';
import { workflowBundle } from './workflow-bundle.ts';

const userAgent = `Hookloom/${version}`;
/** Activities of runs at a time. */
const runSlots = 200;

/** A running worker process. */
export interface RunningWorker {
  /** Resolves with the reason when a Worker stops that nobody has stopped: the process is of no use any more. */
  failed: Promise<Error>;
  /** Lets Activities under way end within the grace time, then closes every connection. */
  stop(): Promise<void>;
}

/**
 * Starts the Workers and the relay. `parts`: where they are watched, as `workers`.
 * @throws AppError store-unavailable, or TransportError when Temporal cannot be reached
 */
export async function startWorker(
  config: Config,
  log: Logger,
  parts: Parts = new Parts(),
): Promise<RunningWorker> {
  installRuntime(log);
  const database = await connectDatabase(requireSetting(config, 'MONGODB_URL'), config.MONGODB_DB);
  const { db, client: mongo } = database;
  await ensureIndexes(db);
  const target = temporalTarget(config);
  const temporal = await createTemporalClient(target);
  const queues = taskQueues(config);
  await ensureSearchAttributes(temporal, log);
  await ensureSchedules(temporal, {
    prefix: config.TEMPORAL_TASK_QUEUE_PREFIX,
    taskQueue: queues.runs,
    log,
  });
  const flow = { runLog: () => runLog, evaluator: createFlowEvaluator() };
  const relay = createRelay({ client: temporal, mongo, db, log, ...flow, ...relaySettings(config) });
  const permits = createPermits({ db, slots: config.HOOKLOOM_HOOK_SLOTS, log });
  const runLog = createRunLog({ ...database, ...effectListeners(relay, log) });
  const tools = createTools(config, log);
  const connection = await NativeConnection.connect(await connectionOptions(target));
  const upkeep = createUpkeep({ config, log, mongo, db, runLog, temporal, relay });
  const kept = keepSchedules({ client: temporal, mongo, db, log, onFired: relay.fired });
  const shared = { config, log, connection, database, runLog };
  const { workers, drained } = await createWorkers({ ...shared, ...tools, upkeep, relay, permits });
  const running = runWorkers(workers, { log, stopMs: config.SHUTDOWN_GRACE_MS + 5_000 });
  parts.watch('workers', running.isUp);
  log.info({ taskQueues: queues }, 'worker is ready');
  return {
    failed: running.failed,
    async stop() {
      await running.stop();
      await unlessLate(config.SHUTDOWN_GRACE_MS, drained(), () => undefined);
      await kept.stop();
      permits.stop();
      await runLog.flush();
      await relay.stop();
      await Promise.all(Object.values(tools).map((tool) => tool.close()));
      // A Worker that would not stop still holds it.
      await Promise.all([connection.close().catch(() => undefined), closeTemporalClient(temporal)]);
      await database.close();
    },
  };
}

/** What nodes and deliveries work with. */
function createTools(config: Config, log: Logger) {
  return {
    client: createGuardedClient({ egressAllow: config.HOOKLOOM_EGRESS_ALLOW, log }),
    evaluator: createEvaluator(),
    sandbox: createSandbox(),
  };
}

interface WorkerParts {
  config: Config;
  log: Logger;
  connection: NativeConnection;
  database: Awaited<ReturnType<typeof connectDatabase>>;
  runLog: ReturnType<typeof createRunLog>;
  client: ReturnType<typeof createGuardedClient>;
  evaluator: ReturnType<typeof createEvaluator>;
  sandbox: ReturnType<typeof createSandbox>;
  upkeep: ReturnType<typeof createUpkeep>;
  relay: Relay;
  permits: Permits;
}

/** The Activities of the upkeep workflows. */
function createUpkeep(given: {
  config: Config;
  log: Logger;
  mongo: MongoClient;
  db: Db;
  runLog: RunLog;
  temporal: Client;
  relay: Relay;
}) {
  const { config, temporal, db } = given;
  const taskQueue = taskQueues(config).runs;
  const retentionMs = config.HOOKLOOM_RETENTION_DAYS * 24 * 60 * 60 * 1000;
  return {
    fireSchedule: createFireSchedule(given),
    reconcileRuns: (options: { force?: boolean }) =>
      reconcileRuns({ ...given, client: temporal, taskQueue }, options),
    applyRetention: (after?: RetentionPosition) =>
      applyRetention(db, new Date(currentMs() - retentionMs), after),
  };
}

/** What the runs' Worker carries out, and what records it. */
function createRunActivities(parts: WorkerParts, masterKey: string) {
  const { config, log, database, runLog, client, evaluator, sandbox, relay } = parts;
  const databases = { mongo: database.client, db: database.db };
  const store = {
    ...createNodeStore({
      ...databases,
      runLog,
      sealer: createSealer(masterKey),
      onRunAccepted: relay.startSoon,
    }),
    giveUpChild: (child: GivenUpChild) =>
      giveUpChild({ ...databases, runLog, onMessages: relay.carrySoon }, child),
  };
  const resumeLinks = createResumeLinks(masterKey, publicUrl(config));
  const { activities, isNodeType } = createActivities({
    store,
    evaluator,
    sandbox,
    client,
    resumeLinks,
    log,
  });
  const handOver = new HandOver(taskQueues(config).runs);
  const recorder = createRecorder(
    { ...store, outputOf: outputOf(store), rulesOf: rulesOf(store), log },
    isNodeType,
    handOver,
  );
  return { activities, interceptors: { activity: [recorder] }, handOver };
}

/** What every Worker is made with. */
function workerOptions(config: Config, connection: NativeConnection) {
  return {
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    shutdownGraceTime: config.SHUTDOWN_GRACE_MS,
    // A cancel reaches a running Activity with a heartbeat; the default holds heartbeats back for a minute.
    maxHeartbeatThrottleInterval: '1s',
    defaultHeartbeatThrottleInterval: '1s',
  } as const;
}

/** Creates the Workers. `drained` resolves when no delivery is under way any more: some outlast their Activity. */
async function createWorkers(
  parts: WorkerParts,
): Promise<{ workers: Worker[]; drained: () => Promise<void> }> {
  const { config, log, connection, database, client, evaluator, upkeep, relay, permits } = parts;
  const masterKey = requireSetting(config, 'HOOKLOOM_MASTER_KEY');
  const { activities, interceptors, handOver } = createRunActivities(parts, masterKey);
  const hookStore = createHookStore({
    mongo: database.client,
    db: database.db,
    sealer: createSealer(masterKey),
    permits,
    onDeliveries: relay.deliverSoon,
    onRoom: relay.releaseSoon,
  });
  const hooks = { store: hookStore, client, log, userAgent, resolve: evaluator.resolve };
  const batches = createDeliverHooks(hooks);
  const queues = taskQueues(config);
  const shared = workerOptions(config, connection);
  const runs = Worker.create({
    ...shared,
    taskQueue: queues.runs,
    workflowBundle: await workflowBundle(config.HOOKLOOM_DATA_DIR, log, {
      traces: config.HOOKLOOM_WORKFLOW_TRACES,
    }),
    activities: { ...activities, ...upkeep },
    interceptors,
    maxConcurrentActivityTaskExecutions: runSlots,
    maxConcurrentLocalActivityExecutions: runSlots,
  });
  const handedOver = Worker.create({
    ...shared,
    taskQueue: handOver.taskQueue,
    activities,
    interceptors,
    // There is always room for what goes on here: it may come in one burst more than it should.
    maxConcurrentActivityTaskExecutions: maxHandedOver + runSlots,
  });
  const deliveries = Worker.create({
    ...shared,
    taskQueue: queues.hooks,
    activities: {
      [hookActivityTypes.alone]: createDeliverHook(hooks),
      [hookActivityTypes.batch]: batches.deliverHooks,
    },
    maxConcurrentActivityTaskExecutions: config.HOOKLOOM_HOOK_SLOTS,
  });
  return { workers: await Promise.all([runs, handedOver, deliveries]), drained: batches.drained };
}

/** The SDK warns of a Worker that carries Activities alone, which the one of the hooks does. */
const noWorkflows = 'No workflows registered, not polling for workflow tasks';
let isInstalled = false;

/** The SDK's runtime exists once per process; its own metrics are open on `METRICS_PORT`. */
function installRuntime(log: Logger, { METRICS_PORT: port, HOST }: Partial<Config> = {}): void {
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({
    ...(port === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: `${HOST}:${port}` } } } }),
    shutdownSignals: [],
    logger: {
      log: () => {},
      trace: () => {},
      debug: () => {},
      info: () => {},
      warn: (message, meta) => (message === noWorkflows ? undefined : log.warn({ temporal: meta }, message)),
      error: (message, meta) => log.error({ temporal: meta }, message),
    },
  });
}

/** Runs a worker process until it is told to stop, or a Worker stops: then it ends with exit code 1. */
export async function runWorker(): Promise<void> {
  const config = loadConfig();
  const log = createLogger(config.LOG_LEVEL, 'worker');
  endOnFault(log);
  installRuntime(log, config);
  const worker = await startWorker(config, log);
  const stop = (code: number) => {
    void worker.stop().then(() => process.exit(code));
    void delay(config.SHUTDOWN_GRACE_MS + 10_000, undefined, { ref: false }).then(() => process.exit(1));
  };
  process.once('SIGTERM', () => stop(0));
  process.once('SIGINT', () => stop(0));
  const error = await worker.failed;
  log.fatal({ err: error }, 'the process ends: a Worker stopped');
  stop(1);
}
