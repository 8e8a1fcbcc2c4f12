import { followStream } from './follow.ts';
import type { StreamToFollow } from './follow.ts';
import type { Http } from './http.ts';
import { eitherOf } from './http.ts';
import { pause } from './pause.ts';
import type { Frame } from './sse.ts';
import type { HookloomEvent } from './types.ts';

/** What to follow, and from where. */
export interface ActivityToFollow {
  /** Only of these workflows. */
  workflowId?: string | readonly string[] | undefined;
  /** Event types and globs such as `node.*`. */
  types?: readonly string[] | undefined;
  /** Only events that lead to this status. */
  status?: string | undefined;
  /** A place that an event came with; absent: from now on. */
  after?: string | undefined;
  /** Ends the following, quietly. */
  signal?: AbortSignal | undefined;
}

/** An event and where its stream is after it. */
export interface PlacedEvent {
  event: HookloomEvent;
  /** The event as it came: compact JSON. */
  text: string;
  /** To follow on from, as `after`; `undefined` for what was read in a gap. */
  place: string | undefined;
}

/** The list of activity holds nothing younger than five seconds: a gap is read a little later. */
const settledMs = 6_000;
/** Most ids that are remembered, so that what a gap holds once more is not told twice. */
const mostIds = 50_000;

/**
 * Yields events with their places. When the API no longer knows the place, it says between which times events may be
 * missing: these are read from the list, and what was yielded before is left out.
 */
export async function* followActivity(
  http: Http,
  asked: ActivityToFollow & Pick<StreamToFollow, 'onPlace' | 'onConnection'>,
): AsyncGenerator<PlacedEvent, void, void> {
  const signal = eitherOf(http.signal, asked.signal);
  const known = new Set<string>();
  const isNew = ({ id }: HookloomEvent): boolean => {
    if (known.has(id)) return false;
    known.add(id);
    if (known.size > mostIds) known.delete(known.values().next().value ?? '');
    return true;
  };
  const { after, onPlace, onConnection } = asked;
  const frames = followStream({
    path: streamPath(asked),
    after,
    signal,
    onPlace,
    onConnection,
    send: http.send,
  });
  for await (const frame of frames) {
    if (frame.event !== 'reset') {
      const event = JSON.parse(frame.data) as HookloomEvent;
      if (isNew(event)) yield { event, text: frame.data, place: frame.place };
      continue;
    }
    await pause(settledMs, signal);
    for await (const event of readGap(http, frame, signal))
      if (isNew(event)) yield { event, text: JSON.stringify(event), place: undefined };
  }
}

function streamPath({ workflowId = [], types, status }: ActivityToFollow): string {
  const query = new URLSearchParams();
  for (const one of [workflowId].flat()) query.append('workflowId', one);
  if (types && types.length > 0) query.set('types', types.join(','));
  if (status !== undefined) query.set('status', status);
  return query.size === 0 ? '/v1/activity/stream' : `/v1/activity/stream?${query}`;
}

async function* readGap(http: Http, frame: Frame, signal: AbortSignal): AsyncGenerator<HookloomEvent> {
  const { read } = JSON.parse(frame.data) as { read: string };
  let cursor: string | null = null;
  do {
    if (signal.aborted) return;
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await http.call('get', `${read}&limit=100${more}`, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return { items: [], nextCursor: null };
    })) as { items: HookloomEvent[]; nextCursor: string | null };
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
