import { AppError } from '../../errors/app-error.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { isTrue } from '../../engine/json/truth.ts';
import type { Bindings } from '../../expressions/evaluate/bindings.ts';
import type { AcceptedWebhook } from '../../store/starts/accepted-webhook.ts';
import type { Transact, WebhookStart } from '../../store/starts/accept-webhook.ts';
import { runIdOfKey } from '../../store/starts/accept-plain.ts';
import type { NewRun } from '../../store/starts/accept-run.ts';
import { appendCapMs, inTime } from '../../store/mongo/in-time.ts';
import { inTransaction } from '../../store/mongo/database.ts';
import { listSkipped } from '../../store/inbox/skipped.ts';
import type { SkipReason } from '../../store/starts/accepted-webhook.ts';
import { createId } from '../../store/mongo/ids.ts';
import { recordValue, ValueTooLargeError } from '../../store/log/payloads.ts';
import { noteWebhookUse } from '../../store/workflows/webhooks.ts';
import { versionIdOf } from '../../store/workflows/workflow-versions.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { correlationOf } from './correlation.ts';
import { dedupeKeyOf } from './dedupe.ts';
import { findDoorRules } from './door-rules.ts';
import type { DoorRules } from './door-rules.ts';
import { evaluateOne } from './evaluate.ts';
import { checkData } from '../runs/check-data.ts';
import { refusingRate } from '../flow/take-rate.ts';
import { gatherRuleOf } from './gather.ts';
import { withinRates } from './rate-starts.ts';
import type { JudgedStart } from './rate-starts.ts';
import { inboxRow } from './inbox.ts';
import type { InboxRow } from './inbox.ts';
import { parseQuery } from './incoming.ts';
import type { IncomingRequest } from './incoming.ts';
import { recordedHeaders, recordedQuery } from './redact-request.ts';
import { credentialNames } from './target.ts';
import type { LiveTarget, WebhookTarget } from './target.ts';

/** A verified request with its decoded content. */
export interface VerifiedRequest {
  incoming: IncomingRequest;
  /** One body, one run; several of an NDJSON request. */
  bodies: readonly Json[];
  isNdjson: boolean;
  /** The row that this one repeats. */
  replayOf?: string | undefined;
  /** It is judged no more, so that it starts its runs: it is no duplicate, and passes the filter. */
  isForced?: boolean | undefined;
  /** The transaction that it is accepted in; default: one of its own. */
  transact?: Transact | undefined;
}

/**
 * Accepts a delivery: all its runs or, when it came before, none. Starts or resumes them soon after the commit.
 * @throws AppError payload-too-large, idempotency-key-reused, invalid-request; store-unavailable: it may yet be accepted, and
 * a sender that tries again with the same key is answered with its run
 */
export async function acceptDelivery(
  deps: ApiDeps,
  target: LiveTarget,
  delivery: VerifiedRequest,
): Promise<AcceptedWebhook> {
  const { incoming, bodies, replayOf } = delivery;
  const row = await inboxRow(target, incoming, replayOf);
  const judged = await Promise.all(
    bodies.map((_, index) => startOf(deps, target, { ...delivery, index, eventId: row._id })),
  );
  const starts = judged.flatMap((one) => (typeof one === 'string' ? [] : [one]));
  const [skipped] = judged.flatMap((one) => (typeof one === 'string' ? [one] : []));
  if (starts.length === 0 && skipped !== undefined)
    return skip(deps, { row, reason: skipped, transact: delivery.transact });
  const [first] = starts;
  const event = { ...row, ...keysOf(first) };
  const accepted = await withinRates(deps, starts, () =>
    inTime(appendCapMs, deps.webhooks.accept({ event, starts, transact: delivery.transact })),
  );
  for (const runId of accepted.startedRunIds) deps.relay.startSoon(runId);
  for (const { runId, dueAt } of accepted.gathered ?? []) deps.relay.flow.beginAt(runId, dueAt);
  void noteWebhookUse(deps.db, target.webhook, incoming.receivedAt).catch((error: unknown) =>
    deps.log.debug({ err: error }, 'the last use of a webhook was not noted'),
  );
  return accepted;
}

/** By what the request's row is found. */
function keysOf(first: WebhookStart | undefined): Pick<InboxRow, 'dedupeKey' | 'correlationKey'> {
  const { dedupe, correlation } = first ?? {};
  return {
    ...(dedupe ? { dedupeKey: dedupe.key } : {}),
    ...(correlation ? { correlationKey: correlation.key } : {}),
  };
}

/** Lists a request that starts nothing. */
async function skip(
  deps: ApiDeps,
  given: { row: InboxRow; reason: SkipReason; transact?: Transact | undefined },
): Promise<AcceptedWebhook> {
  const { row, reason } = given;
  const transact: Transact = given.transact ?? ((work) => inTransaction(deps.mongo, work));
  return inTime(
    appendCapMs,
    transact(async (session) => listSkipped(deps.db, { ...row, status: 'accepted', reason }, session)),
  );
}

