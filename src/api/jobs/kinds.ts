/** What bulk jobs do: how the rows of each kind are counted and read, and what is done with one. */
import type { ClientSession, Db } from 'mongodb';
import type { JsonObject } from '../../engine/json/json.ts';
import { countWebhookEvents, readWebhookEvents } from '../../store/inbox/list-webhook-events.ts';
import type { JobDocument, JobKind, JobPosition } from '../../store/jobs/jobs.ts';
import { countRuns, readRuns } from '../../store/log/list-runs.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import { replayEvent } from '../incoming/inbox/replay.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { beginRun } from '../runs/begin-run.ts';
import { retryRun } from '../runs/retry-run.ts';
import { requestFilterOf, runFilterOf } from './filters.ts';

/** Does the work in the transaction that notes that the row is over. */
export type InJob = <Result>(work: (session: ClientSession) => Promise<Result>) => Promise<Result>;

/** One row of a job. */
export interface JobRow {
  position: JobPosition;
  carryOut(inJob: InJob): Promise<unknown>;
}

interface Kind {
  /** Counts what a filter takes, by status. */
  count(db: Db, organizationId: string, filter: JsonObject): Promise<Record<string, number>>;
  /** Reads the next rows. */
  read(deps: ApiDeps, job: JobDocument, limit: number): Promise<JobRow[]>;
}

/** Every kind of job. */
export const kinds: Readonly<Record<JobKind, Kind>> = {
  'retry-runs': {
    count: (db, organizationId, filter) => countRuns(db, organizationId, runFilterOf(filter)),
    async read(deps, { organizationId, filter, position: after, options }, limit) {
      const version = options['version'] === 'live' ? 'live' : 'same';
      const runs = await readRuns(deps.db, organizationId, runFilterOf(filter), { after, limit });
      return runs.map((run) => ({
        position: { at: run.createdAt, id: run._id },
        carryOut: (inJob) => retry(deps, run, { version, inJob }),
      }));
    },
  },
  'replay-webhook-events': {
    count: (db, organizationId, filter) => countWebhookEvents(db, organizationId, requestFilterOf(filter)),
    async read(deps, { organizationId, filter, position: after }, limit) {
      const page = { after, limit };
      const requests = await readWebhookEvents(deps.db, organizationId, requestFilterOf(filter), page);
      return requests.map((request) => ({
        position: { at: request.receivedAt, id: request._id },
        carryOut: (inJob) => replayEvent(deps, request, inJob),
      }));
    },
  },
};

async function retry(
  deps: ApiDeps,
  run: RunDocument,
  { version, inJob }: { version: 'same' | 'live'; inJob: InJob },
): Promise<void> {
  await beginRun(deps, inJob, await retryRun(deps, run, { from: [], version }));
}
