import assert from 'node:assert/strict';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { makeOneOfEach } from '../support/one-of-each.ts';

/** Least bodies of the routes that need one, by method and path. */
const bodies: Record<string, object> = {
  'POST /v1/workflows/{id}/rollback': { targetVersion: 1 },
  'POST /v1/execution-webhooks/{id}/replay': { since: '2026-01-01T00:00:00Z' },
  'POST /v1/workflows/{id}/schedule/backfill': {
    since: '2026-01-01T00:00:00Z',
    until: '2026-01-02T00:00:00Z',
  },
  'PATCH /v1/flow/{owner}/limits': { limit: 1 },
  'POST /v1/execution-webhooks/{id}/preview': { eventId: 'evt_none' },
  'PATCH /v1/credentials/{id}': { name: 'other' },
  'PUT /v1/credentials/{id}': { value: 'abcdef' },
};

describe('an id of another organization', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  const ids: Record<string, string> = {};
  let stranger: Record<string, string>;

  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
    Object.assign(ids, await makeOneOfEach(hookloom));
    const other = (await hookloom.call('POST', '/v1/organizations', { name: 'other' })).body;
    stranger = { authorization: `Bearer ${other.apiKey}` };
  });
  after(() => hookloom?.stop());

  it('is unknown on every route of the OpenAPI document that takes one (fault 44)', async () => {
    const { body: document } = await hookloom.call('GET', '/openapi.json');
    const operations = Object.entries(document.paths as Record<string, Record<string, any>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods)
          .filter(([, { security }]) => Array.isArray(security) && security.length > 0)
          .map(([method]) => ({ path, method: method.toUpperCase() })),
    );
    // Names are each organization's own.
    const withIds = operations.filter(({ path }) => path.includes('{') && !path.includes('{name}'));
    assert.ok(withIds.length > 40);
    for (const { path, method } of withIds) {
      const of = Object.keys(ids)
        .sort((a, b) => b.length - a.length)
        .find((prefix) => path === prefix || path.startsWith(`${prefix}/`));
      assert.ok(of !== undefined, `whose id is in ${path}?`);
      const called = path
        .replace(of, of.replace(/\{\w+\}/, ids[of] ?? ''))
        .replaceAll('{path}', 'root')
        .replaceAll(/\{(version|from|to)\}/g, '1');
      const body = ['GET', 'DELETE'].includes(method) ? undefined : (bodies[`${method} ${path}`] ?? {});
      const { status, body: answer } = await hookloom.call(method, called, body, stranger);
      assert.equal(status, 404, `${method} ${path}: ${JSON.stringify(answer)}`);
    }
  });

  it('is refused where a body names it, as one that is unknown', async () => {
    const asked = {
      name: 'x',
      url: 'https://hooks.example/',
      subscribedEventTypes: ['*'],
      workflowIds: [ids['/v1/workflows/{id}']],
    };
    const foreign = await hookloom.call('POST', '/v1/execution-webhooks', asked, stranger);
    const unknown = await hookloom.call(
      'POST',
      '/v1/execution-webhooks',
      { ...asked, workflowIds: ['wf_nobody'] },
      stranger,
    );
    assert.equal(foreign.status, unknown.status);
  });
});
