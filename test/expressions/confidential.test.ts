import assert from 'node:assert/strict';
import type { Json } from '../../src/engine/json/json.ts';
import { decoyOf } from '../../src/expressions/parse/confidential.ts';
import { createEvaluator } from '../../src/expressions/evaluate/evaluator.ts';
import type { Confidential, Evaluator } from '../../src/expressions/evaluate/evaluator.ts';

const secrets = { token: 'Tk-77', number: '4711' };
const decoys = Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, decoyOf(value)]));
const trigger: Json = { body: { name: 'Ada', list: [1, 2] } };
const link = (id: string) => `https://h.example/v1/resume/${id}-token`;

describe('a payload that names secrets', () => {
  let evaluator: Evaluator;
  before(() => {
    evaluator = createEvaluator({ threads: 1 });
  });
  after(() => evaluator.close());

  const resolve = (payload: Json): Promise<Confidential> =>
    evaluator.resolveConfidential(
      payload,
      { trigger, secrets, resumeUrl: link },
      {
        now: new Date(),
        decoys: { trigger, secrets: decoys, resumeUrl: (id) => decoyOf(link(id)) },
      },
    );

  it('is resolved, and shown without what came of them', async () => {
    const {
      payload,
      shown,
      secrets: found,
    } = await resolve({
      plain: '{{$secrets.token}}',
      mixed: 'Bearer {{$secrets.token}} for {{$trigger.body.name}}',
      computed: '{{ $uppercase($secrets.token) & "!" }}',
      inside: '{{ {"name": $trigger.body.name, "auth": [$base64encode($secrets.token)]} }}',
      number: '{{ $number($secrets.number) + 1 }}',
      link: "{{$resumeUrl('ask')}}",
      told: '{{ $length($secrets.token) }}',
      other: '{{$trigger.body.list}}',
    });
    assert.deepEqual(payload, {
      plain: 'Tk-77',
      mixed: 'Bearer Tk-77 for Ada',
      computed: 'TK-77!',
      inside: { name: 'Ada', auth: ['VGstNzc='] },
      number: 4712,
      link: 'https://h.example/v1/resume/ask-token',
      told: 5,
      other: [1, 2],
    });
    assert.deepEqual(shown, {
      plain: '[redacted]',
      mixed: 'Bearer [redacted] for Ada',
      computed: '[redacted]',
      inside: { name: 'Ada', auth: ['[redacted]'] },
      number: '[redacted]',
      link: '[redacted]',
      told: 5,
      other: [1, 2],
    });
    assert.deepEqual(found, ['Tk-77', 'Tk-77', 'TK-77!', 'VGstNzc=', '4712', link('ask')]);
  });

  it('shows nothing of an expression that cannot tell', async () => {
    const { shown } = await resolve({ a: '{{ $secrets.number = "4711" ? {"x": "y"} : $error("no") }}' });
    assert.deepEqual(shown, { a: '[redacted]' });
  });

  it('has a decoy that is never the secret and of the same length', () => {
    for (const text of ['Tk-77', '----', 'aaaa', '{"a":1}', 'üüüü']) {
      assert.notEqual(decoyOf(text), text);
      assert.equal(decoyOf(text).length, text.length);
    }
  });
});
