import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { LRUCache } from 'lru-cache';
import type { Db } from 'mongodb';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { RunStarts } from '../../store/starts/run-starts.ts';
import { loadVersion } from '../../store/workflows/workflow-versions.ts';
import type { WorkflowVersion } from '../../store/workflows/workflow-versions.ts';
import { callTemporal } from '../call-temporal.ts';
import { createFairShares } from './fair-shares.ts';
import type { Admission, FlowControl } from '../flow/flow-control.ts';
import { runWorkflowType, searchAttributes } from '../../workflows/messages.ts';
import type { RunInput } from '../../workflows/messages.ts';

/** What starting runs is made with. */
export interface StartingRuns {
  client: Client;
  db: Db;
  starts: RunStarts;
  taskQueue: string;
  continueAfterEvents: number;
  flow: Pick<FlowControl, 'admit' | 'release'>;
}

/**
 * Starts the Workflow Execution of an accepted run, when flow control lets it. Idempotent: the Workflow Id is the run id,
 * and a run that is started already is confirmed.
 * @param admission what flow control has decided already
 * @throws ServiceError when Temporal does not answer; the relay tries again
 */
export async function startRun(given: StartingRuns, runId: string, admission?: Admission): Promise<void> {
  const { client, db, starts, taskQueue, continueAfterEvents, flow } = given;
  const run = await starts.find(runId);
  if (!run) return;
  // Another process may have started it meanwhile: a slot that was taken for it since is nobody's.
  if (isFinalRunStatus(run.status)) await flow.release(runId);
  else if (run.startedAt === undefined) {
    const admitted = admission ?? (await flow.admit(run));
    if (!admitted.isAdmitted) return;
    const version = await versions.forceFetch(run.versionId, { context: db });
    const input: RunInput = {
      runId,
      organizationId: run.organizationId,
      workflowId: run.workflowId,
      versionId: run.versionId,
      graph: version.graph,
      continueAfterEvents,
      ...(run.rerunOf === undefined ? {} : { rerunOf: run.rerunOf }),
    };
    const start = () =>
      client.workflow.start(runWorkflowType(version.workflowName), {
        workflowId: runId,
        taskQueue,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        staticSummary: `${version.workflowName} v${run.workflowVersion}`,
        ...(admitted.waited === undefined ? {} : { staticDetails: admitted.waited }),
        // No workflow's many runs hold up another's, nor those of an organization.
        priority: {
          ...shareOf(run),
          ...(admitted.priority === undefined ? {} : { priorityKey: admitted.priority }),
        },
        searchAttributes: {
          [searchAttributes.organization]: [run.organizationId],
          [searchAttributes.workflow]: [run.workflowId],
          [searchAttributes.trigger]: [String(run.trigger['source'])],
        },
      });
    await callTemporal(client, start).catch(ignoreStarted);
  }
  starts.confirm(runId);
}

const shareOf = createFairShares();

/** What starts need of versions, kept by one process; a version never changes. */
const versions = new LRUCache<string, Pick<WorkflowVersion, 'graph' | 'workflowName'>, Db>({
  max: 200,
  ignoreFetchAbort: true,
  async fetchMethod(versionId, _, { context: db }) {
    const { graph, workflowName } = await loadVersion(db, versionId);
    return { graph, workflowName };
  },
});

function ignoreStarted(error: unknown): void {
  if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
}
