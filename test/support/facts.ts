/** Facts with which tests of the store begin. */
import type { Fact } from '../../src/engine/log/facts.ts';

/** When all of them happened. */
export const at = '2026-01-01T00:00:00.000Z';

/** The beginning of a run. */
export const queued: Fact = {
  kind: 'event',
  key: 'run/queued',
  type: 'run.queued',
  at,
  data: { organizationId: 'org_test', workflowId: 'wf_test', workflowVersion: 1, trigger: {} },
  values: { input: { json: '{}' } },
};

/** Which execution a fact is about: that of a `log` node at the top. */
export const nodeAt = (path: string) => ({ path, nodeId: path, nodeType: 'log' });

/** A node is let through. */
export function scheduled(path: string): Fact {
  const key = `node/${path}/scheduled`;
  return { kind: 'event', key, type: 'node.scheduled', at, node: nodeAt(path), data: {} };
}
