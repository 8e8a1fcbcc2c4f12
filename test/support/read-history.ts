/** What a history holds, payload by payload: its own JSON writes payloads in base64, in which no text is found. */
export interface HistoryContent {
  /** Every text and every payload, as text. */
  text: string;
  /** Bytes of the largest payload. */
  largestPayload: number;
}

/** Reads everything that stands in histories. */
export function readHistory(histories: unknown): HistoryContent {
  const texts: string[] = [];
  let largestPayload = 0;
  const visit = (part: unknown): void => {
    if (typeof part === 'string') texts.push(part);
    else if (part instanceof Uint8Array) {
      largestPayload = Math.max(largestPayload, part.length);
      texts.push(Buffer.from(part).toString());
    } else if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit);
  };
  visit(histories);
  return { text: texts.join('\n'), largestPayload };
}
