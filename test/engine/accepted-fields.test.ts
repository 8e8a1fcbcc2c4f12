import assert from 'node:assert/strict';
import { rawNode } from '../../src/engine/definition/definition.schema.ts';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { payloadJsonSchema } from '../../src/engine/node-types/node-type.schema.ts';
import type { NodeType } from '../../src/engine/node-types/node-type.schema.ts';
import { nodeTypes } from '../../src/engine/node-types/registry.ts';
import { triggerTypes } from '../../src/engine/trigger-types/registry.ts';

/** The least payload of every type. */
const least: Record<string, Record<string, unknown>> = {
  if: { condition: true },
  switch: { cases: [{ name: 'one', condition: true }] },
  set: { values: 1 },
  'set-variable': { name: 'v', value: 1 },
  filter: { array: [], filter: true },
  pluck: { array: [], field: 'a' },
  format: { data: [], template: 't' },
  regex: { text: 't', pattern: 'p' },
  log: { message: 'm' },
  'for-each': { array: [] },
  repeat: { while: true },
  delay: { delayMs: 1 },
  wait: {},
  'http-request': { url: 'https://x.example/' },
  'send-webhook': { url: 'https://x.example/' },
  'code-transform': { code: 'function transform() { return 1 }' },
  'trigger-workflow': { workflowId: 'wf_1' },
  output: { value: 1 },
  fail: { type: 'broken' },
  webhook: {},
  manual: {},
  schedule: { cron: '0 0 * * *' },
};

/** A right value of every field of a node, and on which types something obeys it. */
const fields: Record<string, { value: unknown; isObeyed: (type: NodeType) => boolean }> = {
  children: { value: ['z'], isObeyed: () => true },
  branches: { value: { resumed: ['z'] }, isObeyed: ({ type }) => type === 'wait' },
  branch: { value: 'resumed', isObeyed: () => false },
  onError: { value: ['z'], isObeyed: () => true },
  continueOnError: { value: true, isObeyed: () => true },
  join: { value: 'any', isObeyed: () => true },
  loopBody: { value: ['b'], isObeyed: ({ mode }) => mode === 'loop' },
  retry: { value: { maxAttempts: 2 }, isObeyed: ({ retries }) => retries },
  timeoutMs: { value: 1_000, isObeyed: () => true },
  deadlineMs: { value: 1_000, isObeyed: () => true },
  credential: { value: 'c', isObeyed: ({ secretFields }) => secretFields.length > 0 },
  title: { value: 't', isObeyed: () => true },
  description: { value: 'd', isObeyed: () => true },
};
/** What a trigger obeys. */
const triggerFields = ['children', 'title', 'description'];

const log = { type: 'log', payload: { message: 'm' } };

function definitionOf(type: string, own: object, payload: object = {}) {
  const isLoop = ['for-each', 'repeat'].includes(type);
  const node = {
    type,
    payload: { ...least[type], ...payload },
    ...(isLoop ? { loopBody: ['b'] } : {}),
    ...own,
  };
  return {
    nodes: {
      root: { type: 'manual', children: ['n', 'y'] },
      n: node,
      y: { ...log, children: ['z'] },
      z: log,
      ...(isLoop || 'loopBody' in own ? { b: log } : {}),
    },
  };
}

function errorsAt(definition: object, pointer: string) {
  const errors = checkDefinition(definition).problems.filter(({ severity }) => severity === 'error');
  return { errors, own: errors.filter((one) => one.pointer.startsWith(pointer)) };
}

