import type { Json } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import { changeVariable } from '../../store/variables/change-variable.ts';
import { findVariable, listVariableChanges, listVariables } from '../../store/variables/variables.ts';
import type { VariableChangeDocument } from '../../store/variables/variables.ts';
import { decodeCursor, presentPage } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import * as answers from './answers.ts';
import { deleteQuery, listQuery, patchBody, putBody, variableParams } from './schema.ts';

const tag = 'Variables';

/** Variables of the organization. */
export const variableRoutes = [
  route({
    method: 'get',
    path: '/v1/variables',
    scope: 'read',
    tag,
    summary: 'List variables by name',
    query: listQuery,
    answers: { 200: { is: 'A page of variables.', schema: answers.variablePage } },
    handler: async ({ deps, principal, query }) => {
      const [after] = decodeCursor(query.cursor) ?? [];
      const page = { limit: query.limit + 1, after };
      const rows = await listVariables(deps.db, principal.organizationId, page);
      return { body: presentPage(rows, query.limit, { present: (row) => row, key: ({ name }) => [name] }) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/variables/{name}',
    scope: 'read',
    tag,
    summary: 'Read a variable',
    params: variableParams,
    answers: { 200: { is: 'The variable.', schema: answers.variable } },
    handler: async ({ deps, principal, params }) => {
      const variable = await findVariable(deps.db, principal.organizationId, params.name);
      if (!variable) throw new AppError('not-found', `No variable is called ${params.name}.`);
      return { body: variable };
    },
  }),
  route({
    method: 'put',
    path: '/v1/variables/{name}',
    scope: 'write',
    tag,
    summary: 'Set a variable; with `version` only if that is current (0: there is none)',
    params: variableParams,
    body: putBody,
    answers: { 200: { is: 'The variable.', schema: answers.variable } },
    handler: async ({ deps, principal, params, body }) => {
      const { organizationId, keyId } = principal;
      const change = { value: body.value as Json };
      const { name } = params;
      const changing = { organizationId, name, change, by: { keyId }, version: body.version };
      return { body: await changeVariable(deps, changing) };
    },
  }),
  route({
    method: 'patch',
    path: '/v1/variables/{name}',
    scope: 'write',
    tag,
    summary: 'Add to a variable; one that is missing counts from 0',
    params: variableParams,
    body: patchBody,
    answers: { 200: { is: 'The variable.', schema: answers.variable } },
    handler: async ({ deps, principal, params, body }) => {
      const { organizationId, keyId } = principal;
      const { increment, version } = body;
      const { name } = params;
      const changing = { organizationId, name, change: { increment }, by: { keyId }, version };
      return { body: await changeVariable(deps, changing) };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/variables/{name}',
    scope: 'write',
    tag,
    summary: 'Delete a variable; its history stays',
    params: variableParams,
    query: deleteQuery,
    answers: { 204: 'Deleted.' },
    handler: async ({ deps, principal, params, query }) => {
      const { organizationId, keyId } = principal;
      const change = { isDeleted: true } as const;
      const { name } = params;
      await changeVariable(deps, { organizationId, name, change, by: { keyId }, version: query.version });
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/v1/variables/{name}/history',
    scope: 'read',
    tag,
    summary: 'List the changes of a variable, newest first',
    params: variableParams,
    query: listQuery,
    answers: { 200: { is: 'A page of changes.', schema: answers.changePage } },
    handler: async ({ deps, principal, params, query }) => {
      const [cursor] = decodeCursor(query.cursor) ?? [];
      const before = cursor === undefined ? undefined : Number(cursor);
      const owner = { organizationId: principal.organizationId, name: params.name };
      const rows = await listVariableChanges(deps.db, owner, { limit: query.limit + 1, before });
      const page = { present: presentChange, key: (row: VariableChangeDocument) => [row.version] };
      return { body: presentPage(rows, query.limit, page) };
    },
  }),
];

function presentChange({ version, value, by, createdAt }: VariableChangeDocument) {
  return { version, value: JSON.parse(value ?? 'null') as Json, isDeleted: value === null, by, createdAt };
}
