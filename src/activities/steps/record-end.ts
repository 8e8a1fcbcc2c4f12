import { currentTime } from '../../clock.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { AttemptOutcome, Fact } from '../../engine/log/facts.ts';
import type { NodeCall, NodeSummary } from '../../engine/log/node-call.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { summarize } from '../recorder/summarize.ts';

/** Ends the open attempt of an execution with this outcome; the first recorded fact wins. */
export async function recordEnd(
  { store }: Pick<ActivityDependencies, 'store'>,
  call: NodeCall,
  outcome: AttemptOutcome,
): Promise<NodeSummary> {
  const { runId, path } = call;
  const key = (await store.execution(runId, path))?.openAttempt ?? '';
  const at = currentTime().toISOString();
  const fact: Fact = { kind: 'outcome', key, at, node: nodeRefOf(call), outcome };
  return summarize((await store.append(runId, [fact])).at(-1) as Recorded);
}
