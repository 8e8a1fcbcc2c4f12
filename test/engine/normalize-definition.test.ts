import assert from 'node:assert/strict';
import { compileGraph } from '../../src/engine/definition/compile-graph.ts';
import { effectiveNode } from '../../src/engine/definition/effective-node.ts';
import { endNodes } from '../../src/engine/definition/end-nodes.ts';
import { jsonDepthExceeds } from '../../src/engine/json/json-depth.ts';
import { nodeTypes } from '../../src/engine/node-types/registry.ts';
import { payloadJsonSchema } from '../../src/engine/node-types/node-type.schema.ts';
import { normalizeDefinition } from '../../src/engine/definition/normalize-definition.ts';
import { triggerTypes } from '../../src/engine/trigger-types/registry.ts';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { define } from './build.ts';

/** The example of the definition page. */
const example = {
  nodes: {
    root: { type: 'webhook', payload: {}, children: ['big'] },
    big: {
      type: 'if',
      payload: { condition: '{{ $number($trigger.body.amount) >= 500 }}' },
      branches: { then: ['ask'], else: ['book'] },
    },
    ask: {
      type: 'wait',
      payload: { timeoutMs: 3_600_000 },
      branches: { resumed: ['book'], timed_out: ['late'] },
    },
    book: {
      type: 'http-request',
      payload: {
        method: 'POST',
        url: 'https://ledger.example/entries',
        body: { event: '{{$trigger.body.event}}' },
      },
      retry: { maxAttempts: 5, initialIntervalMs: 1_000, backoff: 2, maxIntervalMs: 60_000 },
      timeoutMs: 10_000,
      onError: ['late'],
    },
    late: { type: 'log', payload: { message: 'not booked' } },
  },
  settings: { onNodeFailure: 'cancel', timeoutMs: 604_800_000 },
};

describe('normalising', () => {
  it('takes the example of the docs without a problem', () => {
    assert.deepEqual(checkDefinition(example).problems, []);
  });

  it('changes nothing when done again', () => {
    const { definition } = normalizeDefinition(example);
    assert.deepEqual(normalizeDefinition(JSON.parse(JSON.stringify(definition))).definition, definition);
  });

  it('reads branches from the child, as B3OS writes them', () => {
    const { definition, problems } = checkDefinition({
      nodes: {
        root: { type: 'webhook', children: ['q'] },
        q: {
          type: 'if',
          payload: { condition: { $gte: ['{{ $trigger.body.amount }}', 5] } },
          children: ['always', 'yes', 'no'],
        },
        always: { type: 'log', payload: { message: 1 } },
        yes: { type: 'log', payload: { message: 1 }, branch: 'then', children: ['both'] },
        no: { type: 'log', payload: { message: 1 }, branch: 'else', children: ['both'] },
        both: { type: 'log', payload: { message: 1 } },
      },
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(definition?.nodes['q']?.children, ['always']);
    assert.deepEqual(definition?.nodes['q']?.branches, { then: ['yes'], else: ['no'] });
  });

  it('points at the place in the input when B3OS form is wrong', () => {
    const input = {
      nodes: {
        root: { type: 'manual', children: ['q'] },
        q: { type: 'if', payload: { condition: true }, children: ['yes', 'gone'] },
        yes: { type: 'log', payload: { message: 1 }, branch: 'then' },
      },
    };
    assert.deepEqual(
      checkDefinition(input).problems.map((one) => [one.code, one.pointer]),
      [['unknown_node', '/nodes/q/children/1']],
    );
  });

  it('refuses a branch that no parent has', () => {
    const { problems } = checkDefinition(define(['a'], { a: { children: ['b'] }, b: { branch: 'then' } }));
    assert.deepEqual(
      problems.map((one) => [one.code, one.pointer]),
      [['unknown_branch', '/nodes/b/branch']],
    );
  });

  it('keeps a payload to the letter', () => {
    const payload = JSON.parse('{"values":{"__proto__":{"x":1},"a":[null,{"b":"{{ $item }}"}]}}') as object;
    const { definition } = normalizeDefinition(define(['a'], { a: { type: 'set', payload } }));
    assert.equal(JSON.stringify(definition?.nodes['a']?.payload), JSON.stringify(payload));
  });

  it('measures depth without recursion', () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 200; depth += 1) value = [value];
    assert.equal(jsonDepthExceeds(value, 200), false);
    assert.equal(jsonDepthExceeds([value], 200), true);
    for (let depth = 0; depth < 100_000; depth += 1) value = [value];
    assert.equal(jsonDepthExceeds(value, 200), true);
  });
});

