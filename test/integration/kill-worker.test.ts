import assert from 'node:assert/strict';
import { headsIn } from '../../src/store/log/appends.ts';
import { checkAllLogs, checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { createRandom } from '../support/random.ts';
import { checkAllReplay } from '../support/replay.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { executionsOf, follow } from '../support/run-case.ts';
import { goldenGraphs, goldenSteps } from '../workflows/golden-graphs.ts';

/** A graph with every node replaced. */
const mapNodes = (definition: any, change: (id: string, node: any) => object): object => ({
  ...definition,
  nodes: Object.fromEntries(Object.entries(definition.nodes).map(([id, node]) => [id, change(id, node)])),
});

/** A pause that is there to be lost is so long that no lost worker lets it win. */
const withLongPauses = (definition: object): object =>
  mapNodes(definition, (_, node) =>
    node.type === 'delay' && node.payload.delayMs >= 60_000
      ? { ...node, payload: { delayMs: 3_600_000 } }
      : node,
  );

/** Logs turned into requests, so that the receiver sees what is executed. */
const withRequests = (definition: object, url: string): object =>
  mapNodes(definition, (id, node) =>
    node.type === 'log'
      ? { ...node, type: 'http-request', payload: { url: `${url}/${id}`, query: node.payload } }
      : node,
  );

/** Nodes that may come out in more than one way, by graph: each ends before or after something that ends it. */
const races: Record<string, Record<string, string[]>> = {
  // The cancel comes once `pause` waits, and nothing holds `a` back.
  'cancelled-run': { a: ['success', 'cancelled'] },
};

/** What must be the same whatever happens to the worker. */
interface Result {
  status: string;
  errorType: string | undefined;
  output: unknown;
  /** By path. `ended`: the run, a loop or a race ended it; how far it had come is a matter of time. */
  nodes: Record<string, string>;
}

/** A graph as it is run: as it was recorded, or with requests. */
interface Variant {
  name: string;
  webhookUrl: string;
}

/** Without what no two runs share. */
const withoutOwn = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null)
      .replaceAll(/"(?:loggedAt|date)":"[^"]*"/g, '"at":""')
      .replaceAll(/run_\w+/g, 'run'),
  );

