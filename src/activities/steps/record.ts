import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { RecordAnswer, RecordCall } from '../../engine/log/node-call.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { summarize } from '../recorder/summarize.ts';

/** One append holds at most 500 events. */
const chunk = 400;

/** Creates the Local Activity that records facts no Activity carries; answers what is recorded for each path. */
export function createRecord({ store }: ActivityDependencies): (call: RecordCall) => Promise<RecordAnswer> {
  return async ({ runId, facts }) => {
    const recorded: Recorded[] = [];
    for (let from = 0; from < facts.length; from += chunk) {
      recorded.push(...(await store.append(runId, facts.slice(from, from + chunk))));
    }
    const nodes = recorded.flatMap((item) =>
      item.execution ? [[item.execution.path, summarize(item)] as const] : [],
    );
    const status = recorded.at(-1)?.run.status;
    return {
      nodes: Object.fromEntries(nodes),
      ...(status && isFinalRunStatus(status) ? { runEnded: status } : {}),
    };
  };
}
