/** Work of a run that takes long goes on in its process, while the workflow task that began it ends. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '@temporalio/activity';
import type { NodeSummary } from '../../engine/log/node-call.ts';

/** How long a Local Activity may hold its workflow task. Source: the contract, the log, eager nodes. */
const handOverMs = 500;
const heartbeatEveryMs = 1_000;

/** What a Local Activity answers whose work goes on; the workflow then calls it as an Activity that adopts the work. */
const slow: NodeSummary = { status: 'slow' };

interface Work {
  done: Promise<unknown>;
  control: AbortController;
}

/** The work under way in one process that its workflow task no longer waits for. */
export class HandOver {
  readonly #underWay = new Map<string, Work>();

  /**
   * Runs the work of a Local Activity. Resolves with its answer, or with `slow` once it has taken too long.
   * @param run gets a signal that is aborted when the Activity that has adopted the work is cancelled
   * @param onSlow records what must not wait for the end of the work
   */
  async within(
    key: string,
    run: (ended: AbortSignal) => Promise<unknown>,
    onSlow: () => Promise<unknown>,
  ): Promise<unknown> {
    const control = new AbortController();
    const done = run(control.signal);
    const timer = new AbortController();
    const late = delay(handOverMs, slow, { signal: timer.signal });
    late.catch(() => undefined);
    const first = await Promise.race([done, late]).finally(() => timer.abort());
    if (first !== slow) return first;
    this.#underWay.set(key, { done, control });
    done.catch(() => undefined).finally(() => this.#forget(key, done));
    await onSlow();
    return slow;
  }

  /** Waits for work that goes on in this process; `undefined` when there is none. */
  adopt(key: string, context: Context): Promise<unknown> | undefined {
    const work = this.#underWay.get(key);
    if (!work) return undefined;
    const beating = setInterval(() => context.heartbeat(), heartbeatEveryMs);
    const { cancellationSignal } = context;
    const end = () => work.control.abort(cancellationSignal.reason);
    if (cancellationSignal.aborted) end();
    cancellationSignal.addEventListener('abort', end, { once: true });
    return work.done.finally(() => {
      clearInterval(beating);
      cancellationSignal.removeEventListener('abort', end);
    });
  }

  #forget(key: string, done: Promise<unknown>): void {
    if (this.#underWay.get(key)?.done === done) this.#underWay.delete(key);
  }
}
