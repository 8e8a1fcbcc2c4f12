/** The activity stream of the organization: it makes stale what it tells of, so that lists are read again, never polled. */
import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useKey } from '../session/session.ts';
import { api } from './client.ts';
import { forgetStream } from './connection.ts';

/** Lists are read again at most so often, in milliseconds, however many events there are. */
const paceMs = 800;
/** Counts go over many rows, and are read again less often. */
const countsPaceMs = 5_000;
const counts = ['stats'];
/** First parts of the names of what events of runs change. */
const ofRuns = [
  'runs',
  'workflowRows',
  'schedules',
  'flow',
  'deliveries',
  'incoming',
  'waits',
  'endpoints',
  'replays',
];
const types = ['run.*', 'node.waiting', 'node.reminder', 'node.resumed', 'endpoint.*', 'delivery.*'];

/** Follows the activity stream while somebody is signed in. */
export function useLiveLists(): void {
  const queries = useQueryClient();
  const key = useKey();
  useEffect(() => {
    if (key === null) return undefined;
    const control = new AbortController();
    void followActivity(queries, control.signal);
    return () => {
      control.abort();
      forgetStream('/v1/activity/stream');
    };
  }, [queries, key]);
}

async function followActivity(queries: QueryClient, signal: AbortSignal): Promise<void> {
  const ripples = [createRipple(queries, ofRuns, paceMs), createRipple(queries, counts, countsPaceMs)];
  signal.addEventListener('abort', () => ripples.forEach((ripple) => ripple.stop()));
  try {
    for await (const _ of api().activity.follow({ types, signal }))
      ripples.forEach((ripple) => ripple.start());
  } catch {
    // A refusal: the key is no longer good, which signs out.
  }
}

/** Makes stale what has one of the names, a while after the first of the events that come meanwhile. */
function createRipple(queries: QueryClient, names: readonly string[], afterMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer = undefined;
    const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) => names.includes(String(queryKey[0]));
    void queries.invalidateQueries({ predicate });
  };
  return { start: () => void (timer ??= setTimeout(refresh, afterMs)), stop: () => clearTimeout(timer) };
}
