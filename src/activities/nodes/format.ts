import type { Json } from '../../engine/json/json.ts';
import type { NodeCode } from '../node-code.ts';

/** Writes each item of the data (or the data itself, when it is no array) by the template, joined with the separator. */
export const runFormat: NodeCode = async ({ payload, resolveForItems }) => {
  const { data = null, separator = '\n' } = payload;
  const lines = await resolveForItems('template', Array.isArray(data) ? data : [data]);
  return { value: { formatted: lines.map(textOf).join(String(separator)) } };
};

function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
