import assert from 'node:assert/strict';
import { hookPresets } from '../../src/engine/deliveries/hook-presets.ts';
import type { HookEvent } from '../../src/engine/deliveries/hook-presets.ts';
import { renderHook } from '../../src/engine/deliveries/render-hook.ts';

const event: HookEvent = {
  id: 'evt_1',
  type: 'run.failed',
  timestamp: '2026-11-29T12:00:00.000Z',
  schemaVersion: 1,
  data: {
    organizationId: 'org_1',
    workflowId: 'wf_1',
    runId: 'run_1',
    error: { type: 'http_status', message: 'the <peer> answered 500', details: { a: 1 } },
    result: { heavy: true },
  },
};
const bodyOf = (name: keyof typeof hookPresets, given = event) =>
  JSON.parse(hookPresets[name](given, { routingKey: 'R0' }).body);
const plain = { filter: null, transform: null, payload: 'full' } as const;
const noExpressions = () => assert.fail('nothing is to be evaluated');

describe('the presets of hook bodies', () => {
  it('say to people what happened, and mention nobody', () => {
    const { text } = bodyOf('slack');
    assert.match(text, /^run\.failed\nworkflow: wf_1\nrun: run_1\nerror: the &lt;peer&gt; answered 500$/);
    const { content, allowed_mentions } = bodyOf('discord');
    assert.match(content, /the <peer> answered 500$/);
    assert.deepEqual(allowed_mentions, { parse: [] });
    const [{ contentType, content: card }] = bodyOf('teams').attachments;
    assert.equal(contentType, 'application/vnd.microsoft.card.adaptive');
    assert.equal(card.body[0].text, 'run.failed');
    const long = { ...event, data: { ...event.data, error: { message: 'x'.repeat(9_000) } } };
    assert.equal(bodyOf('discord', long).content.length, 2_000);
  });

  it('open an incident of the workflow, and resolve the same one', () => {
    const opened = bodyOf('pagerduty');
    const resolved = bodyOf('pagerduty', { ...event, type: 'run.succeeded' });
    assert.deepEqual([opened.event_action, resolved.event_action], ['trigger', 'resolve']);
    assert.equal(opened.dedup_key, resolved.dedup_key);
    assert.deepEqual([opened.routing_key, opened.payload.severity], ['R0', 'error']);
  });

  it('are CloudEvents, structured and binary', () => {
    const attributes = {
      specversion: '1.0',
      id: 'evt_1',
      type: 'io.hookloom.run.failed.v1',
      source: '/v1/workflows/wf_1',
      subject: 'run_1',
      time: event.timestamp,
    };
    const structured = hookPresets.cloudevents(event);
    assert.equal(structured.contentType, 'application/cloudevents+json');
    assert.deepEqual(JSON.parse(structured.body), {
      ...attributes,
      datacontenttype: 'application/json',
      data: event.data,
    });
    const binary = hookPresets['cloudevents-binary'](event);
    assert.deepEqual(JSON.parse(binary.body), event.data);
    const names = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]);
    assert.deepEqual(binary.headers, Object.fromEntries(names));
  });
});

describe('what goes out of an event', () => {
  it('is the event byte by byte where the endpoint asks for nothing else', async () => {
    const stored = '{ "id": "evt_1" }';
    assert.equal((await renderHook(stored, plain, noExpressions))?.body, stored);
  });

  it('is without the heavy members when it is thin, also for a preset', async () => {
    const stored = JSON.stringify(event);
    const thin = await renderHook(stored, { ...plain, payload: 'thin' }, noExpressions);
    assert.deepEqual(JSON.parse(thin?.body ?? '').data.error, {
      type: 'http_status',
      message: 'the <peer> answered 500',
    });
    const form = { ...plain, payload: 'thin', transform: { preset: 'cloudevents' } } as const;
    const preset = await renderHook(stored, form, noExpressions);
    assert.equal('result' in JSON.parse(preset?.body ?? '').data, false);
  });

  it('is nothing when the filter leaves it out, and what the transform gives else', async () => {
    const stored = JSON.stringify(event);
    const transform = { body: 'text', contentType: 'text/plain' };
    const render = (passes: boolean) =>
      renderHook(stored, { ...plain, filter: '{{ x }}', transform }, async (template) =>
        template === '{{ x }}' ? passes : template,
      );
    assert.equal(await render(false), undefined);
    assert.deepEqual(await render(true), { body: 'text', contentType: 'text/plain' });
  });
});