/** What a request with a body starts, or why it starts nothing. */
async function startOf(
  deps: ApiDeps,
  target: LiveTarget,
  given: VerifiedRequest & { index: number; eventId: string },
): Promise<JudgedStart | SkipReason> {
  const { incoming, bodies, index, isNdjson } = given;
  const { workflow, verification, webhook } = target;
  const now = incoming.receivedAt;
  const body = bodies[index] ?? null;
  const request = requestOf(incoming, verification);
  const trigger: JsonObject = { ...request, source: 'webhook', body };
  const rules = await findDoorRules(deps, versionIdOf(workflow._id, target.liveVersion));
  checkData(rules.inputSchema, body, '');
  const asked = { workflowId: workflow._id, bindings: { ...rules.bindings, trigger, inputs: body }, now };
  if (given.isForced !== true && !(await passesFilter(webhook.filter, asked))) return 'filtered';
  const rule = { rule: webhook.dedupe, preset: verification.type, incoming };
  const found = given.isForced === true ? undefined : await dedupeKeyOf({ ...rule, ...asked });
  const dedupe = found && isNdjson ? { ...found, key: `${found.key}#${index + 1}` } : found;
  const correlation = await correlationOf(rules, asked);
  if (correlation === 'no_key') return 'no_key';
  const flow = await flowOf(rules, { ...asked, ...given }, workflow);
  const start = { dedupe, correlation, isLine: isNdjson, ...flow };
  const runId = newRunId(workflow._id, start);
  const run = await newRun(deps, target, { ...given, runId, dedupeKey: dedupe?.key, body, request });
  return { run, ...start };
}

/** The key of a request that does no more than to start one run is in the run's id. */
function newRunId(workflowId: string, start: Omit<JudgedStart, 'run'>): string {
  const { dedupe, correlation, gather, isLine } = start;
  const isPlain = !correlation && !gather && !isLine;
  return dedupe && isPlain ? runIdOfKey(workflowId, dedupe.key) : createId('run');
}

/** What is recorded of a request beside its body: `{ headers, query, method, receivedAt }`, with secrets redacted. */
export function requestOf(
  incoming: IncomingRequest,
  verification: WebhookTarget['verification'],
): JsonObject {
  return {
    headers: recordedHeaders(incoming.headers, credentialNames(verification)),
    query: parseQuery(recordedQuery(incoming.querystring, credentialNames(verification))),
    method: incoming.method,
    receivedAt: incoming.receivedAt.toISOString(),
  };
}

/** How flow control takes a request: with others, or within a rate that refuses what comes too early. */
async function flowOf(
  rules: DoorRules,
  asked: { bindings: Bindings; now: Date } & Pick<VerifiedRequest, 'isForced' | 'replayOf'>,
  { _id: workflowId, organizationId }: LiveTarget['workflow'],
): Promise<Pick<JudgedStart, 'gather' | 'rate'>> {
  const request = { ...asked, workflowId, organizationId };
  const gather = asked.isForced === true ? undefined : await gatherRuleOf(rules, request);
  // What was accepted before is not refused any more: it waits.
  if (gather || asked.replayOf !== undefined) return { gather };
  return { rate: await refusingRate(rules.flow, request) };
}

async function passesFilter(
  filter: string | null,
  { workflowId, bindings, now }: { workflowId: string; bindings: Bindings; now: Date },
): Promise<boolean> {
  if (filter === null) return true;
  return isTrue(await evaluateOne({ text: filter, name: 'filter', workflowId }, bindings, now));
}

async function newRun(
  deps: ApiDeps,
  { workflow, liveVersion }: LiveTarget,
  given: {
    runId: string;
    eventId: string;
    replayOf?: string | undefined;
    dedupeKey: string | undefined;
    body: Json;
    request: JsonObject;
  },
): Promise<NewRun> {
  const { runId, eventId, replayOf, dedupeKey, body, request } = given;
  const owner = { runId, organizationId: workflow.organizationId };
  return {
    ...owner,
    workflowId: workflow._id,
    workflowVersion: liveVersion,
    versionId: versionIdOf(workflow._id, liveVersion),
    trigger: {
      source: 'webhook',
      webhookEventId: eventId,
      ...(dedupeKey === undefined ? {} : { dedupeKey }),
      ...(replayOf === undefined ? {} : { replayOf }),
    },
    input: await record(deps, owner, body),
    request: await record(deps, owner, request),
  };
}

async function record(deps: ApiDeps, owner: { runId: string; organizationId: string }, value: Json) {
  try {
    return await recordValue(deps.db, owner, value);
  } catch (error) {
    if (error instanceof ValueTooLargeError)
      throw new AppError('payload-too-large', error.message, { cause: error });
    throw error;
  }
}
