/** Checks the expressions that are evaluated for a request before there is a run: keys and filters of a webhook. */
import { parseExpression } from './parse-expression.ts';
import { splitText } from './split-text.ts';
import type { Part } from './split-text.ts';
import { parseTemplate } from './template.ts';
import type { Reference } from './template.ts';

/** What such an expression may read, and of that what the request gives. */
const readable: readonly Reference['kind'][] = ['trigger', 'inputs', 'props', 'vars'];
const ofRequest: readonly Reference['kind'][] = ['trigger', 'inputs'];

/**
 * Returns the pieces of a text for a request: as it stands where it holds `{{ … }}`, otherwise it is one expression.
 * `problem`: what cannot be read.
 */
export function requestParts(text: string): { parts: Part[]; problem?: string } {
  return text.includes('{{') ? splitText(text) : { parts: [{ expression: text.trim() }] };
}

/**
 * Returns what is wrong with a text for a request; `undefined` when nothing is. It completes "expected …".
 * @param given.isKey whether it tells requests apart, so that it must depend on the request
 */
export function requestExpressionProblem(text: string, { isKey = true } = {}): string | undefined {
  const { parts, problem } = requestParts(text);
  if (problem !== undefined) return `an expression: ${problem}`;
  const expressions = parts.flatMap((part) => ('expression' in part ? [part.expression] : []));
  const [unreadable] = expressions.flatMap((one) => parseExpression(one).problem ?? []);
  if (unreadable !== undefined) return `an expression: ${unreadable}`;
  const references = expressions.flatMap((one) => parseTemplate(`{{${one}}}`).template.references);
  const other = references.find(({ kind }) => !readable.includes(kind));
  if (other) return `an expression over $trigger, $inputs, $props and $vars; came ${nameOf(other)}`;
  return !isKey || references.some(({ kind }) => ofRequest.includes(kind))
    ? undefined
    : 'an expression that depends on the request: on $trigger or $inputs';
}

function nameOf(reference: Reference): string {
  return reference.kind === 'node' ? `the node ${reference.nodeId}` : `$${reference.kind}`;
}
