/** Graphs whose histories are recorded once per release and must replay for ever. */
import type { Case } from '../engine/case.schema.ts';

const webhook = (...children: string[]) => ({ type: 'webhook', children });
const log = (message: string) => ({ type: 'log', payload: { message } });

/** Name → definition. Names are file names under `histories/`. */
export const goldenGraphs: Record<string, object> = {
  sequence: {
    nodes: {
      root: webhook('a'),
      a: { type: 'set', payload: { values: { x: '{{$trigger.body.x}}' } }, children: ['b'] },
      b: { ...log('{{$nodes.a.result.x}}'), children: ['c'] },
      c: { type: 'output', payload: { value: '{{$nodes.a.result}}' } },
    },
  },
  branches: {
    nodes: {
      root: webhook('choose'),
      choose: {
        type: 'if',
        payload: { condition: '{{$trigger.body.x = 1}}' },
        branches: { then: ['yes'], else: ['no'] },
      },
      yes: { ...log('yes'), children: ['join'] },
      no: { ...log('no'), children: ['join'] },
      join: { ...log('joined'), join: 'settled' },
    },
  },
  parallel: {
    nodes: {
      root: webhook('a', 'b', 'c'),
      a: { ...log('a'), children: ['all'] },
      b: { ...log('b'), children: ['all'] },
      c: { ...log('c'), children: ['all'] },
      all: { ...log('all'), join: 'all' },
    },
  },
  'handled-failure': {
    nodes: {
      root: webhook('bad'),
      bad: {
        type: 'fail',
        payload: { type: 'broken', message: 'on purpose' },
        onError: ['rescue'],
        children: ['never'],
      },
      rescue: log('{{$nodes.bad.error.type}}'),
      never: log('never'),
    },
  },
  failure: {
    nodes: {
      root: webhook('bad'),
      bad: { type: 'fail', payload: { type: 'broken', message: 'on purpose' }, children: ['never'] },
      never: log('never'),
    },
  },
  delay: {
    nodes: {
      root: webhook('pause'),
      pause: { type: 'delay', payload: { delayMs: 50 }, children: ['after'] },
      after: log('after'),
    },
  },
  'failing-request': {
    nodes: {
      root: webhook('get'),
      get: { type: 'http-request', payload: { url: 'https://127.0.0.1:1/' }, onError: ['late'] },
      late: log('{{$nodes.get.error.type}}'),
    },
  },
};

Object.assign(goldenGraphs, {
  'for-each': {
    nodes: {
      root: webhook('each'),
      each: {
        type: 'for-each',
        payload: { array: [1, 2, 3, 4, 5], maxConcurrency: 2, collect: '{{$nodes.double.result.value}}' },
        loopBody: ['double', 'note'],
        children: ['after'],
      },
      double: {
        type: 'set',
        payload: { values: { value: '{{$item * 2}}', index: '{{$index}}' } },
        children: ['note'],
      },
      note: log('{{$item}}'),
      after: log('{{$nodes.each.result.iterationCount}}'),
    },
  },
  repeat: {
    nodes: {
      root: webhook('again'),
      again: {
        type: 'repeat',
        payload: { while: '{{$index < 3}}' },
        loopBody: ['step'],
        children: ['after'],
      },
      step: log('{{$index}}'),
      after: log('done'),
    },
  },
  'failing-loop': {
    nodes: {
      root: webhook('each'),
      each: {
        type: 'for-each',
        payload: { array: [1, 2, 3], toleratedFailures: 1 },
        loopBody: ['odd', 'bad'],
        children: ['after'],
      },
      odd: { type: 'if', payload: { condition: '{{$item = 2}}' }, branches: { then: ['bad'] } },
      bad: { type: 'fail', payload: { type: 'unwanted', message: 'two' } },
      after: log('{{$nodes.each.result.status}}'),
    },
  },
});

Object.assign(goldenGraphs, {
  'reminded-wait': {
    nodes: {
      root: webhook('ask'),
      ask: {
        type: 'wait',
        payload: { remindAfterMs: 100, timeoutMs: 300 },
        branches: { timed_out: ['late'], resumed: ['go'] },
      },
      late: log('late'),
      go: log('go'),
    },
  },
  'timed-out-wait': {
    nodes: {
      root: webhook('ask'),
      ask: { type: 'wait', payload: { timeoutMs: 100 }, branches: { timed_out: ['late'], resumed: ['go'] } },
      late: log('late'),
      go: log('go'),
    },
  },
});

