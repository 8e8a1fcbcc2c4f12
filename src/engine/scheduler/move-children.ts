/** B3OS's form of branches: the child names the branch of its parent that leads to it. */
import { pointerTo } from '../definition/definition.ts';
import { problem, quote } from '../definition/definition-problems.ts';
import type { Problem } from '../definition/definition-problems.ts';
import type { RawNode } from '../definition/definition.schema.ts';
import { nodeType } from '../node-types/registry.ts';

/**
 * Moves every child that has a `branch` from its branching parents' `children` to their `branches`.
 * Changes the given nodes; a `branch` that no parent has is a problem.
 */
export function moveChildrenToBranches(nodes: Map<string, RawNode>): {
  problems: Problem[];
  pointers: Map<string, string>;
} {
  const pointers = new Map<string, string>();
  const placed = new Set<string>();
  for (const [id, node] of nodes) {
    for (const child of placedAlready(nodes, node)) placed.add(child);
    const moving = (node.children ?? []).filter((child) => hasBranch(node, nodes.get(child)?.branch));
    if (moving.length === 0) continue;
    for (const child of moving) placed.add(child);
    moveFrom(id, node, { nodes, moving: new Set(moving), pointers });
  }
  return { problems: unplaced(nodes, placed), pointers };
}

/** Children that stand in a branch and name it too. */
function placedAlready(nodes: Map<string, RawNode>, { branches = {} }: RawNode): string[] {
  return Object.entries(branches).flatMap(([branch, list]) =>
    list.filter((child) => nodes.get(child)?.branch === branch),
  );
}

function hasBranch(parent: RawNode, branch: string | undefined): boolean {
  const names = nodeType(parent.type)?.branchesOf?.((parent.payload ?? {}) as never) ?? [];
  return branch !== undefined && names.includes(branch);
}

interface Move {
  nodes: Map<string, RawNode>;
  moving: Set<string>;
  pointers: Map<string, string>;
}

function moveFrom(id: string, parent: RawNode, { nodes, moving, pointers }: Move): void {
  const children: string[] = [];
  const branches: Record<string, string[]> = { ...parent.branches };
  for (const [index, child] of (parent.children ?? []).entries()) {
    const branch = moving.has(child) ? nodes.get(child)?.branch : undefined;
    const list =
      branch === undefined
        ? children
        : [...(Object.hasOwn(branches, branch) ? (branches[branch] ?? []) : [])];
    const place = branch === undefined ? ['children'] : ['branches', branch];
    pointers.set(pointerTo('nodes', id, ...place, list.length), pointerTo('nodes', id, 'children', index));
    list.push(child);
    if (branch !== undefined) branches[branch] = list;
  }
  parent.children = children;
  parent.branches = branches;
}

function unplaced(nodes: Map<string, RawNode>, placed: Set<string>): Problem[] {
  return [...nodes]
    .filter(([id, node]) => node.branch !== undefined && !placed.has(id))
    .map(([id, node]) =>
      problem(
        'unknown_branch',
        pointerTo('nodes', id, 'branch'),
        `branch: expected a branch of a node that has ${quote(id)} among its children; came ${quote(node.branch ?? '')}`,
      ),
    );
}
