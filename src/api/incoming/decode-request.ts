import { AppError } from '../../errors/app-error.ts';
import type { Answer } from '../routing/route.ts';
import { inflateBody } from './capture-body.ts';
import type { VerifiedRequest } from './accept.ts';
import { mediaType } from '../../engine/json/charset.ts';
import { decodeBody, decodeLines, isNdjson } from './decode-body.ts';
import { answerSigned } from './handshakes.ts';
import type { Handshake } from './handshakes.ts';
import type { IncomingRequest } from './incoming.ts';
import type { WebhookTarget } from './target.ts';
import { failedVerification } from './verify/verify.ts';

/** @throws AppError bad-signature with what was expected */
export function assertVerified(target: WebhookTarget, incoming: IncomingRequest): void {
  const reason = failedVerification(incoming, target.verification);
  if (reason !== undefined) throw new AppError('bad-signature', `The request does not verify: ${reason}.`);
}

/**
 * Decodes a verified request; a signed handshake is answered instead.
 * @throws AppError unsupported-media-type, payload-too-large, invalid-json, invalid-request
 */
export async function decodeVerified(
  target: WebhookTarget,
  incoming: IncomingRequest,
): Promise<VerifiedRequest | Handshake> {
  const { webhook } = target;
  const { headers } = incoming;
  const contentType = headers['content-type'] ?? '';
  assertContentType(webhook.contentTypes, incoming);
  const bytes = await inflateBody(incoming.bytes, headers['content-encoding'] ?? '', webhook.maxBodyBytes);
  if (isNdjson(contentType)) {
    if (webhook.respond === 'result')
      throw new AppError('unsupported-media-type', 'A webhook that answers with a result takes no NDJSON.');
    return { incoming, bodies: decodeLines(bytes), isNdjson: true };
  }
  const body = await decodeBody(bytes, contentType);
  return answerSigned(target, incoming, body) ?? { incoming, bodies: [body], isNdjson: false };
}

/** Whether it is a handshake rather than something to start. */
export function isHandshake(given: VerifiedRequest | Handshake): given is Handshake & { answer: Answer } {
  return 'answer' in given;
}

function assertContentType(allowed: readonly string[], incoming: IncomingRequest): void {
  if (allowed.length === 0 || incoming.bytes.length === 0) return;
  const type = mediaType(incoming.headers['content-type'] ?? '');
  const isAllowed = allowed.some((one) => {
    const name = one.toLowerCase();
    return name.endsWith('/*') ? type.startsWith(name.slice(0, -1)) : name === type;
  });
  if (isAllowed) return;
  throw new AppError(
    'unsupported-media-type',
    `Expected a content-type of ${allowed.join(', ')}; came ${type || 'none'}.`,
  );
}
