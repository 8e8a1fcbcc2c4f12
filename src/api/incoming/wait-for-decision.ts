import type { EventHub } from '../../store/live/event-hub.ts';
import { envelopeOf } from '../../store/log/events.ts';
import type { EventDocument } from '../../store/log/events.ts';

/** What in a run's log gives the answer: its first `output` node, or its end. */
export type Decision = { path: string } | 'end';

/** The log of a run that is waited on. */
export interface LogToWaitOn {
  runId: string;
  signal: AbortSignal;
  hub: { ready(): Promise<unknown>; listenToRun: EventHub['listenToRun'] };
  /** Resolves with events after a sequence, without a gap. */
  read: (after: number) => Promise<EventDocument[]>;
}

/**
 * Resolves with the first event, by sequence, that gives the answer; with `undefined` when the signal is aborted first.
 * A live event that does not follow the last one only says that the log must be read: the feed may begin in mid-run.
 */
export async function waitForDecision({
  runId,
  signal,
  hub,
  read,
}: LogToWaitOn): Promise<Decision | undefined> {
  const { promise, resolve, reject } = withResolvers<Decision | undefined>();
  let last = 0;
  const take = (event: EventDocument) => {
    if (event.sequence <= last) return;
    last = event.sequence;
    const decision = decisionOf(event);
    if (decision) resolve(decision);
  };
  const readAll = async () => {
    while (!signal.aborted) {
      const events = await read(last);
      for (const event of events) take(event);
      if (events.length === 0) return;
    }
  };
  const catchUp = () => void readAll().catch(reject);
  const onAbort = () => resolve(undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  await hub.ready();
  const stop = hub.listenToRun(runId, {
    onEvent: (event) => (event.sequence === last + 1 ? take(event) : catchUp()),
    onGap: catchUp,
  });
  try {
    catchUp();
    return await promise;
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Value>((good, bad) => {
    resolve = good;
    reject = bad;
  });
  return { promise, resolve, reject };
}

const ends = ['run.succeeded', 'run.partial', 'run.failed', 'run.cancelled'];

function decisionOf(event: EventDocument): Decision | undefined {
  if (ends.includes(event.type)) return 'end';
  if (event.type !== 'node.succeeded' || event.path === undefined) return undefined;
  return envelopeOf(event).data['nodeType'] === 'output' ? { path: event.path } : undefined;
}
