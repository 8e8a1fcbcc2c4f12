import assert from 'node:assert/strict';
import { eventCatalog, eventTypes } from '../../src/engine/log/event-catalog.ts';
import type { EventType } from '../../src/engine/log/event-catalog.ts';
import { isSubscribed, matchesType } from '../../src/store/endpoints/endpoints.ts';

/** What a filter takes of the whole catalog. */
const taken = (...patterns: string[]) =>
  eventTypes.filter((type) => patterns.some((pattern) => matchesType(pattern, type)));
const about = (what: string) => eventTypes.filter((type) => eventCatalog[type].about === what);
const named: EventType[] = ['node.log', 'node.progress'];

describe('the filter of an endpoint', () => {
  it('takes by * all that happens in runs, but not what must be named, and no news of endpoints', () => {
    const expected = [...about('run'), ...about('node')].filter((type) => !named.includes(type));
    assert.deepEqual(taken('*').sort(), expected.sort());
  });

  it('takes by a glob what begins so', () => {
    assert.deepEqual(taken('run.*').sort(), about('run').sort());
    const nodes = about('node').filter((type) => !named.includes(type));
    assert.deepEqual(taken('node.*').sort(), nodes.sort());
    assert.deepEqual(taken('node.s*').sort(), [
      'node.scheduled',
      'node.skipped',
      'node.started',
      'node.succeeded',
    ]);
    assert.deepEqual(taken('delivery.*'), ['delivery.exhausted']);
  });

  it('takes by name what no glob takes, and never a part of a name', () => {
    for (const type of named) {
      assert.deepEqual(taken(type), [type]);
      assert.deepEqual(taken(`${type}*`), []);
    }
    for (const pattern of ['run', 'run.', 'node.failed.', '*.failed', 'RUN.*', ''])
      assert.deepEqual(taken(pattern), [], pattern);
  });

  it('takes each type once, however many patterns do', () => {
    assert.deepEqual(taken('run.failed', 'run.*', '*', 'node.*').sort(), taken('*').sort());
  });

  it('narrows to workflows, except for news of endpoints, which are of none and go only to the others', () => {
    const endpoint = {
      _id: 'ep_1',
      subscribedEventTypes: ['*', 'endpoint.*', 'delivery.exhausted'],
      workflowIds: ['wf_1', 'wf_2'],
    };
    const takes = (type: EventType, workflowId: string, endpointId?: string) =>
      isSubscribed(endpoint, { type, workflowId, ...(endpointId === undefined ? {} : { endpointId }) });
    assert.ok(takes('run.failed', 'wf_1') && takes('run.failed', 'wf_2'));
    assert.ok(!takes('run.failed', 'wf_3'));
    assert.ok(isSubscribed({ ...endpoint, workflowIds: [] }, { type: 'run.failed', workflowId: 'wf_3' }));
    for (const type of about('endpoint')) {
      assert.equal(takes(type, '', 'ep_2'), type !== 'endpoint.test', type);
      assert.ok(!takes(type, '', 'ep_1'), type);
    }
  });
});
