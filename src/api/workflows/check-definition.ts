import { compileGraph } from '../../engine/definition/compile-graph.ts';
import type { Problem, ProblemCode } from '../../engine/definition/definition-problems.ts';
import { hasErrors } from '../../engine/definition/definition-problems.ts';
import { reachability } from '../../engine/definition/reachability.ts';
import { inputPointer } from '../../engine/definition/normalize-payload.ts';
import { checkDefinition } from '../../engine/definition/validate-definition.ts';
import { AppError } from '../../errors/app-error.ts';
import type { ErrorDetail } from '../../errors/app-error.ts';
import { checkReferences } from '../../expressions/parse/check-references.ts';
import type { KnownNames } from '../../expressions/parse/check-references.ts';
import type { CheckedDefinition } from '../../store/workflows/save-workflow.ts';

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
  checked?: CheckedDefinition;
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

/**
 * Returns the definition, ready to be saved, and what is to be warned of.
 * @throws AppError invalid-definition with pointers from the body's root
 */
export function requireValid(input: unknown, known: KnownNames): CheckedDefinition & { warnings: Problem[] } {
  const { problems, checked } = findProblems(input, known);
  if (checked) return { ...checked, warnings: problems };
  throw refusalOf(errorsOf(problems, '/definition'));
}

/** Returns the errors among problems, as an answer names them, with pointers below `base`. */
export function errorsOf(problems: readonly Problem[], base: string): ErrorDetail[] {
  return problems
    .filter((problem) => problem.severity === 'error')
    .map(({ code, pointer, message }) => ({ code, pointer: `${base}${pointer}`, detail: message }));
}

/** Returns the refusal of definitions with errors. */
export function refusalOf(errors: readonly ErrorDetail[]): AppError {
  const detail = `The definition has ${errors.length} problem(s): ${errors[0]?.detail ?? ''}`;
  return new AppError('invalid-definition', detail, { errors });
}
