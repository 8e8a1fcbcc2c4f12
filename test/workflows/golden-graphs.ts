/** Graphs whose histories are recorded once per release and must replay for ever. */
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
  'timed-out-wait': {
    nodes: {
      root: webhook('ask'),
      ask: { type: 'wait', payload: { timeoutMs: 100 }, branches: { timed_out: ['late'], resumed: ['go'] } },
      late: log('late'),
      go: log('go'),
    },
  },
});
