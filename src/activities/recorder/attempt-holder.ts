/** What holds an attempt: one Activity, or none while it goes from the Local Activity that began it to the next. */
import type { Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import type { Fact } from '../../engine/log/facts.ts';

/** Attempts younger than this send no heartbeat. */
const heartbeatEveryMs = 1_000;

/** An attempt's side towards Temporal. */
export class AttemptHolder {
  /** The same on every report of one attempt, another on the next one, in another process and after a Reset. */
  readonly key: string;
  readonly #control = new AbortController();
  readonly #contexts = new Set<Context>();
  #outcome: Fact | undefined;

  constructor(key: string) {
    this.key = key;
  }

  /** Aborted when the attempt is to end; the log says why, so that nothing of it is recorded any more. */
  get signal(): AbortSignal {
    return this.#control.signal;
  }

  /** Lets an Activity hold the attempt: its cancel ends it, and it heartbeats meanwhile. Returns what lets go. */
  attach(context: Context): () => void {
    const { cancellationSignal: signal, info } = context;
    const onCancel = () => this.end();
    if (signal.aborted) onCancel();
    signal.addEventListener('abort', onCancel, { once: true });
    const heartbeats = info.isLocal
      ? undefined
      : setInterval(() => this.#heartbeat(context), heartbeatEveryMs);
    if (heartbeats) this.#contexts.add(context);
    return () => {
      clearInterval(heartbeats);
      this.#contexts.delete(context);
      signal.removeEventListener('abort', onCancel);
    };
  }

  end(): void {
    this.#control.abort(new CancelledFailure('the attempt is held by nobody any more'));
  }

  /** Keeps an outcome that cannot be recorded now where the next attempt finds it. */
  keep(outcome: Fact): void {
    this.#outcome = outcome;
    for (const context of this.#contexts) this.#heartbeat(context);
  }

  #heartbeat(context: Context): void {
    context.heartbeat(this.#outcome && { outcome: this.#outcome });
  }
}
