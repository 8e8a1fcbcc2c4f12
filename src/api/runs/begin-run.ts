import type { ClientSession } from 'mongodb';
import { acceptNewRuns } from '../../store/starts/accept-run.ts';
import type { NewRun } from '../../store/starts/accept-run.ts';
import { AbandonedError } from '../../store/mongo/abandoned-error.ts';
import { deletePayloads } from '../../store/log/payloads.ts';
import type { ApiDeps } from '../routing/deps.ts';
import type { Answer, Commit } from '../routing/route.ts';

/** Begins a run that a request asks for. @throws AbandonedError, such as when another request has its key: nothing of the run stays */
export async function beginRun(deps: ApiDeps, commit: Commit, run: NewRun): Promise<Answer> {
  const { runId } = run;
  const work = async (session: ClientSession) => {
    await acceptNewRuns(deps.db, session, [run]);
    const headers = { location: `/v1/runs/${runId}` };
    return { answer: { status: 202, body: { runId }, headers } };
  };
  const { answer } = await commit(work).catch(async (error: unknown) => {
    // A large payload stands before its run does; after any other error the run may be there.
    if (error instanceof AbandonedError) await deletePayloads(deps.db, [runId]);
    throw error;
  });
  deps.relay.startSoon(runId);
  deps.runLog.carryOut([runId]);
  return answer;
}
