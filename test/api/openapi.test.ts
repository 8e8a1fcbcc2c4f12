import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpenApi } from '../../src/api/documents/openapi.ts';
import { routes } from '../../src/api/routing/routes.ts';
import { checkAnswer } from '../support/check-answers.ts';

const document = createOpenApi(routes, 'https://hookloom.test') as {
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string }[];
  components: object;
};
interface Operation {
  operationId: string;
  parameters: { name: string; in: string }[];
  requestBody?: { required: boolean; content: Record<string, { schema: { required?: string[] } }> };
  responses: Record<string, { content?: Record<string, { schema?: object; example?: unknown }> }>;
}
const operations = Object.entries(document.paths).flatMap(([path, members]) =>
  Object.entries(members).map(([method, operation]) => ({ path, method, operation })),
);

describe('the OpenAPI document', () => {
  it('says of every route what its good answers are, and that problems are problem+json (faults 43, 53)', () => {
    for (const { method, path, answers } of routes) {
      for (const [status, answer] of Object.entries(answers)) {
        // A redirect has no body.
        if (Number(status) >= 300 || status === '204') continue;
        assert.ok(
          typeof answer !== 'string',
          `${method.toUpperCase()} ${path} does not say what its ${status} is made of: give it a schema in answers.ts beside the route, as ${status}: { is: '…', schema }`,
        );
      }
    }
  });

  it('describes every tag', () => {
    const described = document.tags.map(({ name }) => name);
    assert.deepEqual(described.toSorted(), [...new Set(routes.map(({ tag }) => tag))].toSorted());
  });

  it('names schemas by what they are, and methods by what they are (fault 43)', () => {
    const text = JSON.stringify(document);
    assert.doesNotMatch(text, /__schema\d|#\/\$defs/);
    for (const { path, method } of operations)
      assert.match(method, /^(get|post|put|patch|delete|head|options)$/, `${method} ${path}`);
    for (const { path, method, operation } of operations)
      for (const [status, { content = {} }] of Object.entries(operation.responses)) {
        const types = Object.keys(content);
        // What is not ready says in its own form what is down.
        if (!/^[45]/.test(status) || types.length === 0 || path === '/readyz') continue;
        assert.ok(types.includes('application/problem+json'), `${method} ${path} ${status}: ${types.join()}`);
      }
  });

  it('gives every operation an id of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
    for (const id of ids) assert.match(id, /^[a-z][A-Za-z]+$/);
  });

  it('names every parameter of a path', () => {
    for (const { path, method, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const told = operation.parameters.filter((one) => one.in === 'path').map((one) => one.name);
      assert.deepEqual(told.toSorted(), named.toSorted(), `${method} ${path}`);
    }
  });

  it('has an example of every answer in JSON, which its schema takes', () => {
    const without: string[] = [];
    for (const { path, method, operation } of operations)
      for (const [status, { content = {} }] of Object.entries(operation.responses))
        for (const [contentType, media] of Object.entries(content)) {
          if (Number(status) >= 300 || status === 'default') continue;
          if ('example' in media)
            checkAnswer({ method, path, status: Number(status), contentType, body: media.example });
          else if (contentType === 'application/json') without.push(operation.operationId);
        }
    // What they answer is told in full by the documents that show the same tables.
    assert.deepEqual(without.toSorted(), [
      'getDefinitionSchema',
      'getEventTypes',
      'getNodeTypes',
      'getOpenapiJson',
      'getVerificationTypes',
    ]);
  });

  it('requires a body that has a required member', () => {
    for (const { path, method, operation } of operations) {
      const { requestBody } = operation;
      if (!requestBody) continue;
      const { required = [] } = requestBody.content['application/json']?.schema ?? {};
      assert.equal(requestBody.required, required.length > 0, `${method} ${path}`);
    }
  });

  it('has what each of its references names', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, ref]) => ref ?? '',
    );
    assert.ok(references.length > 100);
    for (const reference of new Set(references)) {
      const [root, ...parts] = reference.split('/');
      assert.equal(root, '#', reference);
      const found = parts.reduce<any>((at, part) => at?.[part], document);
      assert.ok(found, `${reference} leads nowhere`);
    }
  });

  it('satisfies the recommended rules of Redocly', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hookloom-openapi-'));
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(document));
    const args = ['lint', file, '--extends', 'recommended', '--format', 'json'];
    const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' };
    const { stdout } = spawnSync(process.execPath, ['node_modules/@redocly/cli/bin/cli.js', ...args], {
      encoding: 'utf8',
      env,
    });
    rmSync(folder, { recursive: true });
    const { problems } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      problems: { ruleId: string; message: string }[];
    };
    assert.deepEqual(
      problems.map(({ message }) => message),
      [],
    );
  });
});
