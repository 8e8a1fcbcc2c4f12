import assert from 'node:assert/strict';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { checkLog } from '../support/check-log.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { createRandom } from '../support/random.ts';
import { inParallel } from '../support/run-case.ts';

/** Graphs that are run; half of them are cancelled at a random moment. */
const count = Number(process.env['HOOKLOOM_TEST_GRAPHS'] ?? 12);
const seed = Number(process.env['HOOKLOOM_TEST_SEED'] ?? 1);
const loopDepth = Number(process.env['HOOKLOOM_TEST_LOOP_DEPTH'] ?? 1);
const atOnce = 4;

type Node = Record<string, unknown>;
type Random = () => number;

/** Texts, some of which UTF-8 cannot hold. */
const texts = ['plain', '\ud800', 'x\udfff😀', '{{$trigger.body.text}}', '\\ud800 \u0000'];

function pick<One>(random: Random, list: readonly One[]): One {
  return list[Math.floor(random() * list.length)] as One;
}

/** Bounds that may end what they are on. */
function bounds(random: Random): Node {
  const field = pick(random, ['timeoutMs', 'deadlineMs']);
  return random() < 0.3 ? { [field]: 1 + Math.floor(random() * 120), continueOnError: true } : {};
}

function leaf(random: Random): Node {
  return pick<() => Node>(random, [
    () => ({ type: 'set', payload: { values: { text: pick(random, texts) } } }),
    () => ({ type: 'log', payload: { message: pick(random, texts) } }),
    () => ({ type: 'delay', payload: { delayMs: Math.floor(random() * 60) }, ...bounds(random) }),
    () => ({ type: 'wait', payload: { timeoutMs: 1 + Math.floor(random() * 60) }, ...bounds(random) }),
    () => ({ type: 'wait', payload: {}, timeoutMs: 1 + Math.floor(random() * 60), continueOnError: true }),
    () => ({
      type: 'fail',
      payload: { type: 'broken', message: pick(random, texts) },
      continueOnError: random() < 0.7,
    }),
    () => ({ type: 'code-transform', payload: { code: 'function transform(i) { return [i] }', input: 1 } }),
  ])();
}

/** Nodes in a row of which each leads to some of the later ones. */
function graphOf(random: Random, prefix: string, depth: number): Record<string, Node> {
  const size = 2 + Math.floor(random() * 6);
  const ids = Array.from({ length: size }, (_, index) => `${prefix}${index}`);
  const nodes: Record<string, Node> = {};
  for (const [index, id] of ids.entries()) {
    const later = ids.slice(index + 1).filter(() => random() < 0.4);
    const edges = index + 1 < size ? [...new Set([ids[index + 1] as string, ...later])] : [];
    const join = index > 0 && random() < 0.3 ? { join: pick(random, ['any', 'settled', 'first']) } : {};
    if (depth < loopDepth && random() < 0.15) {
      const body = graphOf(random, `${id}x`, depth + 1);
      const own = Object.keys(body).filter((one) => new RegExp(`^${id}x\\d+$`).test(one));
      const node = pick<Node>(random, [
        { type: 'for-each', payload: { array: [1, 2], maxConcurrency: 2, toleratedFailures: 3 } },
        { type: 'repeat', payload: { while: '{{ $index < 2 }}' } },
      ]);
      Object.assign(nodes, body, {
        [id]: { ...node, ...bounds(random), loopBody: own, children: edges, ...join },
      });
    } else if (random() < 0.2 && edges.length > 0) {
      const condition = `{{ ${random() < 0.5} }}`;
      nodes[id] = {
        type: 'if',
        payload: { condition },
        branches: { then: edges, else: edges.slice(0, 1) },
        ...join,
      };
    } else nodes[id] = { ...leaf(random), children: edges, ...join };
  }
  return nodes;
}

function definitionOf(random: Random): { nodes: Record<string, Node>; settings: object } {
  const nodes = graphOf(random, 'n', 0);
  const onNodeFailure = pick(random, ['cancel', 'drain']);
  return { nodes: { root: { type: 'webhook', children: ['n0'] }, ...nodes }, settings: { onNodeFailure } };
}

describe('random graphs', function () {
  this.timeout(60_000 + count * 60_000);
  let hookloom: Hookloom;
  before(async () => (hookloom = await startHookloom()));
  after(() => hookloom?.stop());

  async function play(random: Random, isCancelled: boolean): Promise<void> {
    const definition = definitionOf(random);
    assert.deepEqual(checkDefinition(definition).problems, [], JSON.stringify(definition));
    const { webhookUrl } = await hookloom.publish(definition);
    const runId = (await hookloom.call('POST', webhookUrl, { text: pick(random, texts) })).body.runIds[0];
    if (isCancelled) {
      // Often in the moment in which it begins.
      await new Promise((resolve) => setTimeout(resolve, random() ** 2 * 400));
      const { status } = await hookloom.call('POST', `/v1/runs/${runId}/cancel`, {
        reason: pick(random, texts),
      });
      assert.ok([202, 409].includes(status), String(status));
    }
    const run = await hookloom.runEnd(runId, 600_000);
    const events = await checkLog(hookloom.db, runId);
    assert.equal(
      events.at(-1)?.type,
      `run.${run.status === 'failure' ? 'failed' : run.status === 'success' ? 'succeeded' : run.status}`,
    );
    assert.equal(
      events.filter(({ type }) => /^run\.(succeeded|partial|failed|cancelled)$/.test(type)).length,
      1,
    );
  }

  it(`leave a log without a violation, ${count} of seed ${seed}, half of them cancelled at any moment`, async () => {
    const all = Array.from({ length: count }, (_, index) => index);
    const results = await Promise.allSettled(
      inParallel(all, atOnce, (index) => play(createRandom(seed * 100_003 + index), index % 2 === 1)),
    );
    const failed = results.flatMap((one, index) =>
      one.status === 'rejected' ? [`${index}: ${String(one.reason)}`] : [],
    );
    assert.deepEqual(failed, []);
  });
});
