import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfig } from '../../src/config.ts';
import { startEmbeddedServers } from '../../src/embedded/servers.ts';
import type { EmbeddedServers } from '../../src/embedded/servers.ts';
import { checkAllLogs, checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Ends while everything is down. */
const shortMs = 8_000;

const log = (message: string) => ({ type: 'log', payload: { message } });
const ask = (timeoutMs: number) => ({
  type: 'wait',
  payload: { timeoutMs },
  branches: { resumed: ['go'], timed_out: ['late'] },
});
const afterAsk = { go: log('{{$nodes.ask.result.data}}'), late: log('late') };

/** Waits and delays that are open while everything is down, by name; each waits in the node named here. */
const graphs = (receiver: Receiver) => ({
  byApi: {
    waits: 'ask',
    nodes: { root: { type: 'webhook', children: ['ask'] }, ask: ask(3 * dayMs), ...afterAsk },
  },
  byLink: {
    waits: 'ask',
    nodes: {
      root: { type: 'webhook', children: ['tell'] },
      tell: {
        type: 'http-request',
        payload: { method: 'POST', url: receiver.url, body: "{{ $resumeUrl('ask') }}" },
        children: ['ask'],
      },
      ask: ask(3 * dayMs),
      ...afterAsk,
    },
  },
  longDelay: {
    waits: 'pause',
    nodes: {
      root: { type: 'webhook', children: ['pause'] },
      pause: { type: 'delay', payload: { delayMs: 5 * dayMs }, children: ['after'] },
      after: log('after'),
    },
    settings: { timeoutMs: 20 * dayMs },
  },
  shortDelay: {
    waits: 'pause',
    nodes: {
      root: { type: 'webhook', children: ['pause'] },
      pause: { type: 'delay', payload: { delayMs: shortMs }, children: ['after'] },
      after: log('after'),
    },
  },
  shortWait: {
    waits: 'ask',
    nodes: { root: { type: 'webhook', children: ['ask'] }, ask: ask(shortMs), ...afterAsk },
  },
});

type Name = keyof ReturnType<typeof graphs>;

describe('everything stopped and started again on its data', function () {
  this.timeout(300_000);
  let dataDir: string;
  let servers: EmbeddedServers | undefined;
  let receiver: Receiver;
  let hookloom: Hookloom;
  let runs: Record<Name, string>;
  let timersBefore: number[];

  const startServers = (ports: { mongodb?: string; temporal?: string } = {}) =>
    startEmbeddedServers(
      loadConfig({
        HOOKLOOM_DATA_DIR: dataDir,
        EMBEDDED_MONGODB_PORT: ports.mongodb ?? '0',
        EMBEDDED_TEMPORAL_PORT: ports.temporal ?? '0',
        EMBEDDED_TEMPORAL_UI_PORT: '0',
      }),
      { cacheDir: resolve('.hookloom/cache'), log: () => {} },
    );

  async function start(name: Name): Promise<string> {
    const { waits, ...definition } = graphs(receiver)[name];
    const { webhookUrl } = await hookloom.publish(definition, { name });
    const [runId] = (await hookloom.call('POST', webhookUrl, {})).body.runIds as [string];
    await eventually(async () => assert.equal((await stateOf(runId, waits)).status, 'waiting'), 60_000);
    return runId;
  }

  async function stateOf(runId: string, path: string): Promise<{ status?: string; waitUntil?: string }> {
    const executions = hookloom.db.collection<{ status?: string; waitUntil?: string }>('executions');
    return (await executions.findOne({ runId, path })) ?? {};
  }

  /** When each timer of a run is due, in milliseconds since 1970, as Temporal's history has it. */
  async function timersOf(runId: string): Promise<number[]> {
    const { events } = await hookloom.temporal.workflow.getHandle(runId).fetchHistory();
    return (events ?? []).flatMap(({ eventTime, timerStartedEventAttributes: timer }) =>
      timer ? [inMs(eventTime) + inMs(timer.startToFireTimeout)] : [],
    );
  }

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hookloom-restart-'));
    receiver = await startReceiver();
    servers = await startServers();
    const { MONGODB_URL = '', TEMPORAL_ADDRESS = '' } = servers.config;
    hookloom = await startHookloom({ MONGODB_URL, TEMPORAL_ADDRESS, HOOKLOOM_EGRESS_ALLOW: receiver.host });
    const [byApi, byLink, longDelay] = await Promise.all([
      start('byApi'),
      start('byLink'),
      start('longDelay'),
    ]);
    timersBefore = await timersOf(longDelay);
    // The short ones last, so that they are open when everything stops.
    const [shortDelay, shortWait] = await Promise.all([start('shortDelay'), start('shortWait')]);
    runs = { byApi, byLink, longDelay, shortDelay, shortWait };
    await hookloom.stopProcesses();
    for (const name of ['shortDelay', 'shortWait'] as const)
      assert.equal((await stateOf(runs[name], graphs(receiver)[name].waits)).status, 'waiting');
    const due = Date.now() + shortMs;
    await servers.stop();
    await eventually(() => assert.ok(Date.now() > due), 2 * shortMs);
    servers = await startServers({
      mongodb: new URL(MONGODB_URL).port,
      temporal: TEMPORAL_ADDRESS.split(':')[1] ?? '',
    });
    assert.equal(servers.config.MONGODB_URL, MONGODB_URL);
    assert.equal(servers.config.TEMPORAL_ADDRESS, TEMPORAL_ADDRESS);
    await hookloom.startWorker();
    hookloom.url = (await hookloom.startApi()).url;
  });
  after(async () => {
    await hookloom?.stop();
    await servers?.stop();
    await receiver?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('ends what came due meanwhile', async () => {
    const [delayed, waited] = await Promise.all([
      hookloom.runEnd(runs.shortDelay, 60_000),
      hookloom.runEnd(runs.shortWait, 60_000),
    ]);
    assert.equal(delayed.output.after.message, 'after');
    assert.equal(waited.output.late.message, 'late');
    assert.equal(waited.nodes.go.status, 'skipped');
    assert.ok(waited.durationMs >= shortMs);
  });

  it('resumes a wait of days by the API', async () => {
    const path = `/v1/runs/${runs.byApi}/nodes/ask/resume`;
    assert.equal((await hookloom.call('POST', path, { data: 'by API' })).status, 202);
    const run = await hookloom.runEnd(runs.byApi, 60_000);
    assert.equal(run.output.go.message, 'by API');
    await checkLog(hookloom.db, runs.byApi);
  });

  it('resumes a wait of days by its link, once', async () => {
    const sent = receiver.requests.map(({ body }) => body).find((body) => body.includes('/v1/resume/'));
    const link = new URL(sent ?? assert.fail('no link was sent')).pathname;
    const use = () => hookloom.call('POST', link, { data: 'by link' }, { authorization: '' });
    assert.deepEqual([(await use()).status, (await use()).status], [202, 409]);
    const run = await hookloom.runEnd(runs.byLink, 60_000);
    assert.equal(run.output.go.message, 'by link');
    await checkLog(hookloom.db, runs.byLink);
  });

  it('leaves a delay of days and the time of its run as they were due', async () => {
    const { status, waitUntil = '' } = await stateOf(runs.longDelay, 'pause');
    assert.equal(status, 'waiting');
    const timers = await timersOf(runs.longDelay);
    assert.deepEqual(timers, timersBefore);
    const dueAt = timers.find((at) => Math.abs(at - Date.parse(waitUntil)) < 10_000);
    assert.ok(dueAt, `the delay is due at ${waitUntil}, Temporal's timers at ${timers.join(', ')}`);
    const { status: temporal } = await hookloom.temporal.workflow.getHandle(runs.longDelay).describe();
    assert.equal(temporal.name, 'RUNNING');
    await hookloom.call('POST', `/v1/runs/${runs.longDelay}/cancel`, {});
    assert.equal((await hookloom.runEnd(runs.longDelay, 60_000)).status, 'cancelled');
    await checkAllLogs(hookloom.db);
  });
});

/** Milliseconds of a time or a duration of Temporal's. */
function inMs(of: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(of?.seconds ?? 0) * 1000 + Math.floor(Number(of?.nanos ?? 0) / 1e6);
}
