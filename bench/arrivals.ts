import { startReceiver } from '../test/support/receiver.ts';
import type { ReceivedRequest, Receiver } from '../test/support/receiver.ts';

/** A receiver that tells when the hook of a run came. */
export interface Arrivals {
  receiver: Receiver;
  /** Waits for the run's hook; answers when it came, as `performance.now()` tells. */
  of(runId: string): Promise<number>;
}

/** Starts it. Requests that `isHostile` picks are left to it; all others are noted, and answered 204 at once. */
export async function startArrivals(
  isHostile: (request: ReceivedRequest) => boolean = () => false,
): Promise<Arrivals> {
  const came = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  const receiver = await startReceiver((request, response) => {
    if (isHostile(request)) return;
    const at = performance.now();
    response.writeHead(204).end();
    const { runId } = (JSON.parse(request.body) as { data: { runId: string } }).data;
    if (!came.has(runId)) came.set(runId, at);
    waiting.get(runId)?.(came.get(runId) ?? at);
    waiting.delete(runId);
  });
  return {
    receiver,
    of(runId) {
      const at = came.get(runId);
      return at === undefined ? new Promise((resolve) => waiting.set(runId, resolve)) : Promise.resolve(at);
    },
  };
}
