/** Templates: payloads whose strings may hold expressions. */
import { pointerTo } from '../../engine/definition/definition.ts';
import type { Json } from '../../engine/json/json.ts';
import type { Use } from './find-uses.ts';
import { parseExpression } from './parse-expression.ts';
import { isTemplateText, splitText } from './split-text.ts';

export type { Json } from '../../engine/json/json.ts';

/** A reference to a node's outcome. */
export interface NodeReference {
  kind: 'node';
  nodeId: string;
  part: 'result' | 'error' | 'status';
  /** Plain names behind the part. */
  path?: string[];
  /** RFC 6901, of the string inside the payload. */
  pointer: string;
}

/** A reference to anything else. */
export interface ValueReference {
  kind:
    | 'trigger'
    | 'inputs'
    | 'props'
    | 'vars'
    | 'variables'
    | 'item'
    | 'index'
    | 'parent_item'
    | 'parent_index'
    | 'workflow'
    | 'run'
    | 'secrets'
    | 'event'
    | 'for'
    | 'resumeUrl';
  /** The first name behind it: of the secret, the loop, the wait, the field. */
  name?: string;
  /** RFC 6901, of the string inside the payload. */
  pointer: string;
}

/** What an expression reads. */
export type Reference = NodeReference | ValueReference;

/** What is known about a payload without evaluating it. */
export interface Template {
  /** In the payload's order, without repetition inside one string. */
  references: Reference[];
  /** No string holds an expression or an escape: the payload is its own value. */
  constant: boolean;
}

/** An expression that cannot be read. */
export interface TemplateProblem {
  pointer: string;
  message: string;
  code: 'expression_syntax' | 'reference_unknown';
}

/**
 * Reads all expressions of a payload, and tells everything that is wrong with them. Object keys are never expressions.
 * `skip` tells by pointer which parts hold none.
 */
export function parseTemplate(
  payload: Json,
  { skip = () => false }: { skip?: (pointer: string) => boolean } = {},
): { template: Template; problems: TemplateProblem[] } {
  const references: Reference[] = [];
  const problems: TemplateProblem[] = [];
  let constant = true;
  for (const { text, pointer } of templateTexts(payload)) {
    if (skip(pointer)) continue;
    constant = false;
    const { parts, problem } = splitText(text);
    const expressions = parts.flatMap((part) =>
      'expression' in part ? [parseExpression(part.expression)] : [],
    );
    const messages = [...expressions.map((one) => one.problem), problem];
    for (const message of messages)
      if (message) problems.push({ pointer, message, code: 'expression_syntax' });
    for (const message of expressions.flatMap(({ unknown }) => unknown))
      problems.push({ pointer, message, code: 'reference_unknown' });
    references.push(...referencesOf(expressions, pointer));
  }
  return { template: { references, constant }, problems };
}

function* templateTexts(value: Json, path: string[] = []): Generator<{ text: string; pointer: string }> {
  if (typeof value === 'string') {
    if (isTemplateText(value)) yield { text: value, pointer: pointerTo(...path) };
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* templateTexts(inner, [...path, key]);
  }
}

function referencesOf(
  expressions: readonly { uses: Use[]; resumeIds: string[] }[],
  pointer: string,
): Reference[] {
  const all = expressions.flatMap(({ uses, resumeIds }) => [
    ...uses.flatMap((use) => referenceOf(use, pointer)),
    ...resumeIds.map((name): Reference => ({ kind: 'resumeUrl', name, pointer })),
  ]);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

const parts = ['result', 'error', 'status'] as const;

function referenceOf({ variable, path }: Use, pointer: string): Reference[] {
  const [name, second, ...rest] = path;
  if (variable === 'nodes') return name === undefined ? [] : nodeReference(name, [second, ...rest], pointer);
  const kind = variable === 'workflowId' ? 'workflow' : (variable as ValueReference['kind']);
  return [{ kind, ...(name === undefined ? {} : { name }), pointer }];
}

/** `root` is the trigger, whatever its id. A node without a part is read as a whole. */
function nodeReference(nodeId: string, path: (string | undefined)[], pointer: string): Reference[] {
  if (nodeId === 'root')
    return [{ kind: 'trigger', ...(path[1] === undefined ? {} : { name: path[1] }), pointer }];
  const part = parts.find((one) => one === path[0]) ?? 'result';
  const rest = path.slice(1).filter((one) => one !== undefined);
  return [{ kind: 'node', nodeId, part, ...(rest.length > 0 ? { path: rest } : {}), pointer }];
}