describe('what a definition may hold', function () {
  this.timeout(60_000);
  it('has a least payload for every type', () => {
    const names = [...nodeTypes, ...triggerTypes].map(({ type }) => type);
    assert.deepEqual(Object.keys(least).toSorted(), names.toSorted());
    for (const { type } of nodeTypes) assert.deepEqual(errorsAt(definitionOf(type, {}), '').errors, [], type);
  });

  it('is obeyed on the type that it is on, or refused: every field on every type (faults 28, 29, 30)', () => {
    assert.deepEqual(
      Object.keys(fields).toSorted(),
      Object.keys(rawNode.shape)
        .filter((one) => !['type', 'payload'].includes(one))
        .toSorted(),
    );
    for (const type of nodeTypes)
      for (const [field, { value, isObeyed }] of Object.entries(fields)) {
        const { errors, own } = errorsAt(definitionOf(type.type, { [field]: value }), `/nodes/n/${field}`);
        const found = JSON.stringify(errors);
        if (isObeyed(type)) assert.deepEqual(errors, [], `${field} on ${type.type}: ${found}`);
        else
          assert.ok(own.length > 0, `${field} on ${type.type} is accepted, and nothing obeys it: ${found}`);
      }
    for (const { type } of triggerTypes)
      for (const [field, { value }] of Object.entries(fields)) {
        const root = { type, payload: least[type], children: ['z'], [field]: value };
        const { own } = errorsAt({ nodes: { root, z: log, b: log } }, `/nodes/root/${field}`);
        assert.equal(own.length > 0, !triggerFields.includes(field), `${field} on ${type}`);
      }
  });

  const propertiesOf = (type: { payload: NodeType['payload'] }) =>
    Object.keys((payloadJsonSchema(type)['properties'] ?? {}) as object);
  const everyField = [
    ...new Set(nodeTypes.flatMap((type) => [...propertiesOf(type), ...Object.keys(type.aliases)])),
  ];

  it('is a field of the payload of its type, or refused by its name: every field in every payload', () => {
    for (const type of nodeTypes)
      for (const field of everyField) {
        const isKnown = propertiesOf(type).includes(field) || field in type.aliases;
        if (isKnown) continue;
        const { own } = errorsAt(definitionOf(type.type, {}, { [field]: 1 }), `/nodes/n/payload/${field}`);
        assert.ok(own.length > 0, `${field} in the payload of ${type.type}`);
      }
  });

  const wrong: unknown[] = [
    null,
    true,
    -1.5,
    7_777_777,
    'text',
    '',
    [],
    [1],
    {},
    { a: 1 },
    [['x']],
    '{{ 1',
    '{{ nope( }}',
  ];

  it('is refused in sentences of our own, whatever stands in whatever field', () => {
    let refused = 0;
    const check = (definition: object, what: string) => {
      for (const { message, pointer } of checkDefinition(definition).problems) {
        refused += 1;
        assert.doesNotMatch(
          message,
          /Invalid |received|undefined|\[object|ZodError|must match pattern/,
          `${what}: ${message}`,
        );
        assert.match(pointer, /^(\/[^/]*)*$/, what);
      }
    };
    for (const type of nodeTypes)
      for (const field of propertiesOf(type))
        for (const value of wrong)
          check(
            definitionOf(type.type, {}, { [field]: value }),
            `${type.type}.${field} = ${JSON.stringify(value)}`,
          );
    for (const field of Object.keys(fields))
      for (const value of wrong)
        check(definitionOf('http-request', { [field]: value }), `${field} = ${JSON.stringify(value)}`);
    for (const name of [
      'maxAttempts',
      'initialIntervalMs',
      'backoff',
      'maxIntervalMs',
      'jitter',
      'retryOn',
      'noRetryOn',
    ])
      for (const value of wrong)
        check(definitionOf('http-request', { retry: { [name]: value } }), `retry.${name}`);
    for (const name of ['onNodeFailure', 'strict', 'timeoutMs', 'onFailure'])
      for (const value of wrong)
        check(
          { ...definitionOf('log', {}), settings: { [name]: value } },
          `settings.${name} = ${JSON.stringify(value)}`,
        );
    for (const name of ['triggerNodeIds', 'inputSchema', 'props', 'vars', 'settings', 'nodes'])
      for (const value of wrong) check({ ...definitionOf('log', {}), [name]: value }, name);
    for (const { type, payload } of triggerTypes)
      for (const field of propertiesOf({ payload }))
        for (const value of wrong)
          check(
            {
              nodes: { root: { type, payload: { ...least[type], [field]: value }, children: ['z'] }, z: log },
            },
            `${type}.${field}`,
          );
    assert.ok(refused > 1_000, String(refused));
  });
});
