import assert from 'node:assert/strict';
import { findProblems } from '../../src/expressions/parse/find-problems.ts';

const codesOf = (nodes: object) =>
  findProblems({ nodes }, { secrets: new Set() }).problems.map(({ code, pointer }) => `${code} ${pointer}`);

describe('all problems of a definition', () => {
  it('come at once: those of the graph, and those that expressions have whatever the graph is', () => {
    const nodes = {
      root: { type: 'webhook', children: ['a', 'gone'] },
      a: { type: 'log', payload: { message: '{{ 1 + }}' }, children: ['b'] },
      b: {
        type: 'http-request',
        payload: { url: 'https://x.example/{{ $secrets.key }}', body: '{{ $nodes.nobody.result }}' },
        credential: 'other',
      },
      lost: { type: 'log', payload: { message: '{{ $nodes.b.result }}' } },
    };
    assert.deepEqual(codesOf(nodes).sort(), [
      'expression_syntax /nodes/a/payload/message',
      'reference_unknown /nodes/b/payload/body',
      'secret_other_credential /nodes/b/payload/url',
      'secret_unknown /nodes/b/credential',
      'unknown_node /nodes/root/children/1',
      'unreachable_node /nodes/lost',
    ]);
  });

  it('of a graph with a cycle tell nothing of what comes before what', () => {
    const log = (message: string, ...children: string[]) => ({ type: 'log', payload: { message }, children });
    const nodes = {
      root: { type: 'webhook', children: ['a'] },
      a: log('{{ $nodes.b.result }}', 'b'),
      b: log('{{ $nodes.a.result }}', 'a'),
    };
    assert.deepEqual(codesOf(nodes), ['cycle /nodes/a']);
  });
});
