/** Makes of a draft a definition that validates: what is wrong with it is taken out, and named. */
import type { Problem } from '../engine/definition/definition-problems.ts';
import type { Json, JsonObject } from '../engine/json/json.ts';
import { findProblems } from '../expressions/parse/find-problems.ts';
import { plainText } from './jsonata.ts';
import type { Draft, DraftNode } from './draft.ts';

const rounds = 60;

/** Returns the definition, without what it may not hold; the report names each part that was taken out. */
export function finish(draft: Draft, rest: JsonObject): JsonObject {
  for (let round = 0; round < rounds; round += 1) {
    const definition = draft.definition(rest);
    const errors = findProblems(definition, {}).problems.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return definition;
    const mended = new Set<string>();
    for (const error of errors) {
      const [, , id = ''] = error.pointer.split('/');
      // One at a time: what is wrong with a node may come of what is wrong with another field of it.
      if (!mended.has(id)) mend(draft, error, rest);
      mended.add(id);
    }
  }
  return giveUp(draft, rest);
}

function mend(draft: Draft, error: Problem, rest: JsonObject): void {
  const [, area = '', id = '', field = '', ...path] = error.pointer
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const node = area === 'nodes' ? draft.nodes.get(id) : undefined;
  if (!node) return dropArea(draft, { area, rest, why: error.message });
  if (field === 'payload' && path.length > 0 && clear(node, path)) {
    draft.tell('lost', node.place, `${path.join('.')} does not carry over: ${error.message}`, id);
    return;
  }
  if (droppable.has(field)) {
    delete (node as unknown as Record<string, unknown>)[field];
    draft.tell('lost', node.place, `${field} does not carry over: ${error.message}`, id);
    return;
  }
  remove(draft, id, error.message);
}

function dropArea(draft: Draft, { area, rest, why }: { area: string; rest: JsonObject; why: string }): void {
  delete rest[area];
  draft.tell('lost', { part: 'workflow', pointer: '' }, `${area || 'the whole'} is left out: ${why}`);
}

const droppable = new Set(['retry', 'timeoutMs', 'continueOnError', 'join', 'credential']);

/** Empties the place below a payload that is wrong; returns whether that changed anything. */
function clear(node: DraftNode, path: string[]): boolean {
  const holder = path.slice(0, -1).reduce<Json | undefined>(memberOf, node.payload);
  const key = path.at(-1) ?? '';
  const before = memberOf(holder, key);
  if (before === undefined) return false;
  const record = holder as JsonObject;
  if (typeof before !== 'string' || !before.includes('{{'))
    return isOptional(node, path) && delete record[key];
  // A condition that cannot be judged does not hold.
  record[key] = /^(condition|while)$/.test(key) ? false : null;
  return true;
}

function memberOf(holder: Json | undefined, key: string): Json | undefined {
  const isHolder = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key);
  return isHolder ? (holder as JsonObject)[key] : undefined;
}

/** A field that its node can do without. */
function isOptional({ type }: DraftNode, path: string[]): boolean {
  const needed: Record<string, string[]> = {
    'http-request': ['url'],
    'for-each': ['array'],
    switch: ['cases'],
    delay: ['delayMs', 'until'],
    'code-transform': ['code'],
  };
  return path.length === 1 && !(needed[type] ?? []).includes(path[0] ?? '');
}

/** Takes a node out, or puts one that fails in its place. */
function remove(draft: Draft, id: string, why: string): void {
  const node = draft.nodes.get(id);
  if (!node) return;
  const isRoot = draft.nodes.keys().next().value === id;
  if (isRoot) {
    draft.nodes.set(id, { ...node, type: 'manual', payload: {} });
    return draft.tell('lost', node.place, `the trigger does not carry over: ${why}`, id);
  }
  if (draft.stubUnknown && node.type !== 'fail' && !node.loopBody) {
    const message = plainText(`${node.place.part} cannot be carried over to Hookloom (${why})`);
    const { children, onError, title, place } = node;
    const stub = {
      type: 'fail',
      payload: { type: 'not_imported', message },
      branches: {},
      children,
      onError,
    };
    draft.nodes.set(id, { ...stub, title, place });
    return draft.tell('lost', place, `a node that fails stands in its place: ${why}`, id);
  }
  leaveOut(draft, id);
  draft.tell('lost', node.place, `it is left out: ${why}`);
}

function leaveOut(draft: Draft, id: string): void {
  const node = draft.nodes.get(id);
  if (!node) return;
  draft.nodes.delete(id);
  for (const inner of node.loopBody ?? []) {
    const place = draft.nodes.get(inner)?.place;
    leaveOut(draft, inner);
    if (place) draft.tell('lost', place, 'it is left out with the loop around it');
  }
  const next = [...node.children, ...(Object.values(node.branches)[0] ?? [])];
  for (const { children, onError, branches, loopBody = [] } of draft.nodes.values()) {
    for (const edges of [children, onError, ...Object.values(branches)]) replace(edges, id, next);
    replace(loopBody, id, []);
  }
}

/** Puts others in the place of an id, each once. */
function replace(ids: string[], id: string, others: readonly string[]): void {
  const index = ids.indexOf(id);
  if (index >= 0) ids.splice(index, 1, ...others.filter((one) => !ids.includes(one)));
}

/** What is left when nothing helps: the trigger alone, each other node named. */
function giveUp(draft: Draft, rest: JsonObject): JsonObject {
  for (const [id, node] of [...draft.nodes].slice(1)) {
    draft.nodes.delete(id);
    draft.tell('lost', node.place, 'it is left out: no valid definition with it was found');
  }
  const [root] = draft.nodes.values();
  if (root) Object.assign(root, { children: [], payload: root.type === 'schedule' ? root.payload : {} });
  for (const key of Object.keys(rest)) delete rest[key];
  return draft.definition(rest);
}
