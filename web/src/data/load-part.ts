/** Parts of the dashboard that are loaded when they are needed, which may be while the API is away. */
import { pause } from '../../../src/client/pause.ts';

/** Pauses between attempts, in milliseconds: from the first, doubling, to the last. */
const pauses = { first: 500, last: 10_000 };

/**
 * Wraps a dynamic import so that it is tried again for as long as the API cannot be reached.
 * @throws what the import throws when the API is there and the import still fails: it serves a newer dashboard
 */
export function loadPart<Part>(load: () => Promise<Part>): () => Promise<Part> {
  return async () => {
    for (let ms = pauses.first; ; ms = Math.min(ms * 2, pauses.last)) {
      const part = await load().catch(() => undefined);
      if (part !== undefined) return part;
      if (await isApiThere()) return load();
      await pause(ms, new AbortController().signal);
    }
  };
}

/** Whether the API answers at all. */
async function isApiThere(): Promise<boolean> {
  const answer = await fetch('/livez', { cache: 'no-store' }).catch(() => undefined);
  return answer !== undefined;
}
