/** Accepts, in their order, what was held while a workflow was paused. */
import type { ClientSession } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import { listHeld, takeHeld } from '../../../store/inbox/skipped.ts';
import type { WebhookEventDocument } from '../../../store/inbox/webhook-events.ts';
import { inTransaction } from '../../../store/mongo/database.ts';
import { findWebhook } from '../../../store/workflows/webhooks.ts';
import { endRelease, listReleasing } from '../../../store/workflows/workflow-state.ts';
import { findWorkflow } from '../../../store/workflows/workflows.ts';
import type { WorkflowDocument } from '../../../store/workflows/workflows.ts';
import { createBackgroundWork } from '../../../background-work.ts';
import type { BackgroundWork } from '../../../background-work.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { acceptDelivery } from '../accept.ts';
import { decodeVerified, isHandshake } from '../decode-request.ts';
import { listRejected } from '../inbox.ts';
import { isLive, targetOf } from '../target.ts';
import type { LiveTarget } from '../target.ts';
import { incomingOf } from './replay.ts';

/** How often it is looked for what another process has left, in milliseconds. */
const lookEveryMs = 10_000;
/** Requests that are read at a time. */
const batch = 20;

/** Creates the release. What a killed process has left, any other goes on with: each request is taken in one transaction. */
export function createHeldRelease(deps: ApiDeps): BackgroundWork {
  return createBackgroundWork({
    look: () => releaseAll(deps),
    everyMs: lookEveryMs,
    closing: deps.closing,
    onError: (error) => deps.log.warn({ err: error }, 'held requests could not be released'),
  });
}

async function releaseAll(deps: ApiDeps): Promise<void> {
  for (const workflow of await listReleasing(deps.db)) await releaseOf(deps, workflow);
}

async function releaseOf(deps: ApiDeps, workflow: WorkflowDocument): Promise<void> {
  const { releaseHeldUntil: until } = workflow;
  while (until && !deps.closing.aborted) {
    const rows = await listHeld(deps.db, workflow._id, { until, limit: batch });
    if (rows.length === 0) return endRelease(deps.db, workflow);
    for (const row of rows) {
      const target = await liveTargetOf(deps, row);
      // It was paused again: what is left is held, and asked for anew.
      if (!target) return endRelease(deps.db, workflow);
      await release(deps, target, row);
    }
  }
}

async function liveTargetOf(deps: ApiDeps, row: WebhookEventDocument): Promise<LiveTarget | undefined> {
  const [webhook, workflow] = await Promise.all([
    findWebhook(deps.db, row.organizationId, row.workflowId),
    findWorkflow(deps.db, row.organizationId, row.workflowId),
  ]);
  const target = webhook && workflow && targetOf(deps.sealer, webhook, workflow);
  return target && isLive(target) ? target : undefined;
}

class TakenError extends Error {}

async function release(deps: ApiDeps, target: LiveTarget, row: WebhookEventDocument): Promise<void> {
  const incoming = await incomingOf(deps, row);
  try {
    const delivery = await decodeVerified(target, incoming);
    if (isHandshake(delivery)) return void (await takeHeld(deps.db, undefined, row._id));
    const take = async (session: ClientSession) => {
      if (!(await takeHeld(deps.db, session, row._id))) throw new TakenError();
    };
    await acceptDelivery(deps, target, {
      ...delivery,
      replayOf: row._id,
      transact: (work) =>
        inTransaction(deps.mongo, async (session) => {
          await take(session);
          return work(session);
        }),
    });
  } catch (error) {
    if (error instanceof TakenError) return;
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    if (await takeHeld(deps.db, undefined, row._id))
      await listRejected(deps, target, { incoming, error, replayOf: row._id });
  }
}
