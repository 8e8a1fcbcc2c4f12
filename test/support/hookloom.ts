/**
 * Hookloom as it ships: API and worker, on their own database and Task Queues. Those that come with a deployment run in the
 * test's own process; those that a test starts by name are processes of their own, which it can kill.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import type { RunDocument } from '../../src/store/log/runs.ts';
import { scheduleId } from '../../src/relay/upkeep/schedules.ts';
import { checkAnswer } from './check-answers.ts';
import { checkShapes } from './check-log.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { startInProcess } from './in-process.ts';
import { describeState, live } from './live-deployments.ts';

/** A process of Hookloom. */
export interface HookloomProcess {
  child: ChildProcess;
  /** What it wrote to its log so far. */
  output(): string;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** One deployment under test. */
export interface Hookloom {
  url: string;
  key: string;
  db: Db;
  /** Temporal, as an operator reaches it. */
  temporal: Client;
  env: Record<string, string>;
  /** `isReady: false` does not wait for Temporal; `env` adds settings of this process; `preload` as of a worker. */
  startApi(options?: {
    isReady?: boolean;
    env?: Record<string, string>;
    preload?: string[];
    /** Default: a free one. */
    port?: number;
  }): Promise<HookloomProcess & { url: string }>;
  /** `preload`: modules that the process loads first; `env` adds settings of this process. */
  startWorker(options?: { preload?: string[]; env?: Record<string, string> }): Promise<HookloomProcess>;
  /** Calls the API; answers status and parsed body. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: any; headers: Headers }>;
  /** Creates and publishes a workflow; answers its id and webhook URL. */
  publish(definition: object, options?: object): Promise<{ id: string; webhookUrl: string }>;
  /** Waits for the run's end, also in its record, and answers it. */
  runEnd(runId: string, deadlineMs?: number): Promise<any>;
  /** Ends its processes and keeps its data. */
  stopProcesses(): Promise<void>;
  /** Ends everything. @throws AssertionError when an event was recorded that is not of its type's published shape */
  stop(): Promise<void>;
}

/**
 * Starts one API and one worker. `env` adds settings, such as the egress exceptions.
 * @param parts `false`: not started; `'process'`: a process of its own
 */
export async function startHookloom(
  env: Record<string, string> = {},
  parts: { worker?: boolean | 'process'; api?: boolean | 'process' } = {},
): Promise<Hookloom> {
  const mongoUrl = process.env['MONGODB_URL'] ?? assert.fail('MONGODB_URL is not set: run `npm test`');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const key = `hl_${randomBytes(24).toString('base64url')}`;
  const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-'));
  const settings: Record<string, string> = {
    MONGODB_URL: mongoUrl,
    MONGODB_DB: name,
    TEMPORAL_ADDRESS:
      process.env['TEMPORAL_ADDRESS'] ?? assert.fail('TEMPORAL_ADDRESS is not set: run `npm test`'),
    TEMPORAL_TASK_QUEUE_PREFIX: name,
    HOOKLOOM_DATA_DIR: process.env['HOOKLOOM_TEST_DATA_DIR'] ?? dataDir,
    HOOKLOOM_BOOTSTRAP_KEY: key,
    HOOKLOOM_MASTER_KEY: randomBytes(32).toString('base64'),
    HOOKLOOM_HOOK_SCHEDULE: '0s,200ms,1s',
    LOG_LEVEL: 'info',
    SHUTDOWN_GRACE_MS: '2000',
    ...env,
  };
  const mongo = await MongoClient.connect(settings['MONGODB_URL'] as string);
  const connection = Connection.lazy({ address: settings['TEMPORAL_ADDRESS'] as string });
  const temporal = new Client({ connection });
  const processes: Pick<HookloomProcess, 'output' | 'stop'>[] = [];
  const launch = (entry: string, more: Record<string, string>, preload: string[] = []) => {
    const process = launchProcess(entry, { ...settings, ...more }, preload);
    processes.push(process);
    return process;
  };
  const deployment: Hookloom = {
    url: '',
    key,
    db: mongo.db(name),
    temporal,
    env: settings,
    async startApi({ isReady = true, env = {}, preload = [], port: wanted } = {}) {
      const port = wanted ?? (await freePort());
      const url = `http://127.0.0.1:${port}`;
      const process = launch(
        'dist/processes/api.js',
        { PORT: String(port), PUBLIC_URL: url, ...env },
        preload,
      );
      const page = isReady ? 'readyz' : 'livez';
      await unlessEnded(
        process,
        eventually(async () => (await fetch(`${url}/${page}`)).status === 200, 60_000),
      );
      return { ...process, url };
    },
    async startWorker({ preload = [], env = {} } = {}) {
      const process = launch('dist/worker.js', env, preload);
      await unlessEnded(
        process,
        eventually(() => assert.match(process.output(), /worker is ready/), 60_000),
      );
      return process;
    },
    async call(method, path, body, headers = {}) {
      const response = await fetch(path.startsWith('http') ? path : deployment.url + path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const parsed = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
      const contentType = response.headers.get('content-type');
      checkAnswer({
        method,
        path: new URL(response.url).pathname,
        status: response.status,
        contentType,
        body: parsed,
      });
      return { status: response.status, headers: response.headers, body: parsed };
    },
    async publish(definition, options = {}) {
      const created = await deployment.call('POST', '/v1/workflows', {
        name: 'test',
        definition,
        ...options,
      });
      assert.equal(created.status, 201, JSON.stringify(created.body));
      const published = await deployment.call('POST', `/v1/workflows/${created.body.id}/publish`, {});
      assert.equal(published.status, 200, JSON.stringify(published.body));
      return { id: created.body.id, webhookUrl: created.body.webhook?.url };
    },
    runEnd: (runId, deadlineMs = 30_000) =>
      eventually(async () => {
        const { body } = await deployment.call('GET', `/v1/runs/${runId}`);
        assert.ok(body.finishedAt, `run ${runId} is ${body.status}: ${JSON.stringify(body.nodes)}`);
        // Lists go by the record, which follows the log.
        const record = await deployment.db.collection<RunDocument>('runs').findOne({ _id: runId });
        assert.equal(record?.lastSequence, body.lastSequence, `the record of run ${runId} lags behind`);
        return body;
      }, deadlineMs),
    stopProcesses: async () => void (await Promise.all(processes.map((process) => process.stop()))),
    async stop() {
      live.delete(describeDeployment);
      await deployment.stopProcesses();
      await deleteSchedules(temporal, mongo.db(name));
      await connection.close();
      try {
        await checkShapes(deployment.db);
      } finally {
        await deployment.db.dropDatabase();
        await mongo.close();
        await rm(dataDir, { recursive: true, force: true });
      }
    },
  };
  const describeDeployment = () =>
    describeState(
      deployment.db,
      processes.map((process) => process.output()),
    );
  live.add(describeDeployment);
  const startHere = async (kind: 'api' | 'worker') => {
    const part = await startInProcess(kind, settings);
    processes.push(part);
    return part;
  };
  try {
    const [api] = await Promise.all([
      start(parts.api, () => startHere('api'), deployment.startApi),
      start(parts.worker, () => startHere('worker'), deployment.startWorker),
    ]);
    deployment.url = api?.url ?? '';
    return deployment;
  } catch (error) {
    await deployment.stop();
    throw error;
  }
}

async function start<Here, Process>(
  how: boolean | 'process' | undefined,
  here: () => Promise<Here>,
  process: () => Promise<Process>,
): Promise<Here | Process | undefined> {
  if (how === false) return undefined;
  return how === 'process' ? process() : here();
}

/** Schedules outlive their deployment: left alone, they would go on starting what nobody takes. */
async function deleteSchedules(temporal: Client, db: Db): Promise<void> {
  const rows = await db.collection<{ temporalId?: string }>('schedules').find().toArray();
  const ids = [
    ...(['reconciler', 'retention'] as const).map((name) => scheduleId(db.databaseName, name)),
    ...rows.flatMap(({ temporalId }) => temporalId ?? []),
  ];
  for (const id of ids) {
    const handle = temporal.schedule.getHandle(id);
    await temporal.withDeadline(Date.now() + 5_000, () => handle.delete()).catch(() => undefined);
  }
}

/** Waits for a process to be ready, but not longer than it lives. */
async function unlessEnded(started: HookloomProcess, isReady: Promise<unknown>): Promise<void> {
  const ended = once(started.child, 'exit').then(([code, signal]) => {
    throw new Error(`the process has ended (${signal ?? code}): ${started.output().slice(-2_000)}`);
  });
  ended.catch(() => undefined);
  isReady.catch(() => undefined);
  await Promise.race([isReady, ended]);
}

function launchProcess(
  entry: string,
  settings: Record<string, string>,
  preload: readonly string[],
): HookloomProcess {
  const { PATH = '', HOME = '' } = process.env;
  const imports = preload.flatMap((name) => ['--import', name]);
  const child = spawn(process.execPath, [...imports, entry], {
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await exited;
    clearTimeout(timer);
  };
  return { child, output: () => output, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
