/** The activity stream of the organization: it makes stale what it tells of, so that lists are read again, never polled. */
import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useKey } from '../session/session.ts';
import { api } from './client.ts';
import { forgetStream } from './connection.ts';

/** Lists are read again at most so often, in milliseconds, however many events there are. */
const paceMs = 800;
/** First parts of the names of what events of runs change. */
const ofRuns = ['runs', 'deliveries', 'incoming', 'waits', 'stats', 'endpoints', 'replays'];
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
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer = undefined;
    const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) =>
      ofRuns.includes(String(queryKey[0]));
    void queries.invalidateQueries({ predicate });
  };
  signal.addEventListener('abort', () => clearTimeout(timer));
  try {
    for await (const _ of api().activity.follow({ types, signal })) timer ??= setTimeout(refresh, paceMs);
  } catch {
    // A refusal: the key is no longer good, which signs out.
  }
}
