import assert from 'node:assert/strict';
import { createOpenApi } from '../../src/api/documents/openapi.ts';
import { examples } from '../../src/api/documents/examples.ts';
import { routes } from '../../src/api/routing/routes.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { makeOneOfEach } from '../support/one-of-each.ts';

/** For another state than things have here: the tests of retries, waits and captures send them. */
const ofOtherStates = ['retryRun', 'resumeRunNode', 'captureWorkflowWebhook'];

const { paths } = createOpenApi(routes, 'http://localhost') as {
  paths: Record<string, Record<string, { operationId: string }>>;
};
const operations = new Map(
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => [operationId, { path, method }] as const),
  ),
);

describe('the examples of the OpenAPI document', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  let ids: Record<string, string>;
  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
    ids = await makeOneOfEach(hookloom);
  });
  after(() => hookloom?.stop());

  /** What the ids of an example stand for here. */
  const withIds = (text: string) =>
    text.replaceAll(/\b([a-z]{2,4})_[a-z2-7]{26}\b/g, (_, prefix: string) => {
      return (
        Object.values(ids).find((id) => id.startsWith(`${prefix}_`)) ?? assert.fail(`no id of ${prefix}`)
      );
    });
  const pathOf = (path: string) => {
    const found = Object.entries(ids)
      .sort(([a], [b]) => b.length - a.length)
      .find(([prefix]) => path.startsWith(`${prefix}/`) || path === prefix);
    const named = found ? path.replace(found[0], found[0].replace(/\{\w+\}/, found[1])) : path;
    return named.replace('/v1/variables/{name}', '/v1/variables/answer');
  };

  it('are of operations that there are', () => {
    for (const id of Object.keys(examples)) assert.ok(operations.has(id), `no operation is named ${id}`);
  });

  for (const [id, { body }] of Object.entries(examples)) {
    if (body === undefined || ofOtherStates.includes(id)) continue;
    it(`are taken: ${id}`, async () => {
      const { path, method } = operations.get(id) ?? assert.fail(id);
      const sent = withIds(JSON.stringify(body));
      const answer = await hookloom.call(method.toUpperCase(), pathOf(path), sent);
      assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    });
  }
});
