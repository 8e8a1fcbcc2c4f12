import { BlockList, isIP } from 'node:net';
import { AppError } from '../../errors/app-error.ts';
import type { Sealer } from '../../store/access/seal.ts';
import type { WebhookDocument } from '../../store/workflows/webhooks.ts';
import type { WorkflowDocument } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';
import type { Verification } from '../workflows/webhook/schema.ts';

/** The webhook that a request is for, with what its run needs. */
export interface WebhookTarget {
  webhook: WebhookDocument;
  workflow: WorkflowDocument;
  liveVersion: number;
  verification: Verification;
}

/**
 * Finds the target of a URL's secret.
 * @throws AppError not-found for an unknown secret, a paused and an unpublished workflow: all alike; store-unavailable
 */
export async function findTarget(deps: ApiDeps, secret: string): Promise<WebhookTarget> {
  const found = await deps.findWebhook(secret);
  const target = found?.workflow && liveTarget(deps.sealer, found.webhook, found.workflow);
  if (!target) throw new AppError('not-found', 'No such webhook.');
  return target;
}

/** The target of a workflow that takes webhooks now; `undefined` when it does not. */
export function liveTarget(
  sealer: Sealer,
  webhook: WebhookDocument,
  workflow: WorkflowDocument,
): WebhookTarget | undefined {
  if (workflow.status !== 'active' || workflow.liveVersion === null) return undefined;
  const verification = openVerification(sealer, webhook);
  return { webhook, workflow, liveVersion: workflow.liveVersion, verification };
}

/** A webhook's verification with its values. */
export function openVerification(sealer: Sealer, { verification }: WebhookDocument): Verification {
  return verification.sealed === null
    ? { type: 'none' }
    : (JSON.parse(sealer.open(verification.sealed)) as Verification);
}

/** The header that holds the verification's own credential, beside those that are always redacted. */
export function credentialNames(verification: Verification): string[] {
  return verification.type === 'hmac' ? [verification.header] : [];
}

/** @throws AppError webhook-refused when there is an allow-list and the address is not on it */
export function assertAddress(ipAllowList: readonly string[], address: string): void {
  if (ipAllowList.length === 0) return;
  const allowed = new BlockList();
  for (const range of ipAllowList) addRange(allowed, range);
  const version = isIP(address);
  if (version !== 0 && allowed.check(address, version === 4 ? 'ipv4' : 'ipv6')) return;
  throw new AppError('webhook-refused', 'The address of the sender is not on the allow-list.');
}

function addRange(list: BlockList, range: string): void {
  const [address = '', bits] = range.split('/');
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
}
