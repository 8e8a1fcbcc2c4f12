/** The API's entry. */
import { once, setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { Client } from '@temporalio/client';
import type { Db, MongoClient } from 'mongodb';
import { isPublicHttps, loadConfig, publicUrl, relaySettings, requireSetting } from '../config.ts';
import type { Config } from '../config.ts';
import { currentMs } from '../clock.ts';
import { createLogger } from '../log.ts';
import type { Logger } from '../log.ts';
import { closeTemporalClient, createTemporalClient } from '../relay/connection.ts';
import { createRelay } from '../relay/relay.ts';
import { createWebhookAcceptor } from '../store/starts/webhook-acceptor.ts';
import { connectDatabase, ensureIndexes } from '../store/mongo/database.ts';
import { createEventHub } from '../store/live/event-hub.ts';
import { createResumeLinks } from '../store/waits/resume-links.ts';
import { createRunLog } from '../store/log/run-log.ts';
import type { EffectListeners } from '../store/log/effect-queue.ts';
import { createSealer } from '../store/access/seal.ts';
import { createWebhookFinder } from '../store/workflows/find-webhook.ts';
import { createFlowEvaluator } from './flow-evaluator.ts';
import { effectListeners } from './effect-listeners.ts';
import { endOnFault } from './end-on-fault.ts';
import { Parts } from './parts.ts';
import { temporalTarget } from './temporal-target.ts';
import { createJobRunner } from '../api/jobs/run-jobs.ts';
import { createHeldRelease } from '../api/incoming/inbox/release-held.ts';
import { createApp } from '../api/routing/app.ts';
import type { ApiDeps } from '../api/routing/deps.ts';
import { createHttpServer } from '../api/routing/http-server.ts';
import { createMetrics } from '../api/operations/metrics/metrics.ts';
import { createMetricsServer } from '../api/operations/metrics/server.ts';
import { ensureFirstOrganization } from '../api/access/organizations/first-organization.ts';
import { createSignInLinks } from '../api/access/sign-in/sign-in-links.ts';
import { createKeyWatch } from '../api/streams/key-watch.ts';
import { createStreamTokens } from '../api/streams/stream-tokens.ts';

/** A running API process. */
export interface RunningApi {
  /** Where it listens. */
  url: string;
  /** Takes no new request, ends streams, finishes what is under way within the grace time, closes connections. */
  stop(): Promise<void>;
}

/** Aborted when the process stops; every stream listens to it. */
function createClosing(): AbortController {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  return closing;
}

/**
 * Starts the API. Temporal may be away: webhooks are taken all the same. `signInLinks`: those of development; `parts`: what
 * else the process must have to be ready.
 * @throws AppError store-unavailable without MongoDB, Error when the port is taken
 */
export async function startApi(
  config: Config,
  log: Logger,
  { signInLinks = createSignInLinks(currentMs), parts = new Parts() } = {},
): Promise<RunningApi> {
  const database = await connectDatabase(requireSetting(config, 'MONGODB_URL'), config.MONGODB_DB);
  const { db, client: mongo } = database;
  await prepare(db, config, log);
  const temporal = await createTemporalClient(temporalTarget(config));
  const flow = { runLog: () => deps.runLog, evaluator: createFlowEvaluator() };
  const relay = createRelay({ client: temporal, mongo, db, log, ...flow, ...relaySettings(config) });
  const events = createEventHub(db, log);
  const keyWatch = createKeyWatch({ db, log, everyMs: config.HOOKLOOM_KEY_CHECK_MS });
  const closing = createClosing();
  const deps: ApiDeps = {
    config,
    log,
    db,
    mongo,
    relay,
    events,
    keyWatch,
    metrics: createMetrics(db, keyWatch.count),
    signInLinks,
    findWebhook: createWebhookFinder(db),
    ...recording(mongo, db, effectListeners(relay, log)),
    ...secretKeeping(config),
    temporalVersion: () => temporalVersion(temporal),
    parts: () => parts.states(),
    closing: closing.signal,
    releaseHeldSoon: () => held.soon(),
    jobsSoon: () => jobs.soon(),
  };
  const held = createHeldRelease(deps);
  const jobs = createJobRunner(deps);
  const { port, close } = await serve(deps);
  return {
    url: `http://${config.HOST}:${port}`,
    async stop() {
      closing.abort();
      await close();
      keyWatch.stop();
      await Promise.all([held.stop(), jobs.stop()]);
      await Promise.all([events.close(), deps.runLog.flush()]);
      await relay.stop();
      await closeTemporalClient(temporal);
      await database.close();
    },
  };
}

/** Begins to listen: the API, and its metrics where they have a port of their own. */
async function serve(deps: ApiDeps): Promise<{ port: number; close(): Promise<void> }> {
  const { config, log, metrics } = deps;
  const handle = createApp(deps).callback();
  const isHttps = isPublicHttps(config);
  const server = createHttpServer((request, response) => void handle(request, response), { isHttps });
  const port = await listen(server, config.HOST, config.PORT);
  log.info({ port }, 'API is ready');
  const metricsServer = createMetricsServer(metrics, log);
  if (config.METRICS_PORT !== undefined) await listen(metricsServer, config.HOST, config.METRICS_PORT);
  return {
    port,
    async close() {
      await closeServer(server, config.SHUTDOWN_GRACE_MS);
      await closeServer(metricsServer, 0);
    },
  };
}

/** Makes what must be there before the first request. */
async function prepare(db: Db, config: Config, log: Logger): Promise<void> {
  await ensureIndexes(db);
  await ensureFirstOrganization(db, config.HOOKLOOM_BOOTSTRAP_KEY, log);
}

/** Begins to listen; answers the port. @throws Error when it is taken */
async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Takes no new connection and lets requests under way end; by force after the grace time. */
async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}

/** What writes runs and their events. */
function recording(mongo: MongoClient, db: Db, listeners: EffectListeners) {
  const runLog = createRunLog({ client: mongo, db, ...listeners });
  return { runLog, webhooks: createWebhookAcceptor({ mongo, db, runLog }) };
}

/** What works with the master key. */
function secretKeeping(config: Config) {
  const masterKey = requireSetting(config, 'HOOKLOOM_MASTER_KEY');
  return {
    sealer: createSealer(masterKey),
    resumeLinks: createResumeLinks(masterKey, publicUrl(config)),
    streamTokens: createStreamTokens(masterKey),
  };
}

/** Longest that Temporal may take to answer, in milliseconds. */
const readyMs = 2_000;

/** The version of the server; `null` while it, or the namespace, does not answer. */
async function temporalVersion({ connection, options }: Client): Promise<string | null> {
  const { workflowService } = connection;
  const ask = () =>
    Promise.all([
      workflowService.getSystemInfo({}),
      workflowService.describeNamespace({ namespace: options.namespace }),
    ]);
  return connection.withDeadline(Date.now() + readyMs, ask).then(
    ([{ serverVersion }]) => serverVersion,
    () => null,
  );
}

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger(config.LOG_LEVEL, 'api');
  endOnFault(log);
  const api = await startApi(config, log);
  const stop = () => {
    void api.stop().then(() => process.exit(0));
    setTimeout(() => process.exit(1), config.SHUTDOWN_GRACE_MS + 10_000).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
