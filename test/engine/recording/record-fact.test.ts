import assert from 'node:assert/strict';
import { applyToExecution, applyToRun, createRun } from '../../../src/engine/log/apply-event.ts';
import type { Fact } from '../../../src/engine/log/facts.ts';
import type { ExecutionProjection, RunProjection } from '../../../src/engine/log/projections.ts';
import { maxLosses, recordFact } from '../../../src/engine/log/record-fact.ts';

const node = { path: 'post', nodeId: 'post', nodeType: 'http-request' };
const at = '2026-01-01T00:00:00.000Z';

/** A log in memory: what the store does with a transaction, as plain values. */
function createLog() {
  let run: RunProjection | undefined;
  const executions = new Map<string, ExecutionProjection>();
  const types: string[] = [];
  const report = (fact: Fact): string[] => {
    const path = 'node' in fact ? fact.node?.path : undefined;
    const drafts = recordFact(fact, run, path === undefined ? undefined : executions.get(path));
    for (const draft of drafts) {
      const event = {
        ...draft,
        runId: 'run_1',
        sequence: (run?.lastSequence ?? 0) + 1,
        ...(draft.node ? { executionId: `exe_${draft.node.path}` } : {}),
      };
      run = run ? applyToRun(run, event) : createRun(event);
      if (draft.node)
        executions.set(draft.node.path, applyToExecution(executions.get(draft.node.path), event));
      types.push(draft.type);
    }
    return drafts.map((draft) => draft.type);
  };
  report({
    kind: 'event',
    key: 'run/queued',
    type: 'run.queued',
    at,
    data: { workflowId: 'wf_1', trigger: {} },
  });
  return {
    report,
    types,
    run: () => run as RunProjection,
    execution: () => executions.get('post') as ExecutionProjection,
  };
}

const attempt = (key: string): Fact => ({ kind: 'attempt', key, at, node });
const success = (key: string): Fact => ({
  kind: 'outcome',
  key,
  at,
  node,
  outcome: { status: 'success', result: { json: '1' } },
});
const waits = (type: 'node.waiting' | 'node.resumed'): Fact => ({
  kind: 'event',
  key: `node/post/${type}`,
  type,
  at,
  node,
  data: {},
});
const failure = (key: string, retryInMs?: number): Fact => ({
  kind: 'outcome',
  key,
  at,
  node,
  outcome: {
    status: 'failure',
    error: { type: 'network', message: 'x' },
    ...(retryInMs === undefined ? {} : { retryInMs }),
  },
});

describe('recording a fact', () => {
  it('records a start and its success once', () => {
    const log = createLog();
    assert.deepEqual(log.report(attempt('a')), ['node.started']);
    assert.deepEqual(log.report(attempt('a')), []);
    assert.deepEqual(log.report(success('a')), ['node.succeeded']);
    assert.deepEqual(log.report(success('a')), []);
    assert.equal(log.execution().status, 'success');
  });

  it('numbers attempts from the log', () => {
    const log = createLog();
    log.report(attempt('a'));
    assert.deepEqual(log.report(failure('a', 1000)), ['node.retrying']);
    assert.equal(log.execution().status, 'scheduled');
    assert.equal(log.execution().nextAttemptAt, '2026-01-01T00:00:01.000Z');
    log.report(attempt('b'));
    assert.equal(log.execution().attempt, 2);
    assert.deepEqual(log.report(failure('b')), ['node.failed']);
  });

  it('closes a lost attempt by its successor, without using up the attempts of the user', () => {
    const log = createLog();
    log.report(attempt('a'));
    assert.deepEqual(log.report(attempt('b')), ['node.retrying', 'node.started']);
    assert.equal(log.execution().losses, 1);
    assert.equal(log.execution().attempt, 2);
  });

  it('fails the node as worker_lost after too many losses', () => {
    const log = createLog();
    for (let index = 0; index <= maxLosses; index += 1) log.report(attempt(`a${index}`));
    assert.deepEqual(log.report(attempt('last')), ['node.failed']);
    assert.equal(log.execution().error?.type, 'worker_lost');
  });

  it('loses nothing of a loop that has opened', () => {
    const log = createLog();
    log.report(attempt('a'));
    log.report({ kind: 'event', key: 'o', type: 'node.progress', at, node, data: { iteration: 0 } });
    assert.deepEqual(log.report(attempt('b')), []);
    assert.deepEqual([log.execution().attempt, log.execution().losses], [1, 0]);
    assert.deepEqual(log.report(success('a')), ['node.succeeded']);
  });

  it('takes the late success of a closed attempt, but not its late failure', () => {
    const log = createLog();
    log.report(attempt('a'));
    log.report(attempt('b'));
    assert.deepEqual(log.report(failure('a')), []);
    assert.deepEqual(log.report(success('a')), ['node.succeeded']);
    assert.deepEqual(log.report(success('b')), []);
  });

  it('ends an execution as cancelled when it was scheduled, and as skipped when it was not', () => {
    const scheduled = createLog();
    scheduled.report({ kind: 'event', key: 's', type: 'node.scheduled', at, node, data: {} });
    assert.deepEqual(scheduled.report({ kind: 'end-node', at, node, reason: 'run_ended' }), [
      'node.cancelled',
    ]);
    const fresh = createLog();
    assert.deepEqual(fresh.report({ kind: 'end-node', at, node, reason: 'run_ended' }), ['node.skipped']);
    assert.deepEqual(fresh.report({ kind: 'end-node', at, node, reason: 'run_ended' }), []);
  });

  it('records nothing after the end of the run', () => {
    const log = createLog();
    assert.deepEqual(log.report({ kind: 'end-run', at, status: 'cancelled', reason: 'asked' }), [
      'run.cancelled',
    ]);
    assert.deepEqual(log.report({ kind: 'end-run', at, status: 'success' }), []);
    assert.deepEqual(log.report(attempt('a')), []);
    assert.equal(log.run().status, 'cancelled');
    assert.deepEqual(log.types, ['run.queued', 'run.cancelled']);
  });

  it('does not run a wait again whose worker was lost, whether it still waits or was resumed meanwhile', () => {
    const log = createLog();
    log.report(attempt('a'));
    log.report(waits('node.waiting'));
    assert.deepEqual(log.report(attempt('b')), []);
    log.report(waits('node.resumed'));
    assert.deepEqual(log.report(attempt('c')), []);
    assert.deepEqual([log.execution().attempt, log.execution().losses], [1, 0]);
    assert.deepEqual(log.report(success('finish/post')), ['node.succeeded']);
  });

  it('ends a wait whose time is over, but none that was resumed before (fault 29)', () => {
    const overdue: Fact = {
      kind: 'outcome',
      key: 'a',
      at,
      node,
      outcome: { status: 'failure', error: { type: 'timeout', message: 'x' }, isOverdue: true },
    };
    const resumed = createLog();
    for (const fact of [attempt('a'), waits('node.waiting'), waits('node.resumed')]) resumed.report(fact);
    assert.deepEqual(resumed.report(overdue), []);
    assert.deepEqual(resumed.report(success('finish/post')), ['node.succeeded']);
    const waiting = createLog();
    for (const fact of [attempt('a'), waits('node.waiting')]) waiting.report(fact);
    assert.deepEqual(waiting.report(overdue), ['node.failed']);
    assert.deepEqual(waiting.report(waits('node.resumed')), []);
  });
});
