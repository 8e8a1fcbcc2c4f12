/** What an importer is asked, and what it gives. */
import type { JsonObject } from '../engine/json/json.ts';
import type { ReportEntry } from './report.ts';

/** Choices of an import. */
export interface ImportOptions {
  /** Puts a node that fails with a clear sentence in the place of what has no counterpart. */
  stubUnknown?: boolean;
}

/** A workflow file, and what does not carry over. */
export interface Imported {
  name: string;
  description?: string;
  /** Validates. */
  definition: JsonObject;
  webhook?: JsonObject;
  report: ReportEntry[];
}

/** Imports a source; `undefined` when it is none of its format. */
export type Importer = (source: unknown, options: ImportOptions) => Imported | undefined;
