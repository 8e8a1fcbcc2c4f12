/** Where a reader stands in the order of all commits. */

/** A place in the change stream: everything up to it has been told. */
export interface StreamPosition {
  /** The resume token, as the database gave it. */
  token: object;
  /** Sorts as the commits did, as text. Source: MongoDB, change streams, resume tokens. */
  order: string;
  /**
   * Of a place inside an append: how many of its events have been told. Its token is then that of the place before the
   * append, which comes again. `Infinity`: all.
   */
  told: number;
  /** About when it was, by our clock; no earlier than its event was recorded. */
  at: Date;
}

/** The position that a resume token stands for. */
export function positionOf(token: unknown, at: Date): StreamPosition {
  return { token: token as object, order: orderOf(token), told: Infinity, at };
}

/** The positions after each of the events of one append. `before`: the one before the append. */
export function positionsIn(
  append: StreamPosition,
  { before, events }: { before: StreamPosition; events: number },
): StreamPosition[] {
  return Array.from({ length: events }, (_, index) =>
    index === events - 1 ? append : { ...append, token: before.token, told: index + 1 },
  );
}

/** Whether a position is behind another one. */
export function isAfter(a: StreamPosition, b: StreamPosition): boolean {
  return a.order === b.order ? a.told > b.told : a.order > b.order;
}

function orderOf(token: unknown): string {
  return String((token as { _data?: unknown })._data);
}

/**
 * MongoDB error codes of a token that it does not, or no longer, know: InvalidResumeToken, ChangeStreamFatalError,
 * ChangeStreamHistoryLost.
 */
const lostCodes = [260, 280, 286];

/** Whether an error says that a change stream cannot go on from where it was. */
export function isPositionLost(error: unknown): boolean {
  const { code, hasErrorLabel } = error as { code?: number; hasErrorLabel?: (label: string) => boolean };
  return (
    lostCodes.includes(code ?? 0) || hasErrorLabel?.call(error, 'NonResumableChangeStreamError') === true
  );
}
