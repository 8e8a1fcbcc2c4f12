/** The database server's times that count: those of the last minute, as the driver hears one every ten seconds. */
const kept = 6;

/** A clock that follows another one. */
export interface Clock {
  /** Takes note of what the other clock says, however late that comes. */
  note(time: Date): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Creates a clock that goes evenly between what it hears, and goes by its own machine until it has heard something.
 * @param steady milliseconds that never jump
 */
export function createClock(steady: () => number, own: () => number): Clock {
  const ahead: number[] = [];
  return {
    note(time) {
      ahead.push(time.getTime() - steady());
      if (ahead.length > kept) ahead.shift();
    },
    // What comes late makes the difference smaller, never larger.
    now: () => (ahead.length === 0 ? own() : Math.floor(steady() + Math.max(...ahead))),
  };
}

const clock = createClock(
  () => performance.now(),
  () => Date.now(),
);

/** Takes note of the time that MongoDB's primary has said. */
export const noteServerTime = clock.note;

/**
 * Hookloom's time, in milliseconds since 1970: that of MongoDB's primary. The clocks of machines differ and jump; what
 * processes compare with each other (leases, turns, what is due, what is old) must not.
 */
export const currentMs = clock.now;

/** `currentMs` as a `Date`. */
export function currentTime(): Date {
  return new Date(currentMs());
}
