import assert from 'node:assert/strict';
import { createOpenApi } from '../../src/api/documents/openapi.ts';
import { routes } from '../../src/api/routing/routes.ts';

/** POST routes that change or look at what is there: asked again, they make nothing new. */
const creatingNothing = [
  '/v1/workflows/validate',
  '/v1/schedules/preview',
  '/v1/sign-in',
  '/v1/workflows/{id}/publish',
  '/v1/workflows/{id}/rollback',
  '/v1/workflows/{id}/pause',
  '/v1/workflows/{id}/resume',
  '/v1/deployments',
  '/v1/workflows/{id}/webhook/capture',
  '/v1/workflows/{id}/unarchive',
  // Its runs have derived ids; a forced one is known by its key.
  '/v1/workflows/{id}/schedule/backfill',
  '/v1/runs/{id}/cancel',
  '/v1/runs/{id}/nodes/{path}/resume',
  '/v1/resume/{token}',
  '/v1/execution-webhooks/{id}/disable',
  '/v1/execution-webhooks/{id}/enable',
  '/v1/deliveries/{id}/retry',
  '/v1/replays/{id}/cancel',
  '/v1/jobs/{id}/cancel',
  '/v1/flow/{owner}/pause',
  '/v1/flow/{owner}/resume',
  // Nothing of a token is stored.
  '/v1/stream-tokens',
  '/v1/execution-webhooks/{id}/preview',
];

describe('a POST route', () => {
  it('says whether it creates, and then takes an Idempotency-Key', () => {
    const posts = routes.filter(({ method }) => method === 'post');
    for (const { path, creates = false } of posts) {
      const expected = !creatingNothing.includes(path);
      assert.equal(
        creates,
        expected,
        `${path}: say \`creates: true\`, or list it as one that creates nothing`,
      );
    }
    assert.ok(routes.every(({ method, creates }) => !creates || method === 'post'));
  });

  it('describes the key in OpenAPI', () => {
    const { paths } = createOpenApi(routes, 'http://localhost') as { paths: Record<string, any> };
    for (const { path, method, creates = false } of routes) {
      if (method === 'all') continue;
      const { parameters, responses } = paths[path]?.[method] ?? {};
      const takesKey = parameters.some((parameter: { name: string }) => parameter.name === 'Idempotency-Key');
      assert.equal(takesKey, creates, path);
      assert.equal('422' in responses, creates, path);
    }
  });
});
