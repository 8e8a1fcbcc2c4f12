import { setImmediate as endOfTurn, setTimeout as delay } from 'node:timers/promises';
import { appendCapMs, inTime } from './in-time.ts';

/** How long items gather after a call that was shared, in milliseconds: a large group costs little more than a small one. */
export const gatherMs = 4;

/** Items of one call, unless said otherwise. */
const groupSize = 100;

interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Makes one call of many: items that come at once, or while a call is under way, go together in the next one. `work`
 * answers for each item, in their order; what it throws, each of them gets. Nobody waits for ever behind a call that
 * hangs: after `callMs` it is given up as an outage.
 */
export function groupCalls<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { most = groupSize, callMs = appendCapMs }: { most?: number; callMs?: number } = {},
): (item: Item) => Promise<Answer> {
  const queue: Waiting<Item, Answer>[] = [];
  let isDraining = false;

  async function drain(): Promise<void> {
    isDraining = true;
    await endOfTurn();
    while (queue.length > 0) {
      const group = queue.splice(0, most);
      try {
        const answers = await inTime(callMs, work(group.map(({ item }) => item)));
        group.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
      if (group.length > 1 || queue.length > 0) await delay(gatherMs);
    }
    isDraining = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (!isDraining) void drain();
    });
}
