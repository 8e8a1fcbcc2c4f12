/** What the interpreter hears of, until it decides about it. */
import type { NodeSummary } from '../engine/node-call.ts';
import type { NodeStep } from './node-step.ts';

/** What came of a step. */
export interface StepAnswer {
  step: NodeStep;
  summary?: NodeSummary;
  /** Why there is no summary: nothing recorded an outcome. */
  error?: unknown;
}

/** One thing to decide about. */
export type News =
  | ({ kind: 'answer' } & StepAnswer)
  | /** A wait was resumed in the log. */ { kind: 'resumed'; path: string }
  | /** Facts that are carried may have been recorded long ago. */ { kind: 'watch' }
  | /** The run did not come to rest in time. */ { kind: 'rest-over' };

/** How runs took their news before it was taken in order: each kind before the next, and rest apart. */
const kindsByRank: News['kind'][] = ['answer', 'resumed', 'watch'];

/**
 * News in the order in which it came. Replay may hand over in one activation what came in several, always in the same
 * order: whoever decides about one thing after the other, in that order, decides the same again.
 */
export class Inbox {
  readonly isInOrder: boolean;
  readonly #news: News[] = [];

  /** `isInOrder: false`: a run that was started before news was taken in order goes on as it began. */
  constructor({ isInOrder }: { isInOrder: boolean }) {
    this.isInOrder = isInOrder;
  }

  add(news: News): void {
    if (news.kind === 'watch' && this.#has('watch')) return;
    this.#news.push(news);
  }

  take(): News | undefined {
    if (this.isInOrder) return this.#news.shift();
    const kind = kindsByRank.find((one) => this.#has(one));
    const index = this.#news.findIndex((one) => one.kind === kind);
    return index < 0 ? undefined : this.#news.splice(index, 1)[0];
  }

  get isEmpty(): boolean {
    return this.#news.length === 0;
  }

  /** Whether nothing of it may start something. */
  get isIdle(): boolean {
    return !this.#has('answer') && !this.#has('resumed');
  }

  #has(kind: News['kind']): boolean {
    return this.#news.some((one) => one.kind === kind);
  }
}
