/** Places of a JSON text: from RFC 6901 pointers to positions, and back. */
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';

/** How long a text is read for at once, in milliseconds; what is behind that has no place yet. */
const parseMs = 300;

/** A stretch of the text. */
export interface Range {
  from: number;
  to: number;
}

/** Reads the whole text. */
export function rootOf(state: EditorState): SyntaxNode | null {
  const tree = ensureSyntaxTree(state, state.doc.length, parseMs) ?? syntaxTree(state);
  return tree.topNode.firstChild;
}

/** Where what a pointer names stands, its name included; the innermost place on the way to it that there is. */
export function rangeOf(state: EditorState, pointer: string): Range {
  let value = rootOf(state);
  let found: SyntaxNode | null = value;
  for (const part of partsOf(pointer)) {
    const inner = value && childOf(state, value, part);
    if (!inner) break;
    found = inner;
    value = valueOf(inner);
  }
  return found ? { from: found.from, to: found.to } : { from: 0, to: 0 };
}

/** The parts of a pointer. */
export function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The member or the item of a value. */
export function childOf(state: EditorState, value: SyntaxNode, part: string): SyntaxNode | null {
  if (value.name === 'Array') return itemsOf(value)[Number(part)] ?? null;
  return propertiesOf(value).find((property) => nameOf(state, property) === part) ?? null;
}

/** The value of a member; what is no member is a value itself. */
export function valueOf(node: SyntaxNode): SyntaxNode | null {
  if (node.name !== 'Property') return node;
  const last = node.lastChild;
  return last && isValue(last) ? last : null;
}

/** The members of an object. */
export function propertiesOf(object: SyntaxNode): SyntaxNode[] {
  return object.name === 'Object' ? object.getChildren('Property') : [];
}

function itemsOf(array: SyntaxNode): SyntaxNode[] {
  const items: SyntaxNode[] = [];
  for (let at = array.firstChild; at; at = at.nextSibling) if (isValue(at)) items.push(at);
  return items;
}

function isValue({ name }: SyntaxNode): boolean {
  return ['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null'].includes(name);
}

/** The name of a member. */
export function nameOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild('PropertyName');
  return name ? textOf(state, name) : '';
}

/** What a quoted text says. */
export function textOf(state: EditorState, node: SyntaxNode): string {
  const quoted = state.sliceDoc(node.from, node.to);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.replaceAll('"', '');
  }
}

/** The names and indexes that lead to a position. */
export function pathAt(state: EditorState, position: number): string[] {
  const path: string[] = [];
  let at: SyntaxNode | null = syntaxTree(state).resolveInner(position, -1);
  for (; at; at = at.parent) {
    const { parent } = at;
    if (at.name === 'Property') path.unshift(nameOf(state, at));
    else if (parent?.name === 'Array' && isValue(at))
      path.unshift(String(itemsOf(parent).findIndex(({ from }) => from === at?.from)));
  }
  return path;
}
