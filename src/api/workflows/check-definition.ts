import type { Problem } from '../../engine/definition/definition-problems.ts';
import { AppError } from '../../errors/app-error.ts';
import type { ErrorDetail } from '../../errors/app-error.ts';
import type { KnownNames } from '../../expressions/parse/check-references.ts';
import { findProblems } from '../../expressions/parse/find-problems.ts';
import type { CheckedDefinition } from '../../store/workflows/save-workflow.ts';

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
