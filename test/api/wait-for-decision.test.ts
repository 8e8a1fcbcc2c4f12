import assert from 'node:assert/strict';
import { waitForDecision } from '../../src/api/incoming/wait-for-decision.ts';
import type { LogToWaitOn } from '../../src/api/incoming/wait-for-decision.ts';
import type { EventDocument } from '../../src/store/log/events.ts';

type Listener = Parameters<LogToWaitOn['hub']['listenToRun']>[1];
/** Of no matter here. */
const place = {} as Parameters<Listener['onGap']>[0];

/** A log with an `output` node at 3 and its end at 5. */
const log = ['run.queued', 'run.started', 'node.succeeded', 'node.succeeded', 'run.succeeded'].map(
  (type, index) =>
    ({
      runId: 'run_1',
      sequence: index + 1,
      type,
      ...(type === 'node.succeeded' ? { path: `n${index}` } : {}),
      body: JSON.stringify({ data: { nodeType: index === 2 ? 'output' : 'set' } }),
    }) as EventDocument,
);

describe('waiting for what gives the answer of a run', () => {
  for (const liveFrom of [1, 2, 3, 4, 5])
    for (const readable of [0, 2, 3, 5])
      it(`finds the output node: live from ${liveFrom}, ${readable} readable before`, async () => {
        const { promise: released, resolve: release } = promiseWithResolve();
        let listener: Listener | undefined;
        let visible = readable;
        const read = async (after: number) => {
          const found = log.filter(({ sequence }) => sequence > after && sequence <= visible);
          await released;
          return found;
        };
        const hub: LogToWaitOn['hub'] = {
          ready: () => Promise.resolve(),
          listenToRun: (_, given) => {
            listener = given;
            return () => (listener = undefined);
          },
        };
        const decision = waitForDecision({ runId: 'run_1', signal: new AbortController().signal, hub, read });
        await new Promise(setImmediate);
        visible = log.length;
        for (const event of log.slice(liveFrom - 1)) listener?.onEvent(event, place);
        listener?.onGap(place);
        release();
        assert.deepEqual(await decision, { path: 'n2' });
        assert.equal(listener, undefined);
      });
});

function promiseWithResolve() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
