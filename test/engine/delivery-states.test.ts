import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  created,
  deliveryMoves,
  discarded,
  failed,
  held,
  leased,
  released,
  retriedNow,
  retryingLater,
  startedAlone,
  startedInBatch,
  stateOf,
  succeeded,
  waiting,
} from '../../src/engine/deliveries/delivery-states.ts';
import type {
  DeliveryChange,
  DeliveryFields,
  DeliveryMove,
  DeliveryState,
} from '../../src/engine/deliveries/delivery-states.ts';

const now = new Date('2026-11-29T12:00:00Z');
const until = new Date(now.getTime() + 25_000);

function after(delivery: DeliveryFields, { set, count = {} }: DeliveryChange): DeliveryFields {
  const { starts = 0, attemptCount = 0, lostCount = 0 } = count;
  return {
    ...delivery,
    ...set,
    starts: delivery.starts + starts,
    attemptCount: delivery.attemptCount + attemptCount,
    lostCount: delivery.lostCount + lostCount,
  };
}

const lease = leased({ id: 'req_1', now, until, isLost: false });
const due = created(now, false);
const examples: Record<DeliveryState, DeliveryFields> = {
  due,
  held: created(now, true),
  leased: after(due, lease),
  waiting: after(due, waiting(now)),
  success: after(after(due, lease), succeeded(now)),
  failure: after(after(due, lease), failed(now, 'exhausted')),
  discarded: after(due, discarded(now, 'asked_for')),
};
const changes: Record<Exclude<DeliveryMove, 'create' | 'lose'>, DeliveryChange[]> = {
  lease: [lease],
  wait: [waiting(now)],
  start: [startedInBatch(now), startedAlone(now)],
  hold: [held()],
  release: [released(now)],
  succeed: [succeeded(now)],
  retryLater: [retryingLater(now, until, false), retryingLater(now, until, true)],
  fail: [failed(now, 'gone'), failed(now, 'exhausted')],
  leaveOut: [discarded(now, 'filtered')],
  retryNow: [retriedNow(now)],
  discard: [discarded(now, 'retention')],
};

describe('the states of a delivery', () => {
  for (const [state, example] of Object.entries(examples))
    it(`tell one that is ${state} by its fields`, () => assert.equal(stateOf(example, now), state));

  for (const [move, list] of Object.entries(changes)) {
    const { from, to } = deliveryMoves[move as DeliveryMove];
    for (const state of from)
      it(`lead from ${state} to ${to.join(' or ')} by ${move}`, () => {
        for (const change of list) {
          const moved = after(examples[state as DeliveryState], change);
          assert.ok((to as readonly string[]).includes(stateOf(moved, now)), stateOf(moved, now));
        }
      });
  }

  it('have a lease that ends by itself', () => {
    assert.equal(stateOf(examples.leased, until), 'due');
    assert.deepEqual(examples.leased.startAt, until, 'the sweep starts it again then');
  });

  it('keep nothing to come of what is over', () => {
    for (const state of ['success', 'failure', 'discarded'] as const) {
      const { nextRetryAt, leaseUntil, leaseId, waitsSince, startAt, checkAt, finishedAt } = examples[state];
      assert.deepEqual([nextRetryAt, leaseUntil, leaseId, waitsSince, startAt, checkAt], Array(6).fill(null));
      assert.deepEqual(finishedAt, now);
    }
  });

  it('let a failed first attempt go on alone, and a batch take what is released', () => {
    const retried = after(examples.leased, retryingLater(now, until, false));
    assert.deepEqual([retried.inBatch, retried.starts], [false, 1]);
    const back = after(after(retried, held()), released(now));
    assert.deepEqual([back.inBatch, back.batchId], [true, null]);
  });

  it('are drawn in docs/hooks.md as they are', () => {
    const lines = Object.values(deliveryMoves).flatMap(({ from, to, because }) =>
      from.flatMap((start) => to.map((end) => `    ${start} --> ${end}: ${because}`)),
    );
    const diagram = ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
    assert.ok(readFileSync('docs/hooks.md', 'utf8').includes(diagram), `expected\n${diagram}`);
  });
});