describe('the registries', () => {
  it('give a JSON Schema for every type', () => {
    for (const type of [...nodeTypes, ...triggerTypes])
      assert.equal(payloadJsonSchema(type)['type'], 'object', type.type);
  });

  it('let any number be an expression', () => {
    const payload = {
      url: '{{ $vars.url }}',
      method: '{{ m }}',
      followRedirects: '{{ n }}',
      expectStatus: '{{ s }}',
    };
    assert.deepEqual(checkDefinition(define(['a'], { a: { type: 'http-request', payload } })).problems, []);
  });

  const refused: [type: string, payload: object][] = [
    ['delay', {}],
    ['delay', { delayMs: 1, until: 'x' }],
    ['delay', { delayMs: -1 }],
    ['if', { condition: {} }],
    ['if', { condition: 'always' }],
    ['if', { condition: { $or: [{ $near: [1, 2] }] } }],
    ['switch', { cases: [] }],
    [
      'switch',
      {
        cases: [
          { name: 'a', equals: 1 },
          { name: 'a', equals: 2 },
        ],
      },
    ],
    ['switch', { cases: [{ name: 'default', equals: 1 }] }],
    ['switch', { cases: [{ name: 'a' }] }],
    ['code-transform', { code: 'x', timeoutMs: 10_001 }],
    ['http-request', { url: 'ftp://x' }],
    ['http-request', { url: 'https://x', followRedirects: 6 }],
    ['http-request', { url: 'https://x', expectStatus: [] }],
    ['http-request', { url: 'https://x', method: 'BREW' }],
    ['wait', { timeoutMs: 0 }],
    ['fail', {}],
    ['output', {}],
  ];
  for (const [type, payload] of refused) {
    it(`refuse ${type} with ${JSON.stringify(payload)}`, () => {
      const { problems } = checkDefinition(define(['a'], { a: { type, payload } }));
      assert.ok(problems.length > 0);
      for (const one of problems) {
        assert.ok(one.pointer.startsWith('/nodes/a/payload'), one.pointer);
        assert.doesNotMatch(one.message, /Invalid|Too (big|small)/);
      }
    });
  }

  it('accept a switch with cases and default', () => {
    const payload = {
      value: '{{ $trigger.body.kind }}',
      cases: [
        { name: 'paid', equals: 'p' },
        { name: 'toString', condition: '{{ x }}' },
      ],
    };
    const branches = { paid: ['b'], toString: ['b'], default: ['b'] };
    assert.deepEqual(
      checkDefinition(define(['a'], { a: { type: 'switch', payload, branches }, b: {} })).problems,
      [],
    );
  });
});

describe('a compiled graph', () => {
  it('holds ids, edges and bounds, and no payload', () => {
    const { definition } = checkDefinition(example);
    const graph = compileGraph(definition as never);
    assert.deepEqual(graph.roots, ['big']);
    assert.equal(graph.timeoutMs, 604_800_000);
    assert.deepEqual(
      graph.nodes.map((node) => `${node.id}:${node.mode}`),
      ['big:local', 'ask:wait', 'book:remote', 'late:local'],
    );
    assert.ok(!JSON.stringify(graph).includes('ledger.example'));
  });

  it('puts body nodes into their loop', () => {
    const { definition } = checkDefinition(
      define(['l'], { l: { type: 'for-each', loopBody: ['b'] }, b: {} }),
    );
    const [loop, body] = compileGraph(definition as never).nodes;
    assert.deepEqual([loop?.body, body?.loop], [['b'], 'l']);
  });
});

describe('defaults of a node', () => {
  const { definition } = normalizeDefinition(example);
  it('are three attempts for network nodes and one for others', () => {
    const input = normalizeDefinition(define(['a', 'b'], { a: { type: 'http-request' }, b: {} }))
      .definition as never;
    assert.deepEqual(effectiveNode(input, 'a'), {
      retry: { maxAttempts: 3, initialIntervalMs: 1_000, backoff: 2, maxIntervalMs: 60_000, jitter: 0.2 },
      timeoutMs: 30_000,
    });
    assert.equal(effectiveNode(input, 'b').retry.maxAttempts, 1);
  });

  it('give way to what the node says', () => {
    const book = effectiveNode(definition as never, 'book');
    assert.deepEqual([book.retry.maxAttempts, book.retry.jitter, book.timeoutMs], [5, 0.2, 10_000]);
  });

  it('never retry a fail node', () => {
    const input = define(['a'], { a: { type: 'fail', payload: { type: 'x' }, retry: { maxAttempts: 9 } } });
    assert.equal(effectiveNode(normalizeDefinition(input).definition as never, 'a').retry.maxAttempts, 1);
  });
});

describe('end nodes', () => {
  it('are those that succeeded, do not branch and took no edge', () => {
    const input = define(['a', 'q', 'w'], {
      a: { children: ['b'] },
      b: { onError: ['h'] },
      h: {},
      q: { type: 'if', branches: { then: ['b'] } },
      w: { type: 'wait' },
    });
    const { definition } = normalizeDefinition(input);
    assert.deepEqual(endNodes(definition as never, ['a', 'q', 'w', 'b']), ['w', 'b']);
  });
});
