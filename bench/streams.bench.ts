import { setTimeout as delay } from 'node:timers/promises';
import { readStream } from '../src/dev/read-stream.ts';
import { appendsOf, headsIn } from '../src/store/log/appends.ts';
import { eventually } from '../test/support/eventually.ts';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { startReceiver } from '../test/support/receiver.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';

const runsInFlight = 50;
const seconds = 30;
const manyStreams = 1_000;
/** How long a request of a run takes: runs are in flight, and the machine is not full. */
const requestMs = 1_000;

/** A chain of requests: about thirty events in five seconds. */
function definition(url: string): object {
  const ids = Array.from({ length: 5 }, (_, index) => `n${index}`);
  const node = (id: string, index: number) => ({
    type: 'http-request',
    payload: { url: `${url}/${id}` },
    children: ids.slice(index + 1, index + 2),
  });
  return {
    nodes: {
      root: { type: 'webhook', children: ['n0'] },
      ...Object.fromEntries(ids.map((id, index) => [id, node(id, index)])),
    },
  };
}

/** Reads events as one reader does; `onEvent` hears of each when its frame has come. Returns once the stream is open. */
async function readActivity(
  hookloom: Hookloom,
  signal: AbortSignal,
  onEvent: (event: { id: string; type: string; data: { runId: string } }) => void,
): Promise<void> {
  const headers = { authorization: `Bearer ${hookloom.key}` };
  const response = await fetch(`${hookloom.url}/v1/activity/stream`, { headers, signal });
  const read = async () => {
    for await (const frame of readStream(response)) onEvent(JSON.parse(frame.data));
  };
  read().catch(() => undefined);
}

/** Delays between commit and arrival, in milliseconds, by the database's own clock, which is this machine's. */
class Arrivals {
  readonly #committedAt = new Map<string, number>();
  readonly #cameAt = new Map<string, number[]>();

  /** Hears of commits by a change stream of its own: the baseline, with nothing of ours in between. */
  async watch(hookloom: Hookloom): Promise<{ bare: number[]; stop: () => Promise<void> }> {
    const bare: number[] = [];
    const stream = appendsOf(hookloom.db).watch([], { maxAwaitTimeMS: 1_000 });
    stream.on('change', (change) => {
      if (change.operationType !== 'insert' || !change.wallTime) return;
      const committedAt = change.wallTime.getTime();
      bare.push(Date.now() - committedAt);
      for (const { _id } of headsIn(change.fullDocument)) this.#committedAt.set(_id, committedAt);
    });
    await delay(500);
    return { bare, stop: () => stream.close() };
  }

  came(id: string): void {
    const known = this.#cameAt.get(id) ?? [];
    this.#cameAt.set(id, known);
    known.push(Date.now());
  }

  delays(): number[] {
    return [...this.#cameAt].flatMap(([id, times]) => {
      const at = this.#committedAt.get(id);
      return at === undefined ? [] : times.map((time) => time - at);
    });
  }
}

/** Keeps runs in flight for a while: each that ends, by its event, is followed by another. */
async function measureInFlight(hookloom: Hookloom, webhookUrl: string): Promise<Measure[]> {
  const arrivals = new Arrivals();
  const { bare, stop } = await arrivals.watch(hookloom);
  const control = new AbortController();
  let started = 0;
  const start = () => {
    started += 1;
    void hookloom.call('POST', webhookUrl, {}).catch(() => undefined);
  };
  let ended = 0;
  let isOver = false;
  await readActivity(hookloom, control.signal, ({ id, type }) => {
    arrivals.came(id);
    if (type !== 'run.succeeded') return;
    ended += 1;
    if (!isOver) start();
  });
  for (let index = 0; index < runsInFlight; index += 1) {
    start();
    // Spread over the time of one run, as they would be.
    await delay(100);
  }
  await delay(seconds * 1_000);
  isOver = true;
  await eventually(() => ended === started, 60_000);
  control.abort();
  await stop();
  const delays = arrivals.delays();
  return [
    { what: `${runsInFlight} runs in flight: runs ended`, value: ended, unit: '' },
    { what: 'events told', value: delays.length, unit: '' },
    { what: 'committed → a bare change stream, p95', value: quantile(bare, 0.95), unit: 'ms' },
    { what: 'committed → frame, p50', value: quantile(delays, 0.5), unit: 'ms' },
    { what: 'committed → frame, p95', value: quantile(delays, 0.95), unit: 'ms', target: '< 100' },
    { what: 'committed → frame, p99', value: quantile(delays, 0.99), unit: 'ms' },
  ];
}

/** Open cursors on the events. */
async function countCursors(hookloom: Hookloom): Promise<number> {
  const stages = [
    { $currentOp: { allUsers: true, idleCursors: true } },
    { $match: { ns: `${hookloom.db.databaseName}.appends`, cursor: { $exists: true } } },
  ];
  const admin = hookloom.db.client.db('admin');
  return (await admin.aggregate(stages, { readConcern: { level: 'local' } }).toArray()).length;
}

/** A run's events to many readers at once. */
async function measureMany(
  hookloom: Hookloom,
  webhookUrl: string,
  cursorsBefore: number,
): Promise<Measure[]> {
  const control = new AbortController();
  const arrivals = new Arrivals();
  let ends = 0;
  for (let opened = 0; opened < manyStreams; opened += 50) {
    const onEvent = ({ id, type }: { id: string; type: string }) => {
      arrivals.came(id);
      ends += Number(type === 'run.succeeded');
    };
    await Promise.all(Array.from({ length: 50 }, () => readActivity(hookloom, control.signal, onEvent)));
  }
  const cursors = await countCursors(hookloom);
  const { stop } = await arrivals.watch(hookloom);
  await hookloom.call('POST', webhookUrl, {});
  await eventually(() => ends === manyStreams, 60_000);
  await stop();
  control.abort();
  const delays = arrivals.delays();
  return [
    {
      what: `${manyStreams} streams: cursors more than with none`,
      value: cursors - cursorsBefore,
      unit: '',
      target: '1',
    },
    { what: `${manyStreams} streams: frames`, value: delays.length, unit: '' },
    { what: `${manyStreams} streams: committed → frame, p95`, value: quantile(delays, 0.95), unit: 'ms' },
  ];
}

/** API, worker, Temporal, MongoDB and readers share the machine. */
export const bench: Bench = {
  question: `how long an event takes from its commit to a reader, with ${runsInFlight} runs in flight and to ${manyStreams} readers`,
  async run() {
    const receiver = await startReceiver(
      (_, response) => void setTimeout(() => response.end('{}'), requestMs),
    );
    const hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
    try {
      const { webhookUrl } = await hookloom.publish(definition(receiver.url));
      const cursors = await countCursors(hookloom);
      const inFlight = await measureInFlight(hookloom, webhookUrl);
      return [...inFlight, ...(await measureMany(hookloom, webhookUrl, cursors))];
    } finally {
      await hookloom.stop();
      await receiver.stop();
    }
  },
};
