/** All that is wrong with a definition: its structure's problems and its expressions'. */
import { compileGraph } from '../../engine/definition/compile-graph.ts';
import type { CompiledGraph } from '../../engine/definition/graph.ts';
import type { Definition } from '../../engine/definition/definition.ts';
import type { Problem, ProblemCode } from '../../engine/definition/definition-problems.ts';
import { hasErrors } from '../../engine/definition/definition-problems.ts';
import { reachability } from '../../engine/definition/reachability.ts';
import { inputPointer } from '../../engine/definition/normalize-payload.ts';
import { checkDefinition } from '../../engine/definition/validate-definition.ts';
import { checkReferences } from './check-references.ts';
import type { KnownNames } from './check-references.ts';

/** What expressions have wrong whatever the graph is: told even when the graph itself has problems. */
const ofExpressionsAlone: readonly ProblemCode[] = [
  'expression_syntax',
  'pattern_syntax',
  'reference_unknown',
  'secret_unknown',
  'secret_other_credential',
  'reference_not_of_request',
];

/**
 * Returns every problem of a definition, its structure's and its expressions', with pointers from its root. What comes
 * before what is asked only of a graph that has no problem.
 */
export function findProblems(
  input: unknown,
  known: KnownNames,
): {
  problems: Problem[];
  checked?: { definition: Definition; graph: CompiledGraph };
} {
  const { definition, problems, pointers } = checkDefinition(input);
  if (!definition) return { problems };
  const asGiven = (one: Problem) => ({ ...one, pointer: inputPointer(pointers, one.pointer) });
  if (hasErrors(problems)) {
    const others = checkReferences(definition, () => 'always', known).map(asGiven);
    return { problems: [...problems, ...others.filter(({ code }) => ofExpressionsAlone.includes(code))] };
  }
  const found = checkReferences(definition, reachability(definition), known);
  const all = [...problems, ...found.map(asGiven)];
  return hasErrors(all)
    ? { problems: all }
    : { problems: all, checked: { definition, graph: compileGraph(definition) } };
}
