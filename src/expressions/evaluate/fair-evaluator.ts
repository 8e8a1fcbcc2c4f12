/** Evaluates for many owners so that none delays another: by turns, and who keeps passing the bounds waits alone. */
import { LRUCache } from 'lru-cache';
import type { Json } from '../../engine/json/json.ts';
import type { Bindings } from './bindings.ts';
import { createEvaluator } from './evaluator.ts';
import type { Evaluator, ResolveOptions } from './evaluator.ts';
import { ExpressionError } from './expression-error.ts';

/** Evaluates payloads, each for an owner. */
export interface FairEvaluator {
  /** As `Evaluator.resolve`. @throws ExpressionError; BusyError when too much of the owner waits already */
  resolve(owner: string, payload: Json, bindings: Bindings, options: ResolveOptions): Promise<Json>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** Thrown for an owner of whom as much waits as may. */
export class BusyError extends Error {
  constructor() {
    super(`more than ${waitingPerOwner} evaluations wait already`);
    this.name = 'BusyError';
  }
}

/**
 * Where a job waits, each with a thread of its own: owners whose jobs have been quick, those of whom nothing is known yet,
 * those who have passed the bounds of an expression lately.
 */
type LaneName = 'quick' | 'new' | 'slow';

interface Job {
  work: (evaluator: Evaluator) => Promise<Json>;
  resolve: (value: Json) => void;
  reject: (error: unknown) => void;
}

interface Lane {
  evaluator: Evaluator;
  /** Jobs by owner; the owner that comes first is the next. */
  waiting: Map<string, Job[]>;
  isBusy: boolean;
}

/** What is known of an owner. */
interface Standing {
  isQuick: boolean;
  /** On the steady clock: until then it waits among the slow ones. */
  slowUntil: number;
}

const waitingPerOwner = 200;
const keptRecords = 10_000;
/** How long an owner that has passed the bounds is kept apart, in milliseconds. */
const apartMs = 10 * 60 * 1_000;

/** Creates the evaluator; its threads start with the first job. */
export function createFairEvaluator(): FairEvaluator {
  const records = new LRUCache<string, Standing>({ max: keptRecords });
  let lanes: { [Name in LaneName]: Lane } | undefined;

  function laneOf(owner: string): Lane {
    lanes ??= { quick: createLane(), new: createLane(), slow: createLane() };
    const record = records.get(owner);
    if (record === undefined) return lanes.new;
    if (record.slowUntil > performance.now()) return lanes.slow;
    return record.isQuick ? lanes.quick : lanes.new;
  }

  /** Once it is known that an owner is slow, what else of it waits goes where it holds up nobody. */
  function setApart(owner: string, from: Lane): void {
    records.set(owner, { isQuick: false, slowUntil: performance.now() + apartMs });
    const jobs = from.waiting.get(owner);
    const to = laneOf(owner);
    if (!jobs || to === from) return;
    from.waiting.delete(owner);
    to.waiting.set(owner, [...(to.waiting.get(owner) ?? []), ...jobs]);
    void drain(to);
  }

  async function carryOut(lane: Lane, owner: string, job: Job): Promise<void> {
    try {
      job.resolve(await job.work(lane.evaluator));
      if (!records.has(owner)) records.set(owner, { isQuick: true, slowUntil: 0 });
    } catch (error) {
      if (error instanceof ExpressionError && error.type === 'expression_limit') setApart(owner, lane);
      job.reject(error);
    }
  }

  async function drain(lane: Lane): Promise<void> {
    if (lane.isBusy) return;
    lane.isBusy = true;
    for (let next = takeNext(lane); next; next = takeNext(lane)) await carryOut(lane, next.owner, next.job);
    lane.isBusy = false;
  }

  return {
    resolve: (owner, payload, bindings, options) =>
      new Promise((resolve, reject) => {
        const lane = laneOf(owner);
        const jobs = lane.waiting.get(owner) ?? [];
        if (jobs.length >= waitingPerOwner) return reject(new BusyError());
        const work = (evaluator: Evaluator) => evaluator.resolve(payload, bindings, options);
        jobs.push({ work, resolve, reject });
        lane.waiting.set(owner, jobs);
        void drain(lane);
      }),
    async close() {
      await Promise.all(Object.values(lanes ?? {}).map(({ evaluator }) => evaluator.close()));
    },
  };
}

function createLane(): Lane {
  return { evaluator: createEvaluator({ threads: 1 }), waiting: new Map(), isBusy: false };
}

/** Takes the first job of the owner whose turn it is; the owner goes behind all others. */
function takeNext({ waiting }: Lane): { owner: string; job: Job } | undefined {
  const [first] = waiting;
  if (!first) return undefined;
  const [owner, jobs] = first;
  const job = jobs.shift();
  waiting.delete(owner);
  if (jobs.length > 0) waiting.set(owner, jobs);
  return job && { owner, job };
}
