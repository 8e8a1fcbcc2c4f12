import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';
import { openLoop } from './open-loop.ts';

const warmUpRequests = 100;
const warmUpRuns = 50;
const loopingRequests = 100;
const endlessRuns = 60;
const oneNodeRuns = 10;

const webhook = (...children: string[]) => ({ type: 'webhook', children });
const oneNode = { nodes: { root: webhook('one'), one: { type: 'set', payload: { values: { x: 1 } } } } };
/** An expression that never ends by itself. */
const looping = '{{($f := function($n) { $f($n) }; $f(1))}}';

/** The door of one workflow while another's expressions loop. */
async function measureDoor(hookloom: Hookloom): Promise<Measure> {
  const loops = await hookloom.publish(oneNode, {
    webhook: { dedupe: { by: 'expression', expression: looping.replace('$f(1)', '$f($trigger.body.n)') } },
  });
  const other = await hookloom.publish(oneNode, {
    webhook: { dedupe: { by: 'expression', expression: '{{$string($trigger.body.order) & "-x"}}' } },
  });
  const call = async (order: string | number) => {
    const { status } = await hookloom.call('POST', other.webhookUrl, { order });
    if (status !== 202) throw new Error(`the door answered ${status}`);
  };
  // A process that has just started compiles what it runs, whoever its neighbours are.
  for (let order = 0; order < warmUpRequests; order += 1) await call(`warm-${order}`);
  const under = Array.from({ length: loopingRequests }, (_, n) =>
    hookloom.call('POST', loops.webhookUrl, { n }),
  );
  const { latencies, errors } = await openLoop({
    perSecond: 20,
    seconds: 10,
    send: call,
  });
  await Promise.all(under);
  if (errors.length > 0) throw new Error(errors[0]);
  const what = `another's door beside ${loopingRequests} looping expressions, p99`;
  return { what, value: quantile(latencies, 0.99), unit: 'ms', target: '< 300' };
}

/** Starts runs that would go on for long, measures how soon another's one-node run starts, and cancels them. */
async function measureStarts(hookloom: Hookloom, what: string, definition: object): Promise<Measure> {
  const other = await hookloom.publish(oneNode);
  const runOther = async () => {
    const { body } = await hookloom.call('POST', other.webhookUrl, {});
    return hookloom.runEnd(body.runIds[0] as string, 120_000);
  };
  for (let round = 0; round < warmUpRuns; round += 1) await runOther();
  const { webhookUrl } = await hookloom.publish(definition);
  const begun = await Promise.all(
    Array.from({ length: endlessRuns }, () => hookloom.call('POST', webhookUrl, {})),
  );
  const ids = begun.map(({ body }) => body.runIds[0] as string);
  const samples: number[] = [];
  for (let round = 0; round < oneNodeRuns; round += 1) {
    const { createdAt, startedAt } = await runOther();
    samples.push(Date.parse(startedAt) - Date.parse(createdAt));
  }
  for (const id of ids) await hookloom.call('POST', `/v1/runs/${id}/cancel`, {});
  for (const id of ids) await hookloom.runEnd(id, 120_000);
  return {
    what: `another's one-node run starts beside ${what}, slowest of ${oneNodeRuns}`,
    value: Math.max(...samples),
    unit: 'ms',
    target: '< 2000',
  };
}

/** What one workflow's loops cost the others. */
export const bench: Bench = {
  question: 'how much does a workflow that loops delay another?',
  async run() {
    const hookloom = await startHookloom({}, { api: 'process', worker: 'process' });
    try {
      const door = await measureDoor(hookloom);
      const pass = { type: 'set', payload: { values: '{{$index}}' } };
      const loops = await measureStarts(hookloom, `${endlessRuns} endless loops`, {
        nodes: {
          root: webhook('loop'),
          loop: { type: 'repeat', payload: { while: true }, loopBody: ['pass'] },
          pass,
        },
      });
      const filter = { array: '{{[1..10000]}}', filter: '{{ $sum([1..10000].($ * 2)) > 0 }}' };
      const expressions = await measureStarts(hookloom, `${endlessRuns} runs of slow expressions`, {
        nodes: { root: webhook('f'), f: { type: 'filter', payload: filter, timeoutMs: 600_000 } },
      });
      return [door, loops, expressions];
    } finally {
      await hookloom.stop();
    }
  },
};