const fail = (more: object = {}) => ({
  type: 'fail',
  payload: { type: 'broken', message: 'on purpose' },
  ...more,
});
const pause = (delayMs: number, ...children: string[]) => ({
  type: 'delay',
  payload: { delayMs },
  children,
});

Object.assign(goldenGraphs, {
  'first-race': {
    nodes: {
      root: webhook('quick', 'slow', 'each'),
      quick: { ...log('quick'), children: ['won'] },
      slow: pause(60_000, 'between'),
      between: { ...log('between'), children: ['won'] },
      each: { type: 'for-each', payload: { array: [1, 2] }, loopBody: ['long'], children: ['won'] },
      long: pause(60_000),
      won: { ...log('won'), join: 'first' },
    },
  },
  drain: {
    nodes: {
      root: webhook('bad', 'pause'),
      bad: fail({ children: ['never'] }),
      never: log('never'),
      pause: pause(50, 'after'),
      after: log('after'),
    },
    settings: { onNodeFailure: 'drain' },
  },
  'continue-on-error': {
    nodes: {
      root: webhook('bad'),
      bad: fail({ continueOnError: true, children: ['next'] }),
      next: log('{{$nodes.bad.error.type}}'),
    },
  },
  'count-join': {
    nodes: {
      root: webhook('a', 'b', 'pause'),
      a: { ...log('a'), children: ['two'] },
      b: { ...log('b'), children: ['two'] },
      pause: pause(100, 'two'),
      two: { ...log('two'), join: { count: 2 } },
    },
  },
  'nested-loops': {
    nodes: {
      root: webhook('outer'),
      outer: {
        type: 'for-each',
        payload: { array: ['a', 'b', 'c'], maxConcurrency: 2 },
        loopBody: ['inner', 'again'],
        children: ['after'],
      },
      inner: {
        type: 'for-each',
        payload: { array: [1, 2], maxConcurrency: 2 },
        loopBody: ['leaf'],
        children: ['again'],
      },
      leaf: log('{{$parent_item}}{{$item}}'),
      again: { type: 'repeat', payload: { while: '{{$index < 2}}' }, loopBody: ['pass'] },
      pass: log('{{$index}}'),
      after: log('after'),
    },
  },
  'failed-loop': {
    nodes: {
      root: webhook('each'),
      each: {
        type: 'for-each',
        payload: { array: [1, 2], maxConcurrency: 2 },
        loopBody: ['choose', 'bad', 'pause'],
        onError: ['late'],
      },
      choose: {
        type: 'switch',
        payload: { value: '{{$item}}', cases: [{ name: 'two', equals: 2 }] },
        branches: { two: ['bad'], default: ['pause'] },
      },
      bad: fail(),
      pause: pause(60_000),
      late: log('{{$nodes.each.error.type}}'),
    },
  },
  'resumed-wait': {
    nodes: {
      root: webhook('ask'),
      ask: { type: 'wait', payload: {}, branches: { resumed: ['go'], timed_out: ['late'] } },
      go: log('{{$nodes.ask.result.data}}'),
      late: log('late'),
    },
  },
  'timed-out-run': {
    nodes: { root: webhook('pause'), pause: pause(60_000, 'never'), never: log('never') },
    settings: { timeoutMs: 300 },
  },
  'cancelled-run': {
    nodes: { root: webhook('a', 'pause'), a: log('a'), pause: pause(60_000, 'never'), never: log('never') },
  },
  'trigger-workflow': {
    nodes: {
      root: webhook('deeper'),
      deeper: {
        type: 'if',
        payload: { condition: "{{$trigger.source = 'workflow'}}" },
        branches: { then: ['bottom'], else: ['start', 'send'] },
      },
      bottom: log('bottom'),
      start: {
        type: 'trigger-workflow',
        payload: { workflowId: '{{$workflowId}}', payload: { x: 2 } },
        children: ['after'],
      },
      send: { type: 'trigger-workflow', payload: { workflowId: '{{$workflowId}}', mode: 'detach' } },
      after: log('{{$nodes.start.result.status}}'),
    },
  },
  'retried-pure-node': {
    nodes: {
      root: webhook('each'),
      each: {
        type: 'for-each',
        payload: { array: '{{$trigger.body.x}}' },
        loopBody: ['never'],
        retry: { maxAttempts: 2, initialIntervalMs: 20, retryOn: ['invalid_input'] },
        onError: ['late'],
      },
      never: log('never'),
      late: log('{{$nodes.each.error.type}}'),
    },
  },
  // Takes longer than a Local Activity may, and is adopted by an Activity.
  'handed-over': {
    nodes: {
      root: webhook('slow'),
      slow: {
        type: 'code-transform',
        payload: {
          code: 'const transform = () => { let n = 0; for (let i = 0; i < 5e6; i += 1) n += i % 3; return n; };',
          timeoutMs: 10_000,
        },
        children: ['again'],
      },
      again: {
        type: 'code-transform',
        payload: { code: "const transform = () => { throw new Error('never'); };" },
        retry: { maxAttempts: 3, initialIntervalMs: 20, retryOn: ['code_error'] },
        onError: ['late'],
      },
      late: log('{{$nodes.again.error.type}}'),
    },
  },
});

