import { loadConfig, relaySettings } from '../src/config.ts';
import { createLogger } from '../src/log.ts';
import { createFlowEvaluator } from '../src/processes/flow-evaluator.ts';
import { createRelay } from '../src/relay/relay.ts';
import { connectDatabase } from '../src/store/mongo/database.ts';
import { createId } from '../src/store/mongo/ids.ts';
import { createRunLog } from '../src/store/log/run-log.ts';
import { endedRun } from '../test/support/hooks.ts';
import type { Hookloom } from '../test/support/hookloom.ts';

/** What records events as a worker does: hooks are started right after the commit. */
export interface HookSender {
  /** Records a run with one `run.waiting`; answers the run's id once it is committed. */
  record(workflowId: string): Promise<string>;
  /** When the run was committed, as `performance.now()` tells. */
  committedAt(runId: string): number;
  stop(): Promise<void>;
}

/** Starts it, in this process. */
export async function startHookSender(hookloom: Hookloom): Promise<HookSender> {
  const { MONGODB_URL = '', MONGODB_DB = '' } = hookloom.env;
  const database = await connectDatabase(MONGODB_URL, MONGODB_DB);
  const { client: mongo, db } = database;
  const log = createLogger('warn', 'bench');
  const settings = relaySettings(loadConfig(hookloom.env));
  const flow = { runLog: () => runLog, evaluator: createFlowEvaluator() };
  const relay = createRelay({ client: hookloom.temporal, mongo, db, log, ...flow, ...settings });
  const committed = new Map<string, number>();
  const runLog = createRunLog({
    ...database,
    onDeliveries(deliveries) {
      for (const { runId } of deliveries) committed.set(runId, performance.now());
      relay.deliverSoon(deliveries);
    },
  });
  const organization = await db.collection<{ _id: string }>('organizations').findOne({});
  const organizationId = organization?._id ?? '';
  return {
    async record(workflowId) {
      const runId = createId('run');
      await runLog.append(runId, endedRun({ organizationId, workflowId, each: 1 }));
      if (!committed.has(runId)) committed.set(runId, performance.now());
      return runId;
    },
    committedAt: (runId) => committed.get(runId) ?? Number.NaN,
    async stop() {
      await relay.stop();
      await database.close();
    },
  };
}
