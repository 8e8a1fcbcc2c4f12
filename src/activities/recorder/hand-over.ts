/** Work of a run that takes long goes on in its process, while the workflow task that began it ends. */
import { randomUUID } from 'node:crypto';
import type { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { NodeSummary } from '../../engine/log/node-call.ts';
import { endReason } from './attempt-runner.ts';
import type { Noted } from './recorded-attempt.ts';

/** How long a Local Activity may hold its workflow task. Source: the contract, the log, eager nodes. */
const handOverMs = 300;
const heartbeatEveryMs = 1_000;
/** Work that no Activity has adopted by then is nobody's: its Activity went to another process, or its run has gone on. */
const adoptedWithinMs = 20_000;
/** Most work that goes on in one process; what comes beyond waits for an Activity to begin. */
export const maxHandedOver = 200;

/** What is told of work to the Activity that adopts it. */
export interface WorkSignals {
  /** Aborted when the work is no longer needed. */
  ended: AbortSignal;
  /** Notes what the next attempt is to know should this process be lost. */
  note: (noted: Noted) => void;
}

/** Which work it is, and of which run and execution. */
export interface WorkPlace {
  /** Names the work within its process. */
  key: string;
  runId: string;
  path: string;
  /** Aborted when its Local Activity is cancelled, with the reason. */
  cancelled: AbortSignal;
}

interface Work extends WorkPlace {
  done: Promise<unknown>;
  control: AbortController;
  /** Stands in Temporal's history when the process is lost, which holds no values: of an outcome nothing is kept. */
  details?: Pick<Noted, 'unbegun'>;
  /** Runs once the work is handed over, until an Activity adopts it. */
  unadopted?: NodeJS.Timeout;
}

/** The work under way in one process that its workflow task no longer waits for. */
export class HandOver {
  /** Names this process in the attempts that it begins. */
  readonly id = randomUUID();
  /** The Task Queue of this process, where Activities adopt its work. */
  readonly taskQueue: string;
  readonly #underWay = new Map<string, Work>();
  #handedOver = 0;

  /** `taskQueue`: that of all processes. */
  constructor(taskQueue: string) {
    this.taskQueue = `${taskQueue}-${this.id}`;
  }

  /** Whether no more work can go on here than there is. */
  get isFull(): boolean {
    return this.#handedOver >= maxHandedOver;
  }

  /**
   * Runs the work of a Local Activity. Resolves with its answer, or with `slow` once it has taken too long. Called again
   * while the work is under way, such as by a workflow task that was begun anew, it waits for the same work.
   * @param onSlow records what must not wait for the end of the work
   */
  async within(
    place: WorkPlace,
    run: (signals: WorkSignals) => Promise<unknown>,
    onSlow: () => Promise<unknown>,
  ): Promise<unknown> {
    const work = this.#underWay.get(place.key) ?? this.#begin(place, run);
    if (await isDoneWithin(work.done, handOverMs)) return work.done.finally(() => this.#forget(work));
    this.#leave(work);
    await onSlow();
    return { status: 'slow', taskQueue: this.taskQueue } satisfies NodeSummary;
  }

  /** Waits for work that goes on in this process; `undefined` when there is none. */
  adopt(key: string, context: Context): Promise<unknown> | undefined {
    const work = this.#underWay.get(key);
    if (!work) return undefined;
    const beating = setInterval(() => context.heartbeat(work.details), heartbeatEveryMs);
    const { cancellationSignal } = context;
    clearTimeout(work.unadopted);
    const end = () => work.control.abort(cancellationSignal.reason);
    if (cancellationSignal.aborted) end();
    cancellationSignal.addEventListener('abort', end, { once: true });
    const translate = (error: unknown) => {
      // What an operator holds or resets Temporal hears of as that.
      const { paused, reset } = context.cancellationDetails ?? {};
      throw paused || reset ? cancellationSignal.reason : withDetails(error, work.details);
    };
    return work.done.catch(translate).finally(() => {
      clearInterval(beating);
      cancellationSignal.removeEventListener('abort', end);
      this.#forget(work);
    });
  }

  /** Ends the work of a run that is over, or of one of its executions. */
  end(runId: string, path?: string): void {
    for (const work of this.#underWay.values())
      if (work.runId === runId && (path === undefined || work.path === path))
        work.control.abort(new Error(endReason));
  }

  #begin(place: WorkPlace, run: (signals: WorkSignals) => Promise<unknown>): Work {
    const control = new AbortController();
    const { cancelled } = place;
    const onCancel = () => control.abort(cancelled.reason);
    cancelled.addEventListener('abort', onCancel, { once: true });
    const signals: WorkSignals = {
      ended: control.signal,
      note: ({ unbegun }) => (work.details = unbegun === undefined ? {} : { unbegun }),
    };
    const work: Work = { ...place, control, done: Promise.resolve().then(() => run(signals)) };
    work.done.catch(() => undefined);
    this.#underWay.set(work.key, work);
    return work;
  }

  #leave(work: Work): void {
    if (work.unadopted) return;
    this.#handedOver += 1;
    const finish = () => void (this.#handedOver -= 1);
    work.done.then(finish, finish);
    work.unadopted = setTimeout(() => {
      this.#forget(work);
      work.control.abort(new Error('no Activity has adopted it'));
    }, adoptedWithinMs).unref();
  }

  #forget(work: Work): void {
    clearTimeout(work.unadopted);
    if (this.#underWay.get(work.key) === work) this.#underWay.delete(work.key);
  }
}

function isDoneWithin(done: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const finish = () => {
      clearTimeout(timer);
      resolve(true);
    };
    done.then(finish, finish);
  });
}

/** What failed without an end tells the next attempt what was noted. */
function withDetails(error: unknown, details: object | undefined): unknown {
  const isFinal = error instanceof ApplicationFailure && error.nonRetryable === true;
  if (isFinal || details === undefined) return error;
  return ApplicationFailure.retryable(
    error instanceof Error ? error.message : String(error),
    'broken_off',
    details,
  );
}
