/** The log checker: what must hold of a run's log, its records and its deliveries. */
import type { Db } from 'mongodb';
import { catalogEntry, isFinalRunStatus } from '../engine/event-catalog.ts';
import type { ExecutionProjection, RunProjection } from '../engine/projections.ts';
import { appendCapMs } from './database.ts';
import { createDelivery, deliveriesOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { endpointsOf, isSubscribed } from './endpoints.ts';
import type { EndpointDocument } from './endpoints.ts';
import { eventsOf } from './events.ts';
import type { EventDocument } from './events.ts';
import { executionsOf } from './executions.ts';
import { foldLog } from './fold-log.ts';
import type { FoldedRun } from './fold-log.ts';
import { payloadsOf } from './payloads.ts';
import { runsOf } from './runs.ts';

/** What was found of one run. */
export interface CheckedRun {
  runId: string;
  /** Sentences; empty when all holds. */
  problems: string[];
  /** What the records should be; absent for a log that cannot be folded. */
  folded?: FoldedRun;
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
  ...(['createdAt', 'startedAt', 'finishedAt'] as const),
];

/** Checks one run at one moment. */
export async function checkRun(db: Db, runId: string): Promise<CheckedRun> {
  // The record first: what is appended meanwhile is above its sequence and is left out.
  const run = await runsOf(db).findOne({ _id: runId });
  const all = await eventsOf(db).find({ runId }).sort({ sequence: 1 }).toArray();
  const events =
    run && !isFinalRunStatus(run.status) ? all.filter((one) => one.sequence <= run.lastSequence) : all;
  const folded = foldLog(events);
  const missingDeliveries = await findMissingDeliveries(db, events);
  const problems = [
    ...checkSequence(events),
    ...checkEnds(events),
    ...(folded ? await checkRecords(db, folded, run) : ['the log does not begin with run.queued']),
    ...missingDeliveries.map((one) => `event ${one.eventId} has no delivery to endpoint ${one.endpointId}`),
    ...(await checkPayloads(db, runId, events)),
  ];
  return { runId, problems, missingDeliveries, ...(folded ? { folded } : {}) };
}

function checkSequence(events: readonly EventDocument[]): string[] {
  const wrong = events.findIndex((event, index) => event.sequence !== index + 1);
  return wrong < 0 ? [] : [`expected sequence ${wrong + 1}; came ${events[wrong]?.sequence}`];
}

/** One end and nothing after it; one final event per execution and nothing after it. */
function checkEnds(events: readonly EventDocument[]): string[] {
  const problems: string[] = [];
  const final = new Map<string, string>();
  let hasEnded = false;
  for (const { type, path = '', sequence } of events) {
    if (hasEnded) problems.push(`${type} (${sequence}) stands after the end of the run`);
    const { about, final: isFinal } = catalogEntry(type);
    if (about === 'run') hasEnded ||= isFinal === true;
    else if (final.has(path))
      problems.push(`${type} (${sequence}) of ${path} stands after ${final.get(path)}`);
    else if (isFinal) final.set(path, type);
  }
  const open = new Set(events.flatMap(({ path }) => (path !== undefined && !final.has(path) ? [path] : [])));
  if (hasEnded) for (const path of open) problems.push(`${path} has no final event, and the run has ended`);
  return problems;
}

async function checkRecords(db: Db, folded: FoldedRun, run: RunProjection | null): Promise<string[]> {
  if (!run) return ['the run has a log and no record'];
  const wrong = runMembers.filter((name) => canonical(run[name]) !== canonical(folded.run[name]));
  // A run that goes on changes its executions while they are read.
  if (!isFinalRunStatus(folded.run.status))
    return wrong.map((name) => describe('run', name, { run, folded }));
  const executions = await executionsOf(db).find({ runId: folded.run.runId }).toArray();
  const stored = new Map(executions.map((one) => [one.path, one]));
  const paths = new Set([...stored.keys(), ...folded.executions.keys()]);
  return [
    ...wrong.map((name) => describe('run', name, { run, folded })),
    ...[...paths].flatMap((path) => checkExecution(path, stored.get(path), folded.executions.get(path))),
  ];
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
  stored: ExecutionProjection | undefined,
  folded: ExecutionProjection | undefined,
): string[] {
  if (!folded) return [`${path} has a record and no event`];
  if (!stored) return [`${path} has events and no record`];
  const names = Object.keys(folded) as (keyof ExecutionProjection)[];
  return names
    .filter((name) => canonical(stored[name]) !== canonical(folded[name]))
    .map(
      (name) =>
        `${path}.${name}: the log says ${short(folded[name])}; the record says ${short(stored[name])}`,
    );
}

/** Every endpoint that was there, unchanged, when an event was recorded has a delivery of it. */
async function findMissingDeliveries(db: Db, events: readonly EventDocument[]): Promise<DeliveryDocument[]> {
  const [first] = events;
  if (!first) return [];
  const { organizationId, runId } = first;
  const endpoints = await endpointsOf(db).find({ organizationId, deletedAt: null }).toArray();
  if (endpoints.length === 0) return [];
  const deliveries = await deliveriesOf(db)
    .find({ runId }, { projection: { _id: 1 } })
    .toArray();
  const known = new Set(deliveries.map((delivery) => delivery._id));
  const wasThere = (event: EventDocument, endpoint: EndpointDocument) =>
    endpoint.updatedAt.getTime() + appendCapMs < event.recordedAt.getTime();
  return events.flatMap((event) =>
    endpoints
      .filter((endpoint) => wasThere(event, endpoint) && isSubscribed(endpoint, event))
      .map((endpoint) => createDelivery(event, endpoint))
      .filter((delivery) => !known.has(delivery._id)),
  );
}

async function checkPayloads(db: Db, runId: string, events: readonly EventDocument[]): Promise<string[]> {
  const wanted = events.flatMap((event) => {
    const { data } = JSON.parse(event.body) as { data: Record<string, { $ref: string }> };
    return (event.refs ?? []).map((name) => data[name]?.$ref ?? '');
  });
  if (wanted.length === 0) return [];
  const found = await payloadsOf(db)
    .find({ runId }, { projection: { _id: 1 } })
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
