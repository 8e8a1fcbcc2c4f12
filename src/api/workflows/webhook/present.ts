import type { z } from 'zod';
import { publicUrl } from '../../../config.ts';
import type { WebhookDocument } from '../../../store/workflows/webhooks.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import type * as answers from '../../incoming/answers.ts';
import { openVerification } from '../../incoming/target.ts';
import { writeOnly } from './verification-types.ts';

/** A webhook as the API answers it: its URL masked, its secrets left out. */
export function presentWebhook(deps: ApiDeps, webhook: WebhookDocument): z.output<typeof answers.webhook> {
  const { dedupe, methods, respond, contentTypes, ipAllowList, handshake, maxBodyBytes } = webhook;
  const { filter, whenPaused, captureUntil = null } = webhook;
  const verification = Object.entries(openVerification(deps.sealer, webhook));
  return {
    workflowId: webhook._id,
    url: webhookUrl(deps, '…'),
    secrets: webhook.secrets.map(({ createdAt, expiresAt = null }) => ({ createdAt, expiresAt })),
    verification: Object.fromEntries(verification.filter(([name]) => !writeOnly.includes(name))),
    dedupe: { ...dedupe },
    methods,
    respond,
    contentTypes,
    ipAllowList,
    handshake: handshake === null ? null : { verifyToken: '[set]' },
    maxBodyBytes,
    filter,
    whenPaused,
    captureUntil,
    lastUsedAt: webhook.lastUsedAt,
    createdAt: webhook.createdAt,
    updatedAt: webhook.updatedAt,
  };
}

/** The URL of a secret. */
export function webhookUrl({ config }: Pick<ApiDeps, 'config'>, secret: string): string {
  return `${publicUrl(config)}/v1/webhooks/${secret}`;
}
