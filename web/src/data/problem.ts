import { HookloomProblem } from '../../../src/client/index.ts';

/** What to say of an error. */
export interface ProblemText {
  title: string;
  detail: string;
  pointers: readonly { pointer: string; detail: string }[];
}

/** Puts an error into words: the API's own when it answered, else that it could not be reached. */
export function describeProblem(error: unknown): ProblemText {
  if (error instanceof HookloomProblem) {
    const { title, detail, pointers } = error;
    return { title, detail: detail === title ? '' : detail, pointers };
  }
  if (isUnreachable(error))
    return { title: 'The API cannot be reached', detail: 'Is Hookloom running?', pointers: [] };
  const detail = error instanceof Error ? error.message : String(error);
  return { title: 'This did not work', detail, pointers: [] };
}

/** Whether the API said that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof HookloomProblem && error.status === 404;
}

/** Whether the API could not be reached: what `fetch` throws then. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError;
}
