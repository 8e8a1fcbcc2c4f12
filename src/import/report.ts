/** What an import tells: every part of the source that does not carry over as it was, by name. */

/**
 * - `lost`: the definition does not do what this part did
 * - `changed`: it does, in another way, or needs something of yours first
 * - `ignored`: the part has no say in what a run does
 */
export type ReportLevel = 'lost' | 'changed' | 'ignored';

/** Where something stood in the source. */
export interface Place {
  /** Name of the node, state or task; `workflow` for the whole. */
  part: string;
  /** RFC 6901 pointer in the source. */
  pointer: string;
}

/** One thing that does not carry over as it was. */
export interface ReportEntry extends Place {
  level: ReportLevel;
  message: string;
  /** Id of the node that stands for it in the definition. */
  node?: string;
}

/** Thrown while a value is translated: it cannot be. The message says why, as the end of a sentence. */
export class NotCarriedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotCarriedError';
  }
}
