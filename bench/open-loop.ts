import { setTimeout as delay } from 'node:timers/promises';

/** What came of a load. */
export interface Load {
  /** Milliseconds from when a request was due until its answer: a sender that falls behind makes them longer, not fewer. */
  latencies: number[];
  /** What was not as it should be. */
  errors: string[];
}

/** Sends at a fixed rate, however long the answers take. `send` throws when its answer is not the right one. */
export async function openLoop(given: {
  perSecond: number;
  seconds: number;
  send: (index: number) => Promise<void>;
}): Promise<Load> {
  const load: Load = { latencies: [], errors: [] };
  const count = Math.round(given.perSecond * given.seconds);
  const startedAt = performance.now();
  const sent: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueAt = startedAt + (index * 1_000) / given.perSecond;
    const wait = dueAt - performance.now();
    if (wait > 1) await delay(wait);
    const done = given.send(index).then(
      () => void load.latencies.push(performance.now() - dueAt),
      (error: unknown) => void load.errors.push(String(error)),
    );
    sent.push(done);
  }
  await Promise.all(sent);
  return load;
}