/**
 * Graphs whose runs continue as new, since they are recorded with `longRunSettings`: each execution has its history,
 * the first under the graph's name, the others with their number behind it.
 */
export const longGraphs: Record<string, object> = {
  'continued-run': {
    nodes: {
      root: webhook('each', 'ask', 'pause'),
      each: {
        type: 'for-each',
        payload: { array: '{{[1..36]}}', maxConcurrency: 3, toleratedFailures: 36 },
        loopBody: ['match', 'again', 'bad'],
        children: ['end'],
      },
      match: { type: 'regex', payload: { text: '{{$item}}', pattern: '[05]$' }, children: ['again', 'bad'] },
      again: { type: 'repeat', payload: { while: '{{$index < 2}}' }, loopBody: ['pass'] },
      pass: { type: 'format', payload: { data: ['{{$index}}'], template: '{{$item}}' } },
      bad: fail(),
      ask: { type: 'wait', payload: { timeoutMs: 86_400_000 }, branches: { resumed: ['end'] } },
      pause: pause(4_000, 'end'),
      end: { ...log('{{$nodes.each.result.failed}}'), join: 'all' },
    },
    settings: { timeoutMs: 172_800_000 },
  },
};

/** Settings of the processes that run `longGraphs`: histories as short as they get. */
export const longRunSettings = { HOOKLOOM_HISTORY_EVENTS: '100' };

/** Graphs that are run and then retried: the second run is the recorded one. */
export const retriedGraphs: Record<string, object> = {
  'retried-run': {
    nodes: {
      root: webhook('before'),
      before: { type: 'set', payload: { values: { bad: 2 } }, children: ['each'] },
      each: {
        type: 'for-each',
        payload: { array: '{{[1..4]}}', maxConcurrency: 2, toleratedFailures: 1 },
        loopBody: ['check', 'fails', 'goes'],
        children: ['end'],
      },
      check: {
        type: 'if',
        payload: { condition: '{{$item = $nodes.before.result.bad}}' },
        branches: { then: ['fails'], else: ['goes'] },
      },
      fails: { type: 'fail', payload: { type: 'refused', message: 'no' } },
      goes: log('{{$item}}'),
      end: { type: 'output', payload: { value: '{{$nodes.each.result.failed}}' } },
    },
  },
};

/** What is done from outside while a graph runs. */
export const goldenSteps: Record<string, Case['steps']> = {
  'resumed-wait': [{ after: 'node.waiting ask', resume: { node: 'ask', data: 'yes' }, status: 202 }],
  'continued-run': [{ after: 'node.partial each', resume: { node: 'ask', data: 'yes' }, status: 202 }],
  'cancelled-run': [{ after: 'node.waiting pause', cancel: { reason: 'not wanted' }, status: 202 }],
};
