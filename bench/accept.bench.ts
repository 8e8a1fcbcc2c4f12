import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedTemporal } from '../src/embedded/temporal.ts';
import { eventually } from '../test/support/eventually.ts';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';
import { openLoop } from './open-loop.ts';
import type { Load } from './open-loop.ts';

const perSecond = 220;
const seconds = 15;
/** How long starts are counted. The machine starts far fewer runs than the door takes in: waiting for all takes minutes. */
const countedSeconds = 10;
const definition = {
  nodes: {
    root: { type: 'webhook', children: ['note'] },
    note: { type: 'log', payload: { message: '{{$trigger.body.event}}' } },
  },
};
const body = JSON.stringify({ event: 'payment.succeeded', amount: 4_200, lines: Array(20).fill('line') });

/** A sender with connections of its own, as lean as can be: it shares the machine with what it measures. */
function createSender(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const send = (index: number) =>
    new Promise<void>((good, bad) => {
      const headers = { 'content-type': 'application/json', 'webhook-id': `msg_${index}_${Date.now()}` };
      const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
        answer.resume();
        answer.once('end', () =>
          answer.statusCode === 202 ? good() : bad(new Error(`${answer.statusCode}`)),
        );
      });
      sent.once('error', bad);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}

function measuresOf(name: string, { latencies, errors }: Load): Measure[] {
  return [
    { what: `${name}: accepted, p50`, value: quantile(latencies, 0.5), unit: 'ms' },
    { what: `${name}: accepted, p99`, value: quantile(latencies, 0.99), unit: 'ms', target: '< 50' },
    {
      what: `${name}: errors of ${latencies.length + errors.length}`,
      value: errors.length,
      unit: '',
      target: '0',
    },
  ];
}

async function unstarted(hookloom: Hookloom): Promise<number> {
  return hookloom.db.collection('runs').countDocuments({ startConfirmed: false });
}

/** Runs started a second, of those that wait. */
async function startRate(hookloom: Hookloom): Promise<number> {
  const from = performance.now();
  const before = await unstarted(hookloom);
  await eventually(async () => {
    const isOver = performance.now() - from > countedSeconds * 1_000;
    return isOver || (await unstarted(hookloom)) === 0;
  }, 60_000);
  return ((before - (await unstarted(hookloom))) / (performance.now() - from)) * 1_000;
}

/** Sender, API, worker, Temporal and MongoDB share the machine, as they do on the smallest deployment. */
export const bench: Bench = {
  question: `accepting ${perSecond} webhooks a second, open loop, for ${seconds} s each`,
  async run() {
    const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-accept-'));
    const startTemporal = (port: number) =>
      startEmbeddedTemporal({
        dataDir,
        port,
        uiPort: 0,
        namespace: 'default',
        cacheDir: resolve('.hookloom/cache'),
        log: () => {},
      });
    let temporal = await startTemporal(0);
    const port = Number(temporal.address.split(':')[1]);
    const started = startHookloom({ TEMPORAL_ADDRESS: temporal.address });
    try {
      return await measureAll(await started, {
        stop: () => temporal.stop(),
        start: async () => void (temporal = await startTemporal(port)),
      });
    } finally {
      await started.then(
        (hookloom) => hookloom.stop(),
        () => undefined,
      );
      await temporal.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

async function measureAll(
  hookloom: Hookloom,
  temporal: { stop: () => Promise<void>; start: () => Promise<void> },
): Promise<Measure[]> {
  const { webhookUrl } = await hookloom.publish(definition);
  const sender = createSender(webhookUrl);
  const measure = (rate: number, length: number) =>
    openLoop({ perSecond: rate, seconds: length, send: sender.send });
  const settle = () => eventually(async () => (await unstarted(hookloom)) === 0, 60_000);
  await measure(perSecond, 3);
  await settle();
  const few = await measure(10, 5);
  await settle();
  const all = await measure(perSecond, seconds);
  const waitingAfter = await unstarted(hookloom);
  const startsPerSecond = await startRate(hookloom);
  await temporal.stop();
  const away = await measure(perSecond, seconds);
  const waitingForTemporal = await unstarted(hookloom);
  await temporal.start();
  const recoveredPerSecond = await startRate(hookloom);
  sender.close();
  return [
    ...measuresOf('10/s', few),
    ...measuresOf(`${perSecond}/s`, all),
    { what: 'runs that were still to be started', value: waitingAfter, unit: '' },
    { what: 'of them started, with nothing else to do', value: startsPerSecond, unit: '/s' },
    ...measuresOf(`${perSecond}/s, Temporal stopped`, away),
    { what: 'runs that waited for Temporal', value: waitingForTemporal, unit: '' },
    { what: 'of them started once it was back', value: recoveredPerSecond, unit: '/s' },
  ];
}
