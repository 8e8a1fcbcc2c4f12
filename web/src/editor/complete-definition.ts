import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { snippetCompletion } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';
import type { JsonObject } from '../../../src/engine/json/json.ts';
import { childOf, nameOf, pathAt, propertiesOf, rootOf, textOf, valueOf } from './json-places.ts';
import { choicesOf, membersOf, schemasAt } from './schemas-at.ts';

/** Completes a definition by its JSON Schema: members, values, ids of nodes, and what expressions read. */
export function completeDefinition(schema: JsonObject) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos } = context;
    const node = syntaxTree(state).resolveInner(pos, -1);
    if (node.name === 'String') return completeText(context, node, schema);
    if (node.name === 'PropertyName') return completeName({ state, schema, at: node, pos });
    if (node.name === 'Property' || node.name === '⚠') return completeValue(context, schema);
    if (node.name === 'Object' && context.explicit)
      return completeName({ state, schema, at: undefined, pos });
    return null;
  };
}

interface NamePlace {
  state: EditorState;
  schema: JsonObject;
  /** The name that is being written; `undefined` where none is begun. */
  at: SyntaxNode | undefined;
  pos: number;
}

function completeName({ state, schema, at, pos }: NamePlace): CompletionResult | null {
  const property = at?.parent ?? undefined;
  const object = at ? property?.parent : syntaxTree(state).resolveInner(pos, -1);
  if (object?.name !== 'Object') return null;
  const path = pathOf(state, object);
  const members = membersOf(schemasAt(schema, path, reader(state, path)));
  const taken = propertiesOf(object)
    .filter(({ from }) => from !== property?.from)
    .map((one) => nameOf(state, one));
  const hasValue = property !== undefined && valueOf(property) !== null;
  const options = [...members]
    .filter(([name]) => !taken.includes(name))
    .map(([name, member]) => optionOf(name, member, hasValue));
  const { from, to } = at ?? { from: pos, to: pos };
  return { from, to, options, filter: true, validFor: /^"?[\w-]*"?$/ };
}

function optionOf(name: string, member: JsonObject, hasValue: boolean): Completion {
  const { description, type } = member;
  const told = {
    label: `"${name}"`,
    type: 'property',
    ...(typeof type === 'string' ? { detail: type } : {}),
    ...(typeof description === 'string' ? { info: description } : {}),
  };
  return hasValue
    ? { ...told, apply: `"${name}"` }
    : snippetCompletion(`"${name}": ${skeletonOf(type)}`, told);
}

function skeletonOf(type: unknown): string {
  if (type === 'object') return '{ ${} }';
  if (type === 'array') return '[${}]';
  if (type === 'string') return '"${}"';
  return '${}';
}

function completeValue(
  { state, pos, explicit }: CompletionContext,
  schema: JsonObject,
): CompletionResult | null {
  const word = /[\w-]*$/.exec(state.sliceDoc(Math.max(0, pos - 60), pos))?.[0] ?? '';
  if (!explicit && word === '') return null;
  const path = pathAt(state, pos);
  const choices = choicesOf(schemasAt(schema, path, reader(state, path)));
  const options = choices.map(({ value, title }) => ({
    label: JSON.stringify(value),
    type: 'enum',
    ...(title === undefined ? {} : { detail: title }),
  }));
  return options.length === 0 ? null : { from: pos - word.length, options };
}

/** Members of a node that hold ids of nodes. */
const edgeLists = ['children', 'onError', 'loopBody'];

function completeText(
  context: CompletionContext,
  node: SyntaxNode,
  schema: JsonObject,
): CompletionResult | null {
  const { state, pos } = context;
  const written = state.sliceDoc(node.from, pos);
  const expression = /\{\{[^}]*?(\$[\w.]*)$/.exec(written);
  if (expression)
    return { from: pos - (expression[1]?.length ?? 0), options: readable(state), validFor: /^[$\w.]*$/ };
  const path = pathAt(state, pos);
  const isEdge = path[0] === 'nodes' && (edgeLists.includes(path[2] ?? '') || path[2] === 'branches');
  const values = isEdge
    ? idsOf(state).map((value) => ({ value, title: undefined }))
    : choicesOf(schemasAt(schema, path, reader(state, path)));
  const options = values
    .filter(({ value }) => typeof value === 'string')
    .map(({ value, title }) => ({
      label: JSON.stringify(value),
      type: isEdge ? 'variable' : 'enum',
      ...(title === undefined ? {} : { detail: title }),
    }));
  return options.length === 0 ? null : { from: node.from, to: node.to, options, validFor: /^"[\w-]*"?$/ };
}

/** What every expression can read. */
const bindings = [
  '$trigger.body',
  '$trigger.headers',
  '$trigger.query',
  '$inputs',
  '$item',
  '$index',
  '$vars.',
  '$variables.',
];

function readable(state: EditorState): Completion[] {
  const nodes = idsOf(state).map((id) => `$nodes.${id}.result`);
  return [...bindings, ...nodes].map((label) => ({ label, type: 'variable' }));
}

/** The ids of the nodes of the text. */
export function idsOf(state: EditorState): string[] {
  const root = rootOf(state);
  const nodes = root && childOf(state, root, 'nodes');
  const object = nodes && valueOf(nodes);
  return object ? propertiesOf(object).map((property) => nameOf(state, property)) : [];
}

function pathOf(state: EditorState, object: SyntaxNode): string[] {
  return pathAt(state, Math.min(object.from + 1, object.to));
}

/** Reads members of the objects on the way of a path, as the text has them now. */
function reader(state: EditorState, path: readonly string[]) {
  return (depth: number, name: string): string | undefined => {
    let object = rootOf(state);
    for (const part of path.slice(0, depth)) {
      const inner: SyntaxNode | null = object && childOf(state, object, part);
      object = inner && valueOf(inner);
    }
    const member = object && childOf(state, object, name);
    const value = member && valueOf(member);
    return value?.name === 'String' ? textOf(state, value) : undefined;
  };
}
