/** The baselines of the benches: what somebody writes who knows Temporal and nothing else. */
import { proxyActivities } from '@temporalio/workflow';
import type { PlainDelivery } from './plain-delivery.ts';

interface PlainActivities {
  request(url: string): Promise<{ status: number; body: unknown }>;
  post(delivery: PlainDelivery): Promise<number>;
  set(values: object): Promise<object>;
}

const { request, post, set } = proxyActivities<PlainActivities>({
  startToCloseTimeout: '30s',
  retry: { maximumAttempts: 3 },
});

/** Asks for `count` pages, `atOnce` at a time; answers the statuses in order. */
export async function plainLoop(baseUrl: string, count: number, atOnce: number): Promise<number[]> {
  const statuses: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const { status } = await request(`${baseUrl}/${index}`);
      statuses[index] = status;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return statuses;
}

/** One step without a request; answers what it is given. */
export async function plainSet(values: object): Promise<object> {
  return set(values);
}

/** Asks for `count` pages, one after the other; answers the statuses. */
export async function plainSequence(baseUrl: string, count: number): Promise<number[]> {
  return plainLoop(baseUrl, count, 1);
}

/** One hook delivery, its retries Temporal's own; answers the receiver's status. */
export async function plainDelivery(delivery: PlainDelivery): Promise<number> {
  return post(delivery);
}
