/** What goes between the evaluator and its threads. Values travel as JSON text. */
import type { ExpressionErrorType } from '../evaluate/expression-error.ts';
import type { TextSearch } from '../evaluate/match-text.ts';

/** One expression of a job. */
export interface ThreadExpression {
  /** Plain JSONata. */
  text: string;
  /** What it reads: the place of a value below its variable, and its number in the job's `values`. */
  reads: { path: string[]; value: number }[];
  /** It reads secrets, so that messages must not show values. */
  secret: boolean;
}

/** A search in a text, bounded as an expression. */
export interface SearchJob {
  search: TextSearch;
}

/** Expressions of one payload, evaluated one after the other. */
export interface ExpressionJob {
  expressions: ThreadExpression[];
  /** JSON texts. */
  values: string[];
  /** Links by node id. */
  resumeUrls: Record<string, string>;
  /** What `$now()` and `$millis()` give, in milliseconds since 1970. */
  nowMs: number;
}

export type ThreadJob = ExpressionJob | SearchJob;

/** The first failed expression of a job ends it. */
export interface ThreadFailure {
  /** Number of the expression in the job. */
  index: number;
  type: ExpressionErrorType;
  message: string;
  /** Characters of the text up to where it failed. */
  position?: number;
}

/** The results in order, `null` for a missing value, or the first failure. */
export type ThreadAnswer = { results: (string | null)[] } | { failure: ThreadFailure };
