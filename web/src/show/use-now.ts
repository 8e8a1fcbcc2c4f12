import { useSyncExternalStore } from 'react';

/** One timer for each pace, however many components show a time. */
class Ticker {
  readonly #everyMs: number;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  now = Date.now();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => {
      this.now = Date.now();
      for (const one of this.#listeners) one();
    }, this.#everyMs);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  readonly read = (): number => {
    if (this.#timer === undefined) this.now = Date.now() - (Date.now() % this.#everyMs);
    return this.now;
  };
}

const tickers = new Map<number, Ticker>();

/** The time in milliseconds, brought up to date at a pace. */
export function useNow(everyMs: number): number {
  const ticker = tickers.get(everyMs) ?? new Ticker(everyMs);
  tickers.set(everyMs, ticker);
  return useSyncExternalStore(ticker.subscribe, ticker.read);
}
