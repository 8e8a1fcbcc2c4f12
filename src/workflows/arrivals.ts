/**
 * The order in which answers came. Replay may hand over in one activation what came in several, and what leads from an
 * answer to the interpreter is longer for some Activities than for others: so the order is noted where an activation
 * begins, before anything acts on it. One per Workflow Execution: the sandbox gives each its own module state.
 */

/** What of an activation is looked at: the number of the Activity, remote or local, that it answers. */
interface Job {
  resolveActivity?: { seq?: number | null } | null;
}

let arrived = 0;
let activationBeganAt = 0;
/** By the argument of an Activity: its number. */
const numbers = new WeakMap<object, number>();
/** By number: the place of its answer among all that came; 0 until it has come. */
const places = new Map<number, number>();

/** Notes the number that an Activity is scheduled under. */
export function noteScheduled(argument: object, number: number): void {
  numbers.set(argument, number);
  places.set(number, 0);
}

/** Notes what an activation brings, in its order. */
export function noteActivation(jobs: readonly Job[]): void {
  activationBeganAt = arrived += 1;
  for (const { resolveActivity } of jobs) {
    const number = resolveActivity?.seq ?? -1;
    if (places.has(number)) places.set(number, (arrived += 1));
  }
}

/** The place of the answer to the latest Activity with this argument. To be asked once. */
export function placeOfAnswer(argument: object): number {
  const number = numbers.get(argument) ?? -1;
  const place = places.get(number) ?? activationBeganAt;
  places.delete(number);
  return place;
}

/** The place of what comes by itself, a signal or the end of a timer: before all answers of its activation. */
export function placeOfEvent(): number {
  return activationBeganAt;
}
