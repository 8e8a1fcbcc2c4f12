/** What the interpreter hears of, until it decides about it. */
import { condition } from '@temporalio/workflow';
import { placeOfEvent } from './arrivals.ts';
import type { StepAnswer } from './step.ts';

/** One thing to decide about. */
export type News =
  | ({ kind: 'answer' } & StepAnswer)
  | /** A wait was resumed in the log. */ { kind: 'resumed'; path: string }
  | /** Facts that are carried may have been recorded long ago. */ { kind: 'watch' }
  | /** The drain timeout is over. */ { kind: 'drain-timeout' }
  | /** The timer before a step is over: the step is to begin. */ { kind: 'timer'; begin: () => void };

/**
 * News in the order in which it came. Replay may hand over in one activation what came in several, always in the same
 * order: whoever decides about one thing after the other, in that order, decides the same again.
 */
export class MessageQueue {
  readonly #news: { place: number; news: News }[] = [];

  /** Adds what came at a place; without one, what came by itself just now. */
  add(news: News, place = placeOfEvent()): void {
    if (news.kind === 'watch' && this.#has('watch')) return;
    const later = this.#news.findIndex((one) => one.place > place);
    this.#news.splice(later < 0 ? this.#news.length : later, 0, { place, news });
  }

  /**
   * Waits until there is news or `isOver`, and until all that came in the same activation is here as well: asked in the
   * middle of one, what has the shortest way would be first.
   */
  async wait(isOver: () => boolean): Promise<void> {
    let isAskedAgain = false;
    await condition(() => {
      if (isAskedAgain) return !this.isEmpty || isOver();
      isAskedAgain = true;
      return false;
    });
  }

  take(): News | undefined {
    return this.#news.shift()?.news;
  }

  get isEmpty(): boolean {
    return this.#news.length === 0;
  }

  /** Whether nothing of it may start something. */
  get isIdle(): boolean {
    return !this.#has('answer') && !this.#has('resumed');
  }

  #has(kind: News['kind']): boolean {
    return this.#news.some(({ news }) => news.kind === kind);
  }
}
