import { useEffect, useReducer, useState } from 'react';
import { api } from '../data/client.ts';
import { forgetStream } from '../data/connection.ts';
import { RunHistory } from './history.ts';
import type { RunEvent } from './run-event.ts';

/** A run that is followed. */
export interface FollowedRun {
  history: RunHistory;
  /** Grows whenever the history has grown. */
  version: number;
  /** Its last event has come. */
  isOver: boolean;
  error: unknown;
}

/** How long events are gathered before they are shown: the longer a log, the less often it is drawn. */
function paceMs(events: number): number {
  return Math.min(16 + events / 20, 250);
}

/** Follows a run from its first event to its last; what came together is shown together. */
export function useRun(runId: string): FollowedRun {
  const [history, setHistory] = useState(() => new RunHistory());
  const [version, grow] = useReducer((last: number) => last + 1, 0);
  const [state, setState] = useState<{ isOver: boolean; error: unknown }>({
    isOver: false,
    error: undefined,
  });
  useEffect(() => {
    const fresh = new RunHistory();
    setHistory(fresh);
    setState({ isOver: false, error: undefined });
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        grow();
      }, paceMs(fresh.events.length));
    };
    const follow = async () => {
      for await (const event of api().runs.follow(runId, { signal: control.signal })) {
        fresh.append(event as unknown as RunEvent);
        show();
      }
      if (!control.signal.aborted) setState({ isOver: true, error: undefined });
    };
    follow().catch((error: unknown) => {
      if (!control.signal.aborted) setState({ isOver: false, error });
    });
    return () => {
      control.abort();
      clearTimeout(timer);
      forgetStream(`/v1/runs/${runId}/stream`);
    };
  }, [runId]);
  return { history, version, ...state };
}
