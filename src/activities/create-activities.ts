import { createCloseRun } from './steps/close-run.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { createCheckLoop, createCloseLoop } from './steps/loops.ts';
import { createNodeCodes } from './nodes/registry.ts';
import { createFinishWait } from './steps/finish-wait.ts';
import { createRecord } from './steps/record.ts';
import { createRemind } from './steps/remind.ts';
import { createNodeActivity } from './run-node.ts';
import { createTakeOver } from './steps/take-over.ts';

/** Everything the runs' Worker can run, by Activity Type: the node types, and the Activities that record. */
export function createActivities(deps: ActivityDependencies): {
  activities: Record<string, (...args: never[]) => Promise<unknown>>;
  isNodeType: (type: string) => boolean;
} {
  const codes = createNodeCodes(deps);
  const nodes = Object.entries(codes).map(
    ([type, code]) => [type, createNodeActivity(type, code, deps)] as const,
  );
  return {
    activities: {
      ...Object.fromEntries(nodes),
      record: createRecord(deps),
      'finish-wait': createFinishWait(deps),
      remind: createRemind(deps),
      'close-run': createCloseRun(deps),
      'check-loop': createCheckLoop(deps),
      'close-loop': createCloseLoop(deps),
      'take-over': createTakeOver(deps),
    },
    isNodeType: (type) => Object.hasOwn(codes, type),
  };
}
