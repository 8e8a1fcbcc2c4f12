import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { hashSecret } from '../access/api-keys.ts';
import { inTime } from '../mongo/in-time.ts';
import { groupCalls } from '../mongo/group-calls.ts';
import { defaultWebhookSettings } from './webhooks.ts';
import type { WebhookDocument } from './webhooks.ts';
import type { WorkflowDocument } from './workflows.ts';

/** What a secret opens. */
export interface OpenedWebhook {
  webhook: WebhookDocument;
  workflow: WorkflowDocument | undefined;
}

/**
 * Longest that finding may take, in milliseconds: a sender is told that MongoDB is away before it gives up.
 * Source: Slack, the least patient, waits three seconds.
 */
const findMs = 2_500;

/**
 * Creates what finds, for one process, what a secret opens: its webhook while the secret is taken, and the webhook's
 * workflow. Secrets that come at once go together. The same steps are made for a secret that opens nothing, so that its
 * answer takes as long. What takes longer than 2.5 seconds counts as an outage.
 */
export function createWebhookFinder(db: Db): (secret: string) => Promise<OpenedWebhook | null> {
  const findAll = async (secrets: readonly string[]) => {
    const hashes = secrets.map(hashSecret);
    const found = await findByHashes(db, [...new Set(hashes)]);
    return hashes.map((hash) => found.get(hash) ?? null);
  };
  const find = groupCalls(findAll, { callMs: findMs });
  // Waiting for the call before counts too.
  return (secret) => inTime(findMs, find(secret));
}

async function findByHashes(db: Db, hashes: readonly string[]): Promise<Map<string, OpenedWebhook>> {
  const steps = [
    { $documents: hashes.map((hash) => ({ hash })) },
    { $lookup: { from: 'webhooks', localField: 'hash', foreignField: 'secrets.hash', as: 'webhook' } },
    { $lookup: { from: 'workflows', localField: 'webhook._id', foreignField: '_id', as: 'workflow' } },
  ];
  const rows = await db
    .aggregate<{ hash: string; webhook: WebhookDocument[]; workflow: WorkflowDocument[] }>(steps)
    .toArray();
  const now = currentTime();
  return new Map(
    rows.flatMap(({ hash, webhook: [webhook], workflow: [workflow] }) => {
      const secret = webhook?.secrets.find((item) => item.hash === hash);
      if (!webhook || !secret || (secret.expiresAt && secret.expiresAt <= now)) return [];
      return [[hash, { webhook: { ...defaultWebhookSettings, ...webhook }, workflow }]];
    }),
  );
}
