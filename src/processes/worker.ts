/** A worker process: the Workers of the runs' and the hooks' Task Queues, and the relay. */
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { currentMs } from '../clock.ts';
import { createActivities } from '../activities/create-activities.ts';
import { createDeliverHook } from '../activities/deliver/deliver-hook.ts';
import { createRecorder } from '../activities/recorder/interceptor.ts';
import { rulesOf } from '../activities/recorder/rules-of.ts';
import { loadConfig, publicUrl, relaySettings, requireSetting, taskQueues } from '../config.ts';
import type { Config } from '../config.ts';
import { createSandbox } from '../activities/sandbox/sandbox.ts';
import { createEvaluator } from '../expressions/evaluate/evaluator.ts';
import { createGuardedClient } from '../outbound/egress/guarded-client.ts';
import { createLogger } from '../log.ts';
import type { Logger } from '../log.ts';
import { connectionOptions, createTemporalClient } from '../relay/connection.ts';
import { ensureSearchAttributes } from '../relay/upkeep/search-attributes.ts';
import { effectListeners } from './effect-listeners.ts';
import { temporalTarget } from './temporal-target.ts';
import { reconcileRuns } from '../relay/runs/reconcile-runs.ts';
import { createRelay } from '../relay/relay.ts';
import type { Relay } from '../relay/relay.ts';
import { ensureSchedules } from '../relay/upkeep/schedules.ts';
import { applyRetention } from '../store/upkeep/apply-retention.ts';
import type { RetentionPosition } from '../store/upkeep/apply-retention.ts';
import { connectDatabase, ensureIndexes } from '../store/mongo/database.ts';
import { createHookStore } from '../store/deliveries/hook-store.ts';
import { createNodeStore } from '../store/log/node-store.ts';
import { createPermits } from '../store/deliveries/permits.ts';
import type { Permits } from '../store/deliveries/permits.ts';
import { createResumeLinks } from '../store/waits/resume-links.ts';
import { createRunLog } from '../store/log/run-log.ts';
import type { RunLog } from '../store/log/run-log.ts';
import { createSealer } from '../store/access/seal.ts';
import { workflowBundle } from './workflow-bundle.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
const userAgent = `Hookloom/${version}`;
/** Activities of runs at a time. */
const runSlots = 200;

/** A running worker process. */
export interface RunningWorker {
  /** Lets Activities under way end within the grace time, then closes every connection. */
  stop(): Promise<void>;
}

/**
 * Starts the Workers and the relay.
 * @throws AppError store-unavailable, or TransportError when Temporal cannot be reached
 */
export async function startWorker(config: Config, log: Logger): Promise<RunningWorker> {
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
  const relay = createRelay({ client: temporal, mongo, db, log, ...relaySettings(config) });
  const permits = createPermits({ db, slots: config.HOOKLOOM_HOOK_SLOTS, log });
  const runLog = createRunLog({
    ...database,
    ...effectListeners(relay, log),
  });
  const client = createGuardedClient({ egressAllow: config.HOOKLOOM_EGRESS_ALLOW, log });
  const evaluator = createEvaluator();
  const sandbox = createSandbox();
  const connection = await NativeConnection.connect(await connectionOptions(target));
  const upkeep = createUpkeep({ config, log, db, runLog, temporal });
  const shared = { config, log, connection, database, runLog };
  const workers = await createWorkers({ ...shared, client, evaluator, sandbox, upkeep, relay, permits });
  const running = Promise.all(workers.map((worker) => worker.run()));
  running.catch((error: unknown) => log.error({ err: error }, 'a Worker stopped'));
  log.info({ taskQueues: queues }, 'worker is ready');
  return {
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running.catch(() => undefined);
      permits.stop();
      await runLog.flush();
      await relay.stop();
      await Promise.all([
        evaluator.close(),
        sandbox.close(),
        client.close(),
        connection.close(),
        temporal.connection.close(),
      ]);
      await database.close();
    },
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
function createUpkeep(given: { config: Config; log: Logger; db: Db; runLog: RunLog; temporal: Client }) {
  const { config, temporal, db } = given;
  const taskQueue = taskQueues(config).runs;
  const retentionMs = config.HOOKLOOM_RETENTION_DAYS * 24 * 60 * 60 * 1000;
  return {
    reconcileRuns: (options: { force?: boolean }) =>
      reconcileRuns({ ...given, client: temporal, taskQueue }, options),
    applyRetention: (after?: RetentionPosition) =>
      applyRetention(db, new Date(currentMs() - retentionMs), after),
  };
}

/** What the runs' Worker carries out, and what records it. */
function createRunActivities(parts: WorkerParts, masterKey: string) {
  const { config, log, database, runLog, client, evaluator, sandbox, relay } = parts;
  const store = createNodeStore({
    mongo: database.client,
    db: database.db,
    runLog,
    sealer: createSealer(masterKey),
    onRunAccepted: relay.startSoon,
  });
  const resumeLinks = createResumeLinks(masterKey, publicUrl(config));
  const { activities, isNodeType } = createActivities({
    store,
    evaluator,
    sandbox,
    client,
    resumeLinks,
    log,
  });
  const recorder = createRecorder({ ...store, rulesOf: rulesOf(store), log }, isNodeType);
  return { activities, recorder };
}

async function createWorkers(parts: WorkerParts): Promise<Worker[]> {
  const { config, log, connection, database, client, upkeep, relay, permits } = parts;
  const masterKey = requireSetting(config, 'HOOKLOOM_MASTER_KEY');
  const { activities, recorder } = createRunActivities(parts, masterKey);
  const hookStore = createHookStore({
    mongo: database.client,
    db: database.db,
    sealer: createSealer(masterKey),
    permits,
    onDeliveries: relay.deliverSoon,
    onRoom: relay.releaseSoon,
  });
  const queues = taskQueues(config);
  const shared = {
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    shutdownGraceTime: config.SHUTDOWN_GRACE_MS,
    // A cancel reaches a running Activity with a heartbeat; the default holds heartbeats back for a minute.
    maxHeartbeatThrottleInterval: '1s',
    defaultHeartbeatThrottleInterval: '1s',
  } as const;
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: queues.runs,
      workflowBundle: await workflowBundle(config.HOOKLOOM_DATA_DIR, log),
      activities: { ...activities, ...upkeep },
      interceptors: { activity: [recorder] },
      maxConcurrentActivityTaskExecutions: runSlots,
    }),
    Worker.create({
      ...shared,
      taskQueue: queues.hooks,
      activities: { deliverHook: createDeliverHook({ store: hookStore, client, log, userAgent }) },
      maxConcurrentActivityTaskExecutions: config.HOOKLOOM_HOOK_SLOTS,
    }),
  ]);
}

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
      warn: (message, meta) => log.warn({ temporal: meta }, message),
      error: (message, meta) => log.error({ temporal: meta }, message),
    },
  });
}

/** Where an API shares the machine, what comes in goes before what runs: a sender gives up, a run does not. */
const niceness = 10;

/** Runs a worker process until it is told to stop. */
export async function runWorker(): Promise<void> {
  // Before any thread is made: on Linux each has a priority of its own, that of the thread which made it.
  setPriority(niceness);
  const config = loadConfig();
  const log = createLogger(config.LOG_LEVEL, 'worker');
  installRuntime(log, config);
  const worker = await startWorker(config, log);
  const stop = () => {
    void worker.stop().then(() => process.exit(0));
    void delay(config.SHUTDOWN_GRACE_MS + 10_000, undefined, { ref: false }).then(() => process.exit(1));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
