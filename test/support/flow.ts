/** What the tests of flow control do with runs: begin them, look at them, let them end. */
import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import type { Hookloom } from './hookloom.ts';

/** A workflow whose runs wait until they are let go, under flow settings. */
export const waitingWorkflow = (flow: object, root: object = { type: 'webhook' }) => ({
  nodes: { root: { children: ['ask'], ...root }, ask: { type: 'wait', payload: {} } },
  settings: { flow },
});

/** Works with the runs of one deployment. */
export function flowOf(hookloom: () => Hookloom) {
  const call = (method: string, path: string, body?: object) => hookloom().call(method, path, body);
  const read = async (runId: string) => (await call('GET', `/v1/runs/${runId}`)).body;
  const statusOf = async (runId: string) => (await read(runId)).status as string;
  return {
    call,
    read,
    statusOf,
    /** Begins a run by webhook. */
    async begin(url: string, body: object = {}): Promise<string> {
      const answer = await call('POST', url, body);
      assert.equal(answer.status, 202, JSON.stringify(answer.body));
      return answer.body.runIds[0];
    },
    /** Waits until a run is at its `wait`. */
    under: (runId: string) =>
      eventually(async () => assert.equal(await statusOf(runId), 'waiting', runId), 150_000),
    /** Waits until a run is queued behind others; answers its place. */
    queued: (runId: string): Promise<any> =>
      eventually(async () => {
        const { status, queue } = await read(runId);
        assert.equal(status, 'queued');
        assert.ok(queue, `${runId} waits for nothing`);
        return queue;
      }, 150_000),
    /** Lets a run go on from its `wait`. */
    async letGo(runId: string): Promise<void> {
      const { status, body } = await call('POST', `/v1/runs/${runId}/nodes/ask/resume`, {});
      assert.equal(status, 202, JSON.stringify(body));
    },
    end: (runId: string) => hookloom().runEnd(runId, 150_000),
    async lanes(owner: string): Promise<any[]> {
      return (await call('GET', `/v1/flow?owner=${owner}&limit=100`)).body.items;
    },
    async eventsOf(runId: string): Promise<any[]> {
      return (await call('GET', `/v1/runs/${runId}/events?limit=100`)).body.items;
    },
  };
}
