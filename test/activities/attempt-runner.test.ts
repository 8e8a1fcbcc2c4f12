import assert from 'node:assert/strict';
import type { Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import { InterruptedError, runWithin } from '../../src/activities/recorder/attempt-runner.ts';
import { NodeFailure } from '../../src/activities/node-code.ts';

describe('an attempt that Temporal cancels', () => {
  const brokenOff = (reason: string) => {
    const context = { info: { isLocal: true } } as Context;
    const cancelled = AbortSignal.abort(new CancelledFailure(reason));
    return runWithin({ context, cancelled }, 10_000, () => new Promise(() => {})).then(
      () => assert.fail('it went on'),
      (error: unknown) => error,
    );
  };

  it('has ended when the run needs it no more', async () => {
    const error = await brokenOff('CANCELLED');
    assert.ok(error instanceof NodeFailure);
    assert.equal(error.error.type, 'cancelled');
  });

  for (const reason of [
    'NOT_FOUND',
    'TIMED_OUT',
    'WORKER_SHUTDOWN',
    'PAUSED',
    'RESET',
    'HEARTBEAT_DETAILS_CONVERSION_FAILED',
  ])
    it(`has no outcome, and another makes up for it: ${reason}`, async () => {
      assert.ok((await brokenOff(reason)) instanceof InterruptedError);
    });
});
