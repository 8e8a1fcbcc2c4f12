/**
 * The event catalog: every event type, once. Types, projections, filters, streams, hooks, OpenAPI and docs derive from it.
 * Source: the contract's catalog of events.
 */

/** States of a run that has not ended. */
export const openRunStatuses = ['queued', 'running', 'waiting'] as const;
/** States of a run. */
export const runStatuses = [...openRunStatuses, 'success', 'partial', 'failure', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** States of an execution; the first three are open. */
export const nodeStatuses = [
  'scheduled',
  'running',
  'waiting',
  'success',
  'partial',
  'failure',
  'skipped',
  'cancelled',
] as const;
export type NodeStatus = (typeof nodeStatuses)[number];

interface CatalogEntry {
  /** What the event is about. `endpoint` events belong to the organization and have no sequence. */
  about: 'run' | 'node' | 'endpoint';
  /** When it happens, for people. */
  when: string;
  /** The state it leads to; absent when it changes none. */
  status?: RunStatus | NodeStatus;
  /** Final for its run or execution: exactly one of these is recorded. */
  final?: true;
  /** Hooks get it only when a filter names it exactly. */
  namedOnly?: true;
}

export const eventCatalog = {
  'run.queued': { about: 'run', when: 'a run was accepted and has not yet started', status: 'queued' },
  'run.blocked': { about: 'run', when: 'a run that was accepted waits for its turn' },
  'run.started': { about: 'run', when: 'the workflow has begun', status: 'running' },
  'run.waiting': { about: 'run', when: 'every unfinished node is a wait or delay', status: 'waiting' },
  'run.resumed': { about: 'run', when: 'something runs again after waiting', status: 'running' },
  'run.succeeded': { about: 'run', when: 'the run ended well', status: 'success', final: true },
  'run.partial': {
    about: 'run',
    when: 'the run ended with tolerated failures in a loop',
    status: 'partial',
    final: true,
  },
  'run.failed': {
    about: 'run',
    when: 'the run ended with an unhandled failure',
    status: 'failure',
    final: true,
  },
  'run.cancelled': { about: 'run', when: 'the run was cancelled', status: 'cancelled', final: true },
  'node.scheduled': {
    about: 'node',
    when: 'the join let the node through; one per execution',
    status: 'scheduled',
  },
  'node.started': { about: 'node', when: 'an attempt begins; one per attempt', status: 'running' },
  'node.retrying': { about: 'node', when: 'an attempt failed and another will come', status: 'scheduled' },
  'node.waiting': { about: 'node', when: 'a wait or delay begins', status: 'waiting' },
  'node.reminder': { about: 'node', when: 'a wait has not been answered for its `remindAfterMs`' },
  'node.resumed': { about: 'node', when: 'a wait or delay ends', status: 'running' },
  'node.succeeded': { about: 'node', when: 'the execution succeeded', status: 'success', final: true },
  'node.partial': {
    about: 'node',
    when: 'a loop ended with tolerated failures',
    status: 'partial',
    final: true,
  },
  'node.failed': { about: 'node', when: 'the execution failed for good', status: 'failure', final: true },
  'node.skipped': { about: 'node', when: 'the node does not run', status: 'skipped', final: true },
  'node.cancelled': {
    about: 'node',
    when: 'the execution was ended before its end',
    status: 'cancelled',
    final: true,
  },
  'node.log': { about: 'node', when: 'a line from inside an attempt', namedOnly: true },
  'node.progress': { about: 'node', when: 'progress from inside an attempt', namedOnly: true },
  'endpoint.failing': { about: 'endpoint', when: 'three attempts in a row failed' },
  'endpoint.recovered': { about: 'endpoint', when: 'the first success after failing' },
  'endpoint.disabled': { about: 'endpoint', when: 'an endpoint was disabled' },
  'delivery.exhausted': { about: 'endpoint', when: 'a delivery is at the end of its schedule' },
  'endpoint.test': { about: 'endpoint', when: 'a test send' },
} as const satisfies Record<string, CatalogEntry>;

/** A type of the catalog. */
export type EventType = keyof typeof eventCatalog;
/** The catalog's types in order. */
export const eventTypes = Object.keys(eventCatalog) as EventType[];

/** Reads one entry with its optional parts. */
export function catalogEntry(type: EventType): CatalogEntry {
  return eventCatalog[type];
}

/** The type of the event that ends an execution in a status. @throws TypeError for a status in which none has ended */
export function outcomeTypeOf(status: NodeStatus): EventType {
  const type = eventTypes.find((one) => {
    const entry = catalogEntry(one);
    return entry.about === 'node' && entry.final && entry.status === status;
  });
  if (!type) throw new TypeError(`no execution ends as ${status}`);
  return type;
}

/** Whether a run in this status has ended. */
export function isFinalRunStatus(status: RunStatus): boolean {
  return !openRunStatuses.some((open) => open === status);
}

/** Whether an execution in this status has ended. */
export function isFinalNodeStatus(status: NodeStatus): boolean {
  return !['scheduled', 'running', 'waiting'].includes(status);
}

/** Version of the envelope; new optional fields may come within it, nothing is renamed or removed. */
export const eventSchemaVersion = 1;

/** The name of a type for CloudEvents receivers, such as `io.hookloom.node.succeeded.v1`. */
export function cloudEventsType(type: EventType): string {
  return `io.hookloom.${type}.v${eventSchemaVersion}`;
}
