import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { DedupeKey } from '../../store/inbox/dedupe-keys.ts';
import type { DedupeRule } from '../../store/workflows/webhooks.ts';
import type { Bindings } from '../../expressions/evaluate/bindings.ts';
import { evaluateKey } from './evaluate.ts';
import type { IncomingRequest } from './incoming.ts';

/** Where the providers put the id that stays the same when they deliver again. */
const deliveryIds: Readonly<Record<string, (incoming: IncomingRequest, body: Json) => Json | undefined>> = {
  'standard-webhooks': ({ headers }) => headers['webhook-id'] ?? headers['svix-id'],
  github: ({ headers }) => headers['x-github-delivery'],
  shopify: ({ headers }) => headers['x-shopify-event-id'] ?? headers['x-shopify-webhook-id'],
  stripe: (_, body) => memberOf(body, 'id'),
  slack: (_, body) => memberOf(body, 'event_id'),
};

function memberOf(body: Json, name: string): Json | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? body[name] : undefined;
}

/** What a key is made of. */
export interface DedupeInput {
  rule: DedupeRule;
  /** Type of the verification. */
  preset: string;
  incoming: IncomingRequest;
  workflowId: string;
  /** What the rule's expression may read. */
  bindings: Bindings & { trigger: JsonObject };
}

/**
 * Returns the key that a request has by its webhook's rule; `undefined` when it has none.
 * @throws AppError invalid-request when the rule's expression fails
 */
export async function dedupeKeyOf(input: DedupeInput): Promise<DedupeKey | undefined> {
  const found = await findKey(input);
  if (found === undefined || found.key === '') return undefined;
  const { windowSeconds } = input.rule;
  return { ...found, fingerprint: sha256(input.incoming.bytes), windowSeconds };
}

type FoundKey = { key: string; isStrict: boolean } | undefined;

async function findKey(input: DedupeInput): Promise<FoundKey> {
  const { rule, preset, incoming, bindings, workflowId } = input;
  switch (rule.by) {
    case 'none':
      return undefined;
    case 'auto':
      return automaticKey(preset, incoming, bindings.trigger['body'] ?? null);
    case 'header': {
      const name = (rule.header ?? '').toLowerCase();
      return keyOf(incoming.headers[name], name === 'idempotency-key');
    }
    case 'body':
      return keyOf(sha256(incoming.bytes), false);
    case 'expression':
      return keyOf(
        await evaluateKey(
          { text: rule.expression ?? '', name: 'dedupe', workflowId },
          bindings,
          incoming.receivedAt,
        ),
        false,
      );
  }
}

function automaticKey(preset: string, incoming: IncomingRequest, body: Json): FoundKey {
  const { headers } = incoming;
  return (
    keyOf(deliveryIds[preset]?.(incoming, body), false) ??
    keyOf(headers['idempotency-key'], true) ??
    keyOf(headers['webhook-id'], false)
  );
}

/** A key may be quoted, as a structured field is. Source: draft-ietf-httpapi-idempotency-key-header. */
function keyOf(value: Json | undefined, isStrict: boolean): FoundKey {
  if (value === undefined || value === null || value === '') return undefined;
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  return { key: /^".*"$/s.test(text) ? text.slice(1, -1) : text, isStrict };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
