import { createHmac } from 'node:crypto';
import { AppError } from '../../errors/app-error.ts';
import type { Json } from '../../engine/json/json.ts';
import type { Sealer } from '../../store/access/seal.ts';
import type { Answer } from '../routing/route.ts';
import type { IncomingRequest } from './incoming.ts';
import type { WebhookTarget } from './target.ts';
import { signsChallenges } from './verify/hmac.ts';
import { equalTexts } from './verify/signature.ts';
import { secretsOf } from './verify/verify.ts';

/** A provider's question whether this is its receiver, and what it is answered. */
export interface Handshake {
  name: string;
  answer: Answer;
}

const text = (body: string, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  body,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
});

function queryText(incoming: IncomingRequest, name: string): string | undefined {
  const value = incoming.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Returns handshakes that come without a signature; `undefined` when the request is none.
 * @throws AppError webhook-refused when a verify token is wrong
 */
export function answerUnsigned(
  target: WebhookTarget,
  incoming: IncomingRequest,
  sealer: Sealer,
): Handshake | undefined {
  if (incoming.method === 'OPTIONS') return cloudEvents(incoming);
  if (incoming.method === 'GET') return meta(target, incoming, sealer) ?? twitter(target, incoming);
  if (incoming.method === 'POST') return graph(incoming);
  return undefined;
}

/** Source: HTTP 1.1 Web Hooks for Event Delivery 1.0.1 (CloudEvents), §4. */
function cloudEvents({ headers }: IncomingRequest): Handshake | undefined {
  const origin = headers['webhook-request-origin'];
  if (origin === undefined) return undefined;
  const allowed = { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*', allow: 'POST' };
  return { name: 'cloudevents', answer: { status: 200, body: '', headers: allowed } };
}

/** Source: Meta, Webhooks, "Validating verification requests". */
function meta(target: WebhookTarget, incoming: IncomingRequest, sealer: Sealer): Handshake | undefined {
  const challenge = queryText(incoming, 'hub.challenge');
  if (challenge === undefined || queryText(incoming, 'hub.mode') !== 'subscribe') return undefined;
  const { handshake } = target.webhook;
  if (handshake === null) return undefined;
  const { verifyToken } = JSON.parse(sealer.open(handshake)) as { verifyToken: string };
  if (!equalTexts(queryText(incoming, 'hub.verify_token') ?? '', verifyToken))
    throw new AppError('webhook-refused', 'The verify token is wrong.');
  return { name: 'meta', answer: text(challenge) };
}

/**
 * The answer is a signature: it is given only for tokens without braces, while with the header of X only JSON objects are
 * taken as bodies. Source: X, Account Activity API, "Challenge-response checks".
 */
function twitter({ verification }: WebhookTarget, incoming: IncomingRequest): Handshake | undefined {
  const token = queryText(incoming, 'crc_token');
  const isX = verification.type === 'hmac' && signsChallenges(verification);
  if (!isX || token === undefined || !/^[A-Za-z0-9+/=_-]{1,200}$/.test(token)) return undefined;
  const [secret = ''] = secretsOf(verification);
  const hash = createHmac('sha256', secret).update(token).digest('base64');
  return { name: 'x', answer: { status: 200, body: { response_token: `sha256=${hash}` } } };
}

/** Source: Microsoft Graph, "Receive change notifications through webhooks", `validationToken`. */
function graph(incoming: IncomingRequest): Handshake | undefined {
  const token = queryText(incoming, 'validationToken');
  return token !== undefined && incoming.sizeBytes === 0 ? { name: 'graph', answer: text(token) } : undefined;
}

/** Returns handshakes that are signed as every request; asked after verification. */
export function answerSigned(
  { verification }: WebhookTarget,
  incoming: IncomingRequest,
  body: Json,
): Handshake | undefined {
  if (incoming.headers['x-github-event'] === 'ping')
    return { name: 'github', answer: { status: 200, body: { message: 'pong' } } };
  if (!['slack', 'none'].includes(verification.type) || !isObject(body)) return undefined;
  const { type, challenge } = body;
  if (type !== 'url_verification' || typeof challenge !== 'string') return undefined;
  return { name: 'slack', answer: { status: 200, body: { challenge } } };
}

function isObject(body: Json): body is { [name: string]: Json } {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
