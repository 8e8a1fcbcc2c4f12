/** All that is wrong with a normalised definition, at once. References of expressions are checked elsewhere. */
import { checkEdges } from './check-edges.ts';
import { checkFlow } from './check-flow.ts';
import { checkJoins } from './check-joins.ts';
import { checkNodes } from './check-nodes.ts';
import { checkCycles, checkReachable } from './check-order.ts';
import type { Definition } from './definition.ts';
import { definitionGraph } from './definition-graph.ts';
import type { Problem } from './definition-problems.ts';
import { normalizeDefinition } from './normalize-definition.ts';
import { inputPointer } from './normalize-payload.ts';

/**
 * Returns every problem of a normalised definition; an empty list when it can be saved.
 * @param pointers where things stood in the input, as `normalizeDefinition` answers them
 */
export function validateDefinition(
  definition: Definition,
  pointers: ReadonlyMap<string, string> = new Map(),
): Problem[] {
  const graph = definitionGraph(definition);
  const found = [
    ...checkNodes(graph),
    ...checkEdges(graph),
    ...checkCycles(graph),
    ...checkReachable(graph),
    ...checkJoins(graph),
    ...checkFlow(graph),
  ];
  return found.map((one) => ({ ...one, pointer: inputPointer(pointers, one.pointer) }));
}

/** Normalises and validates: the definition as far as it can be read, and every problem of form and meaning. */
export function checkDefinition(input: unknown): {
  definition?: Definition;
  problems: Problem[];
  pointers: ReadonlyMap<string, string>;
} {
  const { definition, problems, pointers } = normalizeDefinition(input);
  if (!definition) return { problems, pointers };
  return { definition, pointers, problems: [...problems, ...validateDefinition(definition, pointers)] };
}
