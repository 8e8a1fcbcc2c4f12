import { startHookloom } from '../test/support/hookloom.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';
import { timeRun } from './time-run.ts';
import type { RunTime } from './time-run.ts';

const log = (children: string[]) => ({ type: 'log', payload: { message: 'x' }, children });

/** A chain of nodes, one after the other. */
function chain(length: number): object {
  const ids = Array.from({ length }, (_, index) => `n${index}`);
  return {
    nodes: {
      root: { type: 'webhook', children: ['n0'] },
      ...Object.fromEntries(ids.map((id, index) => [id, log(ids.slice(index + 1, index + 2))])),
    },
  };
}

/** Rows of ten nodes side by side, each row joined before the next. */
function rows(length: number): object {
  const ids = Array.from({ length }, (_, index) => `n${index}`);
  const row = (number: number) => ids.slice(number * 10, number * 10 + 10);
  return {
    nodes: {
      root: { type: 'webhook', children: row(0) },
      ...Object.fromEntries(ids.map((id, index) => [id, log(row(Math.floor(index / 10) + 1))])),
    },
  };
}

function loop(items: number): object {
  return {
    nodes: {
      root: { type: 'webhook', children: ['each'] },
      each: {
        type: 'for-each',
        payload: { array: `{{[1..${items}]}}`, maxConcurrency: 20, collect: '{{$index}}' },
        loopBody: ['step'],
      },
      step: log([]),
    },
  };
}

const shapes = [
  { what: 'chain', of: chain, small: 10, large: 1_000, rounds: 3 },
  { what: 'rows of ten', of: rows, small: 10, large: 1_000, rounds: 3 },
  { what: 'loop', of: loop, small: 10, large: 10_000, rounds: 1 },
];

const median = (times: RunTime[], part: keyof RunTime) =>
  quantile(
    times.map((time) => time[part]),
    0.5,
  );

/** Time per node of a large run against a small one. Net: without what a run of no node takes. */
export const bench: Bench = {
  question:
    'time per node: a graph of 1,000 nodes against one of 10, a loop of 10,000 items against one of 10',
  async run() {
    const hookloom = await startHookloom();
    try {
      const time = async (definition: object, rounds: number): Promise<RunTime[]> => {
        const { webhookUrl } = await hookloom.publish(definition);
        const times: RunTime[] = [];
        for (let round = 0; round < rounds; round += 1) times.push(await timeRun(hookloom, webhookUrl));
        return times;
      };
      await time(chain(10), 5);
      const empty = median(await time({ nodes: { root: { type: 'webhook' } } }, 9), 'totalMs');
      const measures: Measure[] = [{ what: 'a run of no node', value: empty, unit: 'ms' }];
      for (const { what, of, small, large, rounds } of shapes) {
        const few = median(await time(of(small), 9), 'totalMs');
        const many = median(await time(of(large), rounds), 'totalMs');
        measures.push(
          { what: `${what} of ${small}, per node`, value: few / small, unit: 'ms' },
          { what: `${what} of ${large}, per node`, value: many / large, unit: 'ms' },
          {
            what: `${what}: large against small, raw`,
            value: many / large / (few / small),
            unit: '×',
            target: '< 1.5',
          },
          {
            what: `${what}: large against small, net of a run of no node`,
            value: (many - empty) / large / ((few - empty) / small),
            unit: '×',
          },
        );
      }
      return measures;
    } finally {
      await hookloom.stop();
    }
  },
};
