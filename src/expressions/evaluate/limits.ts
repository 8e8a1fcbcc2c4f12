/** The bounds of one expression, once. Source: the definition page, "Expressions". */
export const expressionLimits = {
  /** CPU time of the thread (wall time where the system does not tell it); waiting, for whatever, does not count. */
  timeMs: 100,
  /** What a thread may take beyond `timeMs` before it is killed: it normally stops by itself. */
  graceMs: 25,
  /** Wall time after which a thread is killed, however little it has worked. */
  stuckMs: 10_000,
  /** Nesting of evaluation steps. */
  depth: 500,
  /** Items of a sequence that an expression builds. */
  sequence: 100_000,
  /** Canonical JSON of a computed result, in bytes of UTF-8. */
  resultBytes: 1024 * 1024,
  /** JSON of all values that the expressions of one payload give, in bytes: no more could be recorded. */
  payloadBytes: 10 * 1024 * 1024,
  /** Characters of the text of one expression. */
  sourceLength: 16_384,
  /** `??` and `?:` in one expression: JSONata's parser copies what stands before each, so nesting them doubles. */
  defaultOperators: 8,
  /** Heap of one thread, in MiB. */
  heapMb: 256,
} as const;
