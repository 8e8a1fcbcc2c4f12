/** The log checker: what must hold of a run's log, its records and its deliveries. */
import type { ClientSession, Db } from 'mongodb';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { currentMs } from '../../clock.ts';
import { clockSkewMs } from '../endpoints/match-events.ts';
import { createDelivery, deliveriesOf } from '../deliveries/deliveries.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { endpointsOf, isSubscribed } from '../endpoints/endpoints.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { appendRange, appendsOf, eventsIn } from '../log/appends.ts';
import type { AppendDocument } from '../log/appends.ts';
import { envelopeOf } from '../log/events.ts';
import type { EventDocument } from '../log/events.ts';
import { executionsOf } from '../log/executions.ts';
import { LogFold, withDigests } from '../log/fold-log.ts';
import type { FoldedRun } from '../log/fold-log.ts';
import { payloadsOf } from '../log/payloads.ts';
import { runsOf } from '../log/runs.ts';

/** What was found of one run. */
export interface CheckedRun {
  runId: string;
  /** Sentences; empty when all holds. */
  problems: string[];
  /** Whether the log itself is wrong: then records cannot be made from it. */
  isLogWrong: boolean;
  /** Sequence of the last event that was looked at. */
  lastSequence: number;
  /** Paths whose records are not what the log says. */
  wrongPaths: string[];
  missingDeliveries: DeliveryDocument[];
}

/** Members that only the fold's records have; what the relay keeps beside them is no part of the log. */
const runMembers: (keyof RunProjection)[] = [
  ...([
    'organizationId',
    'workflowId',
    'workflowVersion',
    'versionId',
    'status',
    'trigger',
    'input',
  ] as const),
  ...(['request', 'output', 'error', 'counts', 'lastSequence', 'parentRunId', 'rerunOf'] as const),
  ...(['failedRunId', 'failureRunId', 'failureWorkflowId'] as const),
  ...(['createdAt', 'startedAt', 'finishedAt', 'lastEventAt'] as const),
];

/** Appends that are in memory at a time: each may be of some megabytes. */
const batch = 20;

/** How long records may lag behind their log, in milliseconds: by then the sweep has been there. */
const lagMs = 15_000;
const lookEveryMs = 100;

/**
 * Checks one run as it was at one moment. Its log is read as a stream; values are compared by their digests. Waits for
 * records that lag behind a log that is young.
 */
export async function checkRun(db: Db, runId: string): Promise<CheckedRun> {
  for (;;) {
    const { checked, isLagging } = await db.client.withSession({ snapshot: true }, (session) =>
      new RunCheck(db, session, runId).make(),
    );
    if (!isLagging) return checked;
    await delay(lookEveryMs);
  }
}

class RunCheck {
  readonly #db: Db;
  readonly #session: ClientSession;
  readonly #runId: string;
  readonly #fold = new LogFold(() => false);
  readonly #order = new OrderCheck();
  readonly #problems: string[] = [];
  readonly #missing: DeliveryDocument[] = [];
  #lastRecordedAt: Date | undefined;

  constructor(db: Db, session: ClientSession, runId: string) {
    this.#db = db;
    this.#session = session;
    this.#runId = runId;
  }

