/** The attempts of one process that take longer than a workflow task may, until an Activity takes them over. */
import { randomUUID } from 'node:crypto';
import type { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { NodeCall, NodeSummary } from '../../engine/log/node-call.ts';
import { answerTemporal } from './answer-temporal.ts';
import type { AttemptResult } from './answer-temporal.ts';
import { AttemptHolder } from './attempt-holder.ts';

/** How long the first attempt of a node may hold its workflow task. Source: the contract, the log. */
const handOverMs = 300;
/** An attempt that no Activity has taken over by then is given up: the run goes on elsewhere, or is over. */
const adoptWithinMs = 20_000;

interface UnderWay {
  call: NodeCall;
  holder: AttemptHolder;
  result: Promise<AttemptResult>;
}

/** Begins an attempt. */
type Begin = (holder: AttemptHolder) => Promise<AttemptResult>;

/** The attempts that go on in this process while nothing or a regular Activity waits for them. */
export class AttemptsUnderWay {
  /** The Task Queue of this process alone. */
  readonly queue: string;
  readonly #id = randomUUID();
  readonly #maxOpen: number;
  readonly #byKey = new Map<string, UnderWay>();
  readonly #open = new Set<UnderWay>();

  /** `taskQueue`: of the runs; `maxOpen`: attempts past which a slow node is left to whoever has room. */
  constructor(given: { taskQueue: string; maxOpen: number }) {
    this.queue = `${given.taskQueue}-${this.#id}`;
    this.#maxOpen = given.maxOpen;
  }

  /**
   * Runs the first attempt of a node within the workflow task. Returns `running` when it takes longer: the attempt goes on,
   * for `adopt` to take it over, or has not begun where too many are under way.
   */
  async begin(context: Context, call: NodeCall, begin: Begin): Promise<NodeSummary> {
    if (!call.pure && this.#open.size >= this.#maxOpen) return { status: 'running' };
    const holder = new AttemptHolder(`${attemptKey(context)}/${this.#id}`);
    const letGo = holder.attach(context);
    const result = begin(holder);
    const isOver = await settlesWithin(handOverMs, result);
    letGo();
    if (isOver) return answerTemporal('local', await result);
    this.#keep({ call, holder, result });
    return { status: 'running', goesOn: { queue: this.queue, attempt: holder.key } };
  }

  /** Takes an attempt over. @throws ApplicationFailure `attempt_gone` when it is not under way in this process */
  async adopt(context: Context, key: string): Promise<NodeSummary> {
    const found = this.#byKey.get(key);
    if (!found) throw ApplicationFailure.nonRetryable('no such attempt is under way here', 'attempt_gone');
    this.#byKey.delete(key);
    const letGo = found.holder.attach(context);
    try {
      return answerTemporal('adopted', await found.result);
    } finally {
      letGo();
    }
  }

  /** Ends the attempts of a run whose log has ended: all of them, or that of one execution. */
  end(runId: string, path?: string): void {
    for (const { call, holder } of this.#open)
      if (call.runId === runId && (path === undefined || call.path === path)) holder.end();
  }

  #keep(attempt: UnderWay): void {
    const { holder, result } = attempt;
    this.#byKey.set(holder.key, attempt);
    this.#open.add(attempt);
    const timer = setTimeout(() => {
      if (this.#byKey.delete(holder.key)) holder.end();
    }, adoptWithinMs);
    timer.unref();
    void result.catch(() => undefined).finally(() => this.#open.delete(attempt));
  }
}

/** The same on every report of an Activity's attempt, another on the next one and after a Reset. */
export function attemptKey(context: Context): string {
  const { activityId, attempt, workflowExecution } = context.info;
  return `${workflowExecution?.runId ?? ''}/${activityId}/${attempt}`;
}

async function settlesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const isLate = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  const isOver = work.then(
    () => true,
    () => true,
  );
  return Promise.race([isOver, isLate]).finally(() => clearTimeout(timer));
}
