import { currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Sealer } from '../../store/access/seal.ts';
import type { WebhookDocument } from '../../store/workflows/webhooks.ts';
import type { WorkflowDocument } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { isInRanges, rangesOf } from '../routing/sender-address.ts';
import type { Verification } from '../workflows/webhook/schema.ts';

/** The webhook that a request is for, and what it comes to. */
export interface WebhookTarget {
  webhook: WebhookDocument;
  workflow: WorkflowDocument;
  /**
   * `live`: it starts runs of the live version; `hold`: the workflow is paused, and keeps it; `capture`: the workflow was
   * never published, and shows it as a sample.
   */
  mode: 'live' | 'hold' | 'capture';
  verification: Verification;
}

/** A target that starts runs. */
export interface LiveTarget extends WebhookTarget {
  mode: 'live';
  liveVersion: number;
}

/** Whether a target starts runs. */
export function isLive(target: WebhookTarget): target is LiveTarget {
  return target.mode === 'live';
}

/**
 * Finds the target of a URL's secret.
 * @throws AppError not-found for an unknown secret, and for a workflow that takes nothing now: all alike; store-unavailable
 */
export async function findTarget(deps: ApiDeps, secret: string): Promise<WebhookTarget | LiveTarget> {
  const found = await deps.findWebhook(secret);
  const target = found?.workflow && targetOf(deps.sealer, found.webhook, found.workflow);
  if (!target) throw new AppError('not-found', 'No such webhook.');
  return target;
}

/** The target of a webhook now; `undefined` when it takes nothing. */
export function targetOf(
  sealer: Sealer,
  webhook: WebhookDocument,
  workflow: WorkflowDocument,
): WebhookTarget | LiveTarget | undefined {
  const mode = modeOf(webhook, workflow);
  if (mode === undefined) return undefined;
  const target = { webhook, workflow, verification: openVerification(sealer, webhook) };
  return mode === 'live' && workflow.liveVersion !== null
    ? { ...target, mode, liveVersion: workflow.liveVersion }
    : { ...target, mode };
}

function modeOf(webhook: WebhookDocument, workflow: WorkflowDocument): WebhookTarget['mode'] | undefined {
  const { status, liveVersion, liveTrigger } = workflow;
  if (status === 'draft')
    return webhook.captureUntil && webhook.captureUntil > currentTime() ? 'capture' : undefined;
  if (liveVersion === null || liveTrigger !== 'webhook') return undefined;
  if (status === 'active') return 'live';
  return status === 'paused' && webhook.whenPaused === 'hold' ? 'hold' : undefined;
}

/** A webhook's verification with its values. */
export function openVerification(
  sealer: Sealer,
  { verification }: Pick<WebhookDocument, 'verification'>,
): Verification {
  return verification.sealed === null
    ? { type: 'none' }
    : (JSON.parse(sealer.open(verification.sealed)) as Verification);
}

/** The header or the member of the query that holds the verification's own credential, beside what is always redacted. */
export function credentialNames(verification: Verification): string[] {
  const { header, query } = verification as { header?: string; query?: string };
  return [header, query].filter((name) => name !== undefined);
}

/** @throws AppError webhook-refused when there is an allow-list and the address is not on it */
export function assertAddress(ipAllowList: readonly string[], address: string): void {
  if (ipAllowList.length === 0 || isInRanges(rangesOf(ipAllowList), address)) return;
  throw new AppError('webhook-refused', 'The address of the sender is not on the allow-list.');
}
