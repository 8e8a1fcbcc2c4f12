import { currentTime } from '../../clock.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { NodeCall, NodeSummary } from '../../engine/log/node-call.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { summarize } from '../recorder/summarize.ts';

/** Creates the Local Activity that records that a wait is still open; nothing when it is not any more. */
export function createRemind({
  store,
}: Pick<ActivityDependencies, 'store'>): (call: NodeCall) => Promise<NodeSummary> {
  return async (call) => {
    const { runId, path } = call;
    const execution = await store.execution(runId, path);
    const recorded = await store.append(runId, [
      {
        kind: 'event',
        key: `node/${path}/reminder`,
        type: 'node.reminder',
        at: currentTime().toISOString(),
        node: nodeRefOf(call),
        data: timesOf(execution),
        values: { input: execution?.input ?? { json: 'null' } },
      },
    ]);
    return summarize(recorded.at(-1) as Recorded);
  };
}

function timesOf(execution: ExecutionProjection | null): { since: string; until?: string } {
  const { startedAt = '', waitUntil } = execution ?? {};
  return { since: startedAt, ...(waitUntil === undefined ? {} : { until: waitUntil }) };
}
