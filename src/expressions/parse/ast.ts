/** The parts of JSONata's syntax tree that are read here. Source: jsonata 2.2, `processAST`. */
import type jsonata from 'jsonata';
import { atName, indexOfName } from './rewrite.ts';

/** A node of the syntax tree. */
export interface Ast {
  type: string;
  value?: unknown;
  steps?: Ast[];
  /** Filters of the first step, as of a step that stands alone. */
  predicate?: Stage[];
  /** Filters of a step inside a path. */
  stages?: Stage[];
  arguments?: Ast[];
  procedure?: Ast;
  body?: Ast;
  expressions?: Ast[];
  /** `@$name` and `#$name` of a step. */
  focus?: string;
  index?: string;
  [other: string]: unknown;
}

/** A filter behind a step. */
export interface Stage {
  type: string;
  expr?: Ast;
  value?: unknown;
}

/** Returns the tree of a rewritten expression. @throws JSONata's error when it is not well formed */
export function treeOf(expression: jsonata.Expression): Ast {
  return expression.ast() as unknown as Ast;
}

/** Returns the nodes directly inside a node, whatever field holds them. */
export function nodesInside(node: object): Ast[] {
  return Object.values(node).flatMap((value): Ast[] => {
    if (Array.isArray(value)) return value.flatMap((one) => (isObject(one) ? asNodes(one) : []));
    return isObject(value) ? asNodes(value) : [];
  });
}

/** Pairs of an object constructor are arrays; stages and sort terms hold their node in a field. */
function asNodes(value: object): Ast[] {
  return 'type' in value && !('expr' in value) ? [value as Ast] : nodesInside(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof RegExp);
}

/** Turns index steps (`.0`) into calls of the function that a thread gives, in place. */
export function bindIndexSteps(node: Ast): void {
  for (const inner of nodesInside(node)) bindIndexSteps(inner);
  if (node.type !== 'path' || !node.steps) return;
  for (let at = node.steps.length - 1; at > 0; at -= 1) {
    const step = node.steps[at];
    const index = step?.type === 'name' ? indexOfName(String(step.value)) : undefined;
    if (!step || index === undefined) continue;
    const head: Ast = { type: 'path', steps: node.steps.slice(0, at) };
    const call: Ast = {
      ...step,
      type: 'function',
      value: '(',
      procedure: { type: 'variable', value: atName },
      arguments: [head, { type: 'number', value: index }],
    };
    node.steps = [call, ...node.steps.slice(at + 1)];
    bindIndexSteps(head);
    return;
  }
}

/** Counts the nodes inside array and object constructors: what may be under way at the same time. */
export function nodesInConstructors(node: Ast, isInside = false): number {
  const inside = isInside || (node.type === 'unary' && node.value !== '-');
  return nodesInside(node).reduce((sum, one) => sum + nodesInConstructors(one, inside), inside ? 1 : 0);
}
