import { z } from 'zod';
import type { Context } from 'koa';
import { startDeadline } from '../../deadline.ts';
import { AppError } from '../../errors/app-error.ts';
import { listSkipped } from '../../store/inbox/skipped.ts';
import { appendCapMs, inTime } from '../../store/mongo/in-time.ts';
import type { AcceptedWebhook } from '../../store/starts/accepted-webhook.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { route } from '../routing/route.ts';
import type { Answer } from '../routing/route.ts';
import { acceptDelivery } from './accept.ts';
import * as answers from './answers.ts';
import { captureBody } from './capture-body.ts';
import { assertVerified, decodeVerified, isHandshake } from './decode-request.ts';
import { answerUnsigned } from './handshakes.ts';
import type { Handshake } from './handshakes.ts';
import { inboxRow, listHandshake, listingRefusals } from './inbox.ts';
import { readHead } from './incoming.ts';
import type { IncomingRequest } from './incoming.ts';
import { answerOfRun, resultWaitMs } from './respond.ts';
import { assertAddress, findTarget, isLive } from './target.ts';
import type { WebhookTarget } from './target.ts';

/** The door of the house. */
export const webhookRoutes = [
  route({
    method: 'all',
    path: '/v1/webhooks/{secret}',
    scope: 'public',
    tag: 'Incoming',
    summary: 'Start or resume runs by webhook',
    params: z.object({ secret: z.string() }),
    answers: {
      202: {
        is: '`{action, reason?, runIds, eventId, duplicate}`; `Location` is the (first) run. With `respond: "result"`: the run’s answer, with its own status.',
        schema: answers.accepted,
      },
    },
    handler: async ({ deps, ctx, params }) => {
      const target = await findTarget(deps, params.secret);
      const incoming = readHead(ctx, {
        secret: params.secret,
        trustedProxies: deps.config.HOOKLOOM_TRUSTED_PROXIES,
      });
      const taken = await listingRefusals(deps, target, {
        incoming,
        work: () => take(deps, ctx, { target, incoming }),
      });
      if ('answer' in taken) {
        await listHandshake(deps, target, { incoming, name: taken.name });
        return taken.answer;
      }
      return answerAccepted(deps, ctx, { target, accepted: taken });
    },
  }),
];

/**
 * The door's order: who may ask, handshakes, how, how much, whether it is true, what it says. The body is read first:
 * a request that is refused for another reason is listed with it.
 */
async function take(
  deps: ApiDeps,
  ctx: Context,
  given: { target: WebhookTarget; incoming: IncomingRequest },
): Promise<Handshake | AcceptedWebhook> {
  const { target, incoming } = given;
  const { webhook } = target;
  const unread = await captureBody(ctx, incoming, webhook.maxBodyBytes).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  assertAddress(webhook.ipAllowList, incoming.remoteAddress);
  if (incoming.method !== 'POST') {
    const handshake = answerUnsigned(target, incoming, deps.sealer);
    if (handshake) return handshake;
  }
  assertMethod(ctx, webhook.methods);
  if (unread) throw unread;
  const handshake = answerUnsigned(target, incoming, deps.sealer);
  if (handshake) return handshake;
  verify(ctx, target, incoming);
  const delivery = await decodeVerified(target, incoming);
  if (isHandshake(delivery)) return delivery;
  return isLive(target) ? acceptDelivery(deps, target, delivery) : keep(deps, target, incoming);
}

/** Lists a request for a workflow that starts nothing now. */
async function keep(
  deps: ApiDeps,
  target: WebhookTarget,
  incoming: IncomingRequest,
): Promise<AcceptedWebhook> {
  const row = await inboxRow(target, incoming);
  const state =
    target.mode === 'hold'
      ? ({ status: 'held', reason: 'paused' } as const)
      : ({ status: 'sample', reason: 'captured' } as const);
  return inTime(appendCapMs, listSkipped(deps.db, { ...row, ...state }));
}

/** What a refusal by user name or token asks for. Source: RFC 9110 §11.6.1. */
const challenges: Readonly<Record<string, string>> = { basic: 'Basic realm="webhook"', bearer: 'Bearer' };

function verify(ctx: Context, target: WebhookTarget, incoming: IncomingRequest): void {
  try {
    assertVerified(target, incoming);
  } catch (error) {
    const challenge = challenges[target.verification.type];
    if (challenge !== undefined) ctx.set('www-authenticate', challenge);
    throw error;
  }
}

function assertMethod(ctx: Context, methods: readonly string[]): void {
  if (methods.includes(ctx.method)) return;
  ctx.set('allow', methods.join(', '));
  throw new AppError('method-not-allowed', `Expected ${methods.join(' or ')}; came ${ctx.method}.`);
}

async function answerAccepted(
  deps: ApiDeps,
  ctx: Context,
  given: { target: WebhookTarget; accepted: AcceptedWebhook },
): Promise<Answer> {
  const { target, accepted } = given;
  const [runId] = accepted.runIds;
  if (runId !== undefined) ctx.set('location', `/v1/runs/${runId}`);
  if (target.webhook.respond === 'result' && runId !== undefined && startsRun(accepted)) {
    const gone = new AbortController();
    ctx.res.once('close', () => gone.abort());
    const deadline = startDeadline(resultWaitMs, [gone.signal, deps.closing]);
    const answer = await answerOfRun(deps, runId, deadline.signal).finally(deadline.clear);
    if (answer) return answer;
  }
  return { status: 202, body: presentAccepted(accepted) };
}

/** Only who starts a run, or started it before, is answered with its result. */
function startsRun({ action, firstAction }: AcceptedWebhook): boolean {
  return (firstAction ?? action) === 'triggered';
}

/** What a sender learns of its request. */
export function presentAccepted({
  action,
  reason,
  runIds,
  eventId,
}: AcceptedWebhook): z.output<typeof answers.accepted> {
  return { action, ...(reason ? { reason } : {}), runIds, eventId, duplicate: reason === 'duplicate' };
}
