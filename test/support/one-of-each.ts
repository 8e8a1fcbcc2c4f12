import assert from 'node:assert/strict';
import type { Hookloom } from './hookloom.ts';

/** Makes one thing of each kind that has an id; answers their ids by the path at which each is read. */
export async function makeOneOfEach(hookloom: Hookloom): Promise<Record<string, string>> {
  const { id, webhookUrl } = await hookloom.publish({ nodes: { root: { type: 'webhook' } } });
  const accepted = await hookloom.call('POST', webhookUrl, { n: 1 });
  const make = async (path: string, body: object) => {
    const answer = await hookloom.call('POST', path, body);
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const endpoint = await make('/v1/execution-webhooks', {
    name: 'x',
    url: 'https://hooks.example/',
    subscribedEventTypes: ['*'],
  });
  const endpointId = endpoint.endpoint?.id ?? endpoint.id;
  const replay = await make(`/v1/execution-webhooks/${endpointId}/replay`, {
    since: '2026-01-01T00:00:00Z',
  });
  const delivery = await make(`/v1/execution-webhooks/${endpointId}/test`, {});
  const [execution] = await hookloom.db.collection('executions').find({}).toArray();
  return {
    '/v1/workflows/{id}': id,
    '/v1/flow/{owner}': id,
    '/v1/runs/{id}': accepted.body.runIds[0],
    '/v1/executions/{id}': String(execution?._id ?? 'exe_none'),
    '/v1/webhook-events/{id}': accepted.body.eventId,
    '/v1/execution-webhooks/{id}': endpointId,
    '/v1/deliveries/{id}': delivery.id,
    '/v1/replays/{id}': replay.id,
    '/v1/jobs/{id}': (await make('/v1/runs/retry', { filter: {} })).id,
    '/v1/credentials/{id}': (await make('/v1/credentials', { name: 'x', value: 'abcdef' })).id,
    '/v1/api-keys/{id}': (await make('/v1/api-keys', { name: 'x', scopes: ['read'] })).id,
    '/v1/payloads/{ref}': 'pl_none',
  };
}
