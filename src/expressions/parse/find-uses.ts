/** What an expression reads: found in its syntax tree, so that only that is loaded and sent to a thread. */
import { nodesInside } from './ast.ts';
import type { Ast } from './ast.ts';
import { functionNames, nearestName } from './known-names.ts';
import { indexOfName } from './rewrite.ts';

/** A variable and the plain names behind it. `id.result.x` reads the variable `nodes`. */
export interface Use {
  variable: string;
  path: string[];
}

/** All that is read. */
export interface Uses {
  uses: Use[];
  /** Node ids given to `$resumeUrl`. */
  resumeIds: string[];
  /** Variables and functions that there are none of, as sentences. */
  unknown: string[];
  /** What cannot be told without running the expression. */
  problems: string[];
}

/** The variables that an expression can read, and what must follow the name. */
export const variables: Record<string, { needs?: string }> = {
  trigger: {},
  nodes: { needs: 'a node id' },
  item: {},
  index: {},
  parent_item: {},
  parent_index: {},
  for: { needs: 'the id of a loop' },
  inputs: {},
  props: {},
  vars: {},
  variables: { needs: 'the name of a variable' },
  workflow: {},
  workflowId: {},
  run: {},
  secrets: { needs: 'the name of a secret' },
  event: {},
};

interface Place {
  found: Uses;
  /** The context is the root, so that a bare name is a node id. */
  atRoot: boolean;
  /** Names that the expression itself binds. */
  bound: Set<string>;
}

/** Parts of a node that are evaluated with another context. */
const inner = new Set(['predicate', 'stages', 'group', 'terms', 'update', 'delete']);

/** Finds what a rewritten expression reads. */
export function findUses(tree: Ast): Uses {
  const found: Uses = { uses: [], resumeIds: [], unknown: [], problems: [] };
  visit(tree, { found, atRoot: true, bound: new Set() });
  found.unknown = unknownNames(tree);
  return found;
}

/** Returns a sentence for each name that nothing gives a value. Where an expression binds a name is not looked at. */
function unknownNames(tree: Ast): string[] {
  const named = new Set<string>();
  const bound = new Set<string>();
  collectNames(tree, named, bound);
  const known = [...Object.keys(variables), ...functionNames];
  const isKnown = (name: string) => bound.has(name) || known.includes(name);
  return [...named].filter((name) => !isKnown(name)).map((name) => unknownName(name, [...known, ...bound]));
}

function unknownName(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return `$${name} is no variable and no function${nearest === undefined ? '' : `; did you mean $${nearest}?`}`;
}

function collectNames(node: Ast, named: Set<string>, bound: Set<string>): void {
  for (const name of bindingsOf(node)) bound.add(name);
  if (node.type === 'variable' && isWritten(node.value)) named.add(node.value);
  for (const one of nodesInside(node)) collectNames(one, named, bound);
}

/** The names that a node itself binds. */
function bindingsOf({ type, focus, index, arguments: given = [], ...node }: Ast): string[] {
  const ofStep = [focus, index].filter((name) => name !== undefined);
  if (type === 'lambda') return [...ofStep, ...given.map(({ value }) => String(value))];
  return type === 'bind' ? [...ofStep, String((node['lhs'] as Ast).value)] : ofStep;
}

/** `$` and `$$` are the context and the root; names that the rewriting made begin with a control character. */
function isWritten(name: unknown): name is string {
  return typeof name === 'string' && name > ' ' && !name.startsWith('$');
}

const visitors: Record<string, (node: Ast, place: Place) => void> = {
  path: visitPath,
  variable: (node, place) => addVariable(node, [], place),
  lambda: (node, place) => {
    const names = (node.arguments ?? []).map(({ value }) => String(value));
    if (node.body) visit(node.body, { ...place, bound: new Set([...place.bound, ...names]) });
  },
  block: (node, place) => visitInside(node, { ...place, bound: new Set(place.bound) }),
  bind: (node, place) => {
    visit(node['rhs'] as Ast, place);
    place.bound.add(String((node['lhs'] as Ast).value));
  },
  function: visitCall,
  partial: visitCall,
};

function visit(node: Ast, place: Place): void {
  (visitors[node.type] ?? visitInside)(node, place);
  if (node.type === 'variable') visitInside({ ...node, value: undefined }, place);
}

function visitInside(node: Ast, place: Place, left: readonly string[] = []): void {
  for (const [key, value] of Object.entries(node)) {
    if (left.includes(key)) continue;
    const there = { ...place, atRoot: place.atRoot && !inner.has(key) };
    for (const one of nodesInside({ value })) visit(one, there);
  }
}

function visitCall(node: Ast, place: Place): void {
  const { procedure, arguments: given = [] } = node;
  visitInside(node, place, procedure?.type === 'variable' ? ['procedure'] : []);
  if (procedure?.value !== 'resumeUrl' || place.bound.has('resumeUrl')) return;
  const [id] = given;
  if (given.length === 1 && id?.type === 'string') place.found.resumeIds.push(String(id.value));
  else place.found.problems.push('$resumeUrl needs the id of a wait as a plain string');
}

function visitPath(node: Ast, place: Place): void {
  const [first, ...rest] = node.steps ?? [];
  if (!first) return;
  const names = plainNames(first, rest);
  if (first.type === 'variable') addVariable(first, names, place);
  else if (first.type === 'name' && place.atRoot) addUse('nodes', [String(first.value), ...names], place);
  visitStep(first, place);
  for (const step of rest) visitStep(step, { ...place, atRoot: false });
  visitInside(node, place, ['steps']);
}

function visitStep(step: Ast, place: Place): void {
  if (step.type === 'variable' || step.type === 'name') visitInside(step, place);
  else visit(step, place);
  for (const name of [step.focus, step.index]) if (name !== undefined) place.bound.add(name);
}

/** The names that follow directly; ends at a filter, an index or anything else. */
function plainNames(first: Ast, rest: readonly Ast[]): string[] {
  const names: string[] = [];
  let before = first;
  for (const step of rest) {
    if (before.stages || before.predicate || step.type !== 'name') break;
    if (indexOfName(String(step.value)) !== undefined) break;
    names.push(String(step.value));
    before = step;
  }
  return names;
}

function addVariable(node: Ast, names: string[], place: Place): void {
  const name = String(node.value);
  if (name === '$' || (name === '' && place.atRoot)) addUse('nodes', names, place, true);
  else if (Object.hasOwn(variables, name) && !place.bound.has(name)) addUse(name, names, place);
}

function addUse(variable: string, path: string[], { found }: Place, atDocument = false): void {
  const needs = variables[variable]?.needs;
  if (needs && path.length === 0 && !atDocument)
    found.problems.push(`$${variable} needs ${needs} behind a dot`);
  else found.uses.push({ variable, path });
}