  async make(): Promise<{ checked: CheckedRun; isLagging: boolean }> {
    const { batches, run } = await this.#open();
    for await (const appends of batches) await this.#add(appends);
    const folded = this.#fold.result();
    const records = folded ? await this.#checkRecords(folded, run) : { problems: [], wrongPaths: [] };
    const order = this.#order.result();
    const logProblems = [...order, ...(folded ? [] : ['the log does not begin with run.queued'])];
    const checked = {
      runId: this.#runId,
      problems: [...logProblems, ...records.problems, ...this.#problems],
      isLogWrong: logProblems.length > 0,
      lastSequence: folded?.run.lastSequence ?? 0,
      wrongPaths: records.wrongPaths,
      missingDeliveries: this.#missing,
    };
    return { checked, isLagging: this.#isYoung() && isBehind(run, folded) };
  }

  #isYoung(): boolean {
    return currentMs() - (this.#lastRecordedAt?.getTime() ?? 0) < lagMs;
  }

  async #open() {
    const at = { session: this.#session };
    const run = await runsOf(this.#db).findOne({ _id: this.#runId }, at);
    const log = appendsOf(this.#db).find({ _id: appendRange(this.#runId) }, { ...at, batchSize: batch });
    return { run, batches: inBatches(log.sort({ _id: 1 })) };
  }

  async #add(appends: readonly AppendDocument[]): Promise<void> {
    for (const append of appends) {
      this.#order.addAppend(append);
      for (const event of eventsIn(append)) this.#fold.add(event);
      const counts = this.#fold.result()?.run.counts;
      if (canonical(counts) !== canonical(append.counts))
        this.#problems.push(
          `${append._id}: the log counts ${short(counts)}; the append says ${short(append.counts)}`,
        );
      this.#lastRecordedAt = append.recordedAt;
    }
    const events = appends.flatMap(eventsIn);
    const missing = await findMissingDeliveries(this.#db, this.#session, events);
    this.#missing.push(...missing);
    for (const { eventId, endpointId } of missing)
      this.#problems.push(`event ${eventId} has no delivery to endpoint ${endpointId}`);
    this.#problems.push(...(await checkPayloads(this.#db, this.#session, events)));
  }

  async #checkRecords(folded: FoldedRun, run: RunProjection | null) {
    const problems = run
      ? runMembers
          .filter((name) => canonical(run[name]) !== canonical(folded.run[name]))
          .map((name) => describe('run', name, { run, folded }))
      : ['the run has a log and no record'];
    const wrongPaths: string[] = [];
    const missing = new Set(folded.executions.keys());
    const stored = executionsOf(this.#db).find({ runId: this.#runId }, { session: this.#session });
    for await (const execution of stored) {
      missing.delete(execution.path);
      const { path } = execution;
      const wrong = checkExecution(path, withDigests(execution), folded.executions.get(path));
      if (wrong.length > 0) wrongPaths.push(path);
      problems.push(...wrong);
    }
    for (const path of missing) problems.push(`${path} has events and no record`);
    return { problems, wrongPaths: [...wrongPaths, ...missing] };
  }
}

function isBehind(record: RunProjection | null, folded: FoldedRun | undefined): boolean {
  return (folded?.run.lastSequence ?? 0) > (record?.lastSequence ?? 0);
}

/** Reads a cursor some rows at a time. */
async function* inBatches<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let group: Row[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < batch) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** No gap; one end and nothing after it; one final event per execution and nothing after it. */
class OrderCheck {
  readonly #problems: string[] = [];
  /** By path: the final event, once it has come. */
  readonly #final = new Map<string, string | undefined>();
  #sequence = 0;
  #lastAt = '';
  #hasGap = false;
  #hasEnded = false;

  addAppend(append: AppendDocument): void {
    const { _id, from, to } = append;
    const events = eventsIn(append);
    if (events.length !== to - from + 1 || append.events.split('\n').length !== events.length)
      this.#problems.push(`${_id} says that it holds ${from} to ${to}; it holds ${events.length} events`);
    for (const event of events) this.#add(event);
  }

  #add(event: EventDocument): void {
    this.#checkHead(event);
    const { type, path = '', sequence } = event;
    this.#sequence += 1;
    if (sequence !== this.#sequence && !this.#hasGap) {
      this.#hasGap = true;
      this.#problems.push(`expected sequence ${this.#sequence}; came ${sequence}`);
    }
    if (this.#hasEnded) this.#problems.push(`${type} (${sequence}) stands after the end of the run`);
    const { about, final: isFinal } = catalogEntry(type);
    if (about === 'run') {
      this.#hasEnded ||= isFinal === true;
      return;
    }
    const before = this.#final.get(path);
    if (before !== undefined) this.#problems.push(`${type} (${sequence}) of ${path} stands after ${before}`);
    else this.#final.set(path, isFinal ? type : undefined);
  }

  #checkHead(event: EventDocument): void {
    const { type, path = '', sequence } = event;
    const envelope = envelopeOf(event);
    const { timestamp: at } = envelope;
    if (at < this.#lastAt) this.#problems.push(`${type} (${sequence}) is of ${at}, before ${this.#lastAt}`);
    this.#lastAt = at;
    const { path: toldPath = '', sequence: toldSequence } = envelope.data;
    const isPlace = toldPath === path && toldSequence === sequence;
    if (envelope.type !== type || envelope.id !== event._id || !isPlace)
      this.#problems.push(`${type} (${sequence}) is not what its head says`);
  }

  result(): string[] {
    const open = this.#hasEnded ? [...this.#final].filter(([, type]) => type === undefined) : [];
    return [...this.#problems, ...open.map(([path]) => `${path} has no final event, and the run has ended`)];
  }
}

function describe(
  what: string,
  name: keyof RunProjection,
  at: { run: RunProjection; folded: FoldedRun },
): string {
  return `${what}.${name}: the log says ${short(at.folded.run[name])}; the record says ${short(at.run[name])}`;
}

function checkExecution(
  path: string,
  stored: ExecutionProjection,
  folded: ExecutionProjection | undefined,
): string[] {
  if (!folded) return [`${path} has a record and no event`];
  const names = Object.keys(folded) as (keyof ExecutionProjection)[];
  return names
    .filter((name) => canonical(stored[name]) !== canonical(folded[name]))
    .map(
      (name) =>
        `${path}.${name}: the log says ${short(folded[name])}; the record says ${short(stored[name])}`,
    );
}

/** Every endpoint that was there, unchanged, when an event was recorded has a delivery of it. */
async function findMissingDeliveries(
  db: Db,
  session: ClientSession,
  events: readonly EventDocument[],
): Promise<DeliveryDocument[]> {
  const organizationId = events[0]?.organizationId ?? '';
  const endpoints = await endpointsOf(db).find({ organizationId, deletedAt: null }, { session }).toArray();
  const wasUnchanged = (event: EventDocument, endpoint: EndpointDocument) =>
    endpoint.updatedAt.getTime() + clockSkewMs < event.recordedAt.getTime();
  const wanted = events.flatMap((event) =>
    endpoints
      .filter((endpoint) => wasUnchanged(event, endpoint) && isSubscribed(endpoint, event))
      .map((endpoint) => createDelivery(event, endpoint)),
  );
  if (wanted.length === 0) return [];
  const ids = wanted.map((delivery) => delivery._id);
  const known = await deliveriesOf(db)
    .find({ _id: { $in: ids } }, { session, projection: { _id: 1 } })
    .toArray();
  const knownIds = new Set(known.map((delivery) => delivery._id));
  return wanted.filter((delivery) => !knownIds.has(delivery._id));
}

async function checkPayloads(
  db: Db,
  session: ClientSession,
  events: readonly EventDocument[],
): Promise<string[]> {
  const wanted = events.flatMap((event) => {
    if (!event.refs) return [];
    const { data } = JSON.parse(event.body) as { data: Record<string, { $ref: string }> };
    return event.refs.map((name) => data[name]?.$ref ?? '');
  });
  if (wanted.length === 0) return [];
  const found = await payloadsOf(db)
    .find({ _id: { $in: wanted }, runId: events[0]?.runId ?? '' }, { session, projection: { _id: 1 } })
    .toArray();
  const known = new Set(found.map((payload) => payload._id));
  return wanted.filter((ref) => !known.has(ref)).map((ref) => `the value ${ref} is missing`);
}

/** JSON with sorted names: the database does not keep their order everywhere. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'nothing'
  );
}

function short(value: unknown): string {
  const text = canonical(value);
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}
