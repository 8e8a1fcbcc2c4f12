import { formOf } from '../../engine/definition/form.schema.ts';
import type { SchemaProblem } from '../../engine/json-schema/schema-types.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Json } from '../../engine/json/json.ts';

const maxErrors = 50;

/**
 * @param member the member of the request's body that holds the data; '' when the body itself is it
 * @throws AppError invalid-request that names each place where data does not fit a JSON Schema; it shows nothing of the
 * data
 */
export function checkData(schema: Json | undefined, data: Json, member: string): void {
  refuseProblems(formOf(schema)?.problemsOf(data) ?? [], member);
}

/** @throws AppError invalid-request that names each problem of data, when there is one */
export function refuseProblems(problems: readonly SchemaProblem[], member: string): void {
  if (problems.length === 0) return;
  const base = member === '' ? '' : `/${member}`;
  const errors = problems.slice(0, maxErrors).map(({ pointer, expected }) => {
    const name = `${base}${pointer}`.split('/').at(-1) || 'the body';
    return { pointer: `${base}${pointer}`, detail: `${name}: expected ${expected}` };
  });
  const what = member === '' ? 'body' : member;
  throw new AppError('invalid-request', `The ${what} is not valid: ${errors[0]?.detail ?? ''}`, { errors });
}