describe('every golden graph', function () {
  this.timeout(600_000);
  const seed = Number(process.env['HOOKLOOM_TEST_SEED'] ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  /** When each execution was asked for, by its id. */
  const askedAt = new Map<string, number[]>();
  /** When each success was seen to be recorded, by execution: clocks of processes differ too much to compare. */
  const recordedAt = new Map<string, number>();
  /** What happens at every request and every recorded event. */
  let onMoment: (kind: 'request' | 'event') => void = () => undefined;
  let hookloom: Hookloom;
  let receiver: Receiver;
  let worker: HookloomProcess;

  before(async () => {
    receiver = await startReceiver((request, response) => {
      const id = String(request.headers['idempotency-key']);
      askedAt.set(id, [...(askedAt.get(id) ?? []), Date.now()]);
      onMoment('request');
      setTimeout(() => response.end('ok'), 5 + random() * 40);
    });
    hookloom = await startHookloom(
      { HOOKLOOM_EGRESS_ALLOW: receiver.host, HOOKLOOM_HISTORY_EVENTS: '100' },
      { worker: false },
    );
    worker = await hookloom.startWorker();
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  async function publishAll(change: (definition: object) => object): Promise<Variant[]> {
    const graphs = Object.entries(goldenGraphs);
    return Promise.all(
      graphs.map(async ([name, recorded]) => {
        const { webhookUrl } = await hookloom.publish(change(withLongPauses(recorded)), { name });
        return { name, webhookUrl };
      }),
    );
  }

  async function run({ webhookUrl, name }: Variant): Promise<string> {
    const [runId] = (await hookloom.call('POST', webhookUrl, { x: 1 })).body.runIds as [string];
    await follow({ hookloom }, runId, { steps: goldenSteps[name] ?? [] }).catch(async (error: unknown) => {
      const { body } = await hookloom.call('GET', `/v1/runs/${runId}`);
      throw new Error(`${name}, ${runId} is ${JSON.stringify(body)}`, { cause: error });
    });
    return runId;
  }

  async function resultOf(runId: string): Promise<Result> {
    const { status, error, output } = await hookloom.runEnd(runId);
    const executions = await executionsOf(hookloom, runId);
    const isEnded = (node: any) =>
      ['cancelled', 'skipped'].includes(node?.status) && node.reason !== 'not_taken';
    const nodes = [...executions].flatMap(([path, node]) => {
      // Whether an iteration began before its loop was ended is a race that nothing decides.
      const loop = executions.get(path.slice(0, path.lastIndexOf('[')));
      if (path.includes('[') && isEnded(node) && isEnded(loop)) return [];
      return [[path, isEnded(node) ? 'ended' : node.status]];
    });
    return { status, errorType: error?.type, output: withoutOwn(output), nodes: Object.fromEntries(nodes) };
  }

  /** Nothing is asked for once it is recorded, and nothing more often than the log has attempts. */
  async function assertExecutedOnce(runId: string): Promise<number> {
    const events = await checkLog(hookloom.db, runId);
    for (const { executionId = '', type, path } of events) {
      const times = askedAt.get(executionId) ?? [];
      if (type !== 'node.succeeded' || times.length === 0) continue;
      const seenAt = await eventually(() => recordedAt.get(executionId) ?? 0);
      assert.ok(Math.max(...times) <= seenAt, `${path} was executed after it was recorded`);
      const attempts = events.filter((one) => one.executionId === executionId && one.type === 'node.started');
      assert.ok(times.length <= attempts.length, `${path}: ${times.length} requests`);
    }
    return events.filter(({ body }) => body.includes('"worker_lost"')).length;
  }

  /** Kills the worker at the n-th moment of a kind from now, and starts another. */
  async function killAt(kind: 'request' | 'event', moment: number): Promise<void> {
    let left = moment;
    onMoment = (came) => {
      if (came === kind && (left -= 1) === 0) void worker.kill();
    };
    await eventually(() => assert.equal(worker.child.signalCode, 'SIGKILL'), 120_000);
    worker = await hookloom.startWorker();
  }

  /** Runs variants side by side; answers how they come out, and how many moments of each kind there were. */
  async function runUndisturbed(variants: readonly Variant[]) {
    const moments = { request: 0, event: 0 };
    onMoment = (came) => void (moments[came] += 1);
    const results: Result[] = [];
    for (const runId of await Promise.all(variants.map(run))) results.push(await resultOf(runId));
    return { results, moments };
  }

  /** Asserts that a run came out as it does undisturbed; answers how many of its attempts were lost. */
  async function assertSameEnd({ name }: Variant, runId: string, expected: Result): Promise<number> {
    const result = await resultOf(runId);
    for (const [path, allowed] of Object.entries(races[name] ?? {})) {
      const came = result.nodes[path] === 'ended' ? 'cancelled' : result.nodes[path];
      assert.ok(allowed.includes(came ?? ''), `${path} of ${name}: ${came}`);
      result.nodes[path] = expected.nodes[path] ?? '';
    }
    assert.deepEqual(result, expected, `${name}, ${runId}`);
    return assertExecutedOnce(runId);
  }

  it(`comes to the same end when its worker is killed at random moments (seed ${seed})`, async () => {
    const asRecorded = await publishAll((definition) => definition);
    const asRequests = await publishAll((definition) => withRequests(definition, receiver.url));
    const changes = hookloom.db.collection('appends').watch([{ $match: { operationType: 'insert' } }]);
    changes.on('change', ({ fullDocument: append }: any) => {
      for (const { executionId = '' } of headsIn(append).filter(({ type }) => type === 'node.succeeded'))
        recordedAt.set(executionId, Date.now());
      onMoment('event');
    });
    const recorded = await runUndisturbed(asRecorded);
    const requests = await runUndisturbed(asRequests);
    const rounds = [
      { kind: 'event', variants: asRecorded, undisturbed: recorded },
      { kind: 'request', variants: asRequests, undisturbed: requests },
      { kind: 'event', variants: asRequests, undisturbed: requests },
    ] as const;
    const disturbed: { variant: Variant; expected: Result; runId: Promise<string> }[] = [];
    for (const { kind, variants, undisturbed } of rounds) {
      for (const [index, variant] of variants.entries()) {
        const runId = run(variant);
        // It is looked at below; until then a failure must not end the process.
        runId.catch(() => undefined);
        disturbed.push({ variant, runId, expected: undisturbed.results[index] as Result });
      }
      await killAt(kind, 1 + Math.floor(random() * undisturbed.moments[kind] * 0.8));
    }
    let lost = 0;
    for (const { variant, runId, expected } of disturbed)
      lost += await assertSameEnd(variant, await runId, expected);
    assert.ok(lost > 0, 'no attempt was lost');
    await changes.close();
    await checkAllLogs(hookloom.db);
  });

  it('replays from its history', async () => {
    await checkAllReplay(hookloom);
  });
});
