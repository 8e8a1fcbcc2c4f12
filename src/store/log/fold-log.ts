/** Folds a run's log into its records, as the appends did: what the records must be. */
import { createHash } from 'node:crypto';
import { applyToExecution, applyToRun, createRun } from '../../engine/log/apply-event.ts';
import type { SequencedEvent } from '../../engine/log/apply-event.ts';
import type { RecordedValue } from '../../engine/log/facts.ts';
import type { NodeStatus } from '../../engine/log/event-catalog.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import { envelopeOf } from './events.ts';
import type { EventDocument } from './events.ts';

/** Members of `data` that are recorded values. */
const valueNames = ['input', 'request', 'output', 'result'];

/** A run with its executions by path. */
export interface FoldedRun {
  run: RunProjection;
  executions: Map<string, ExecutionProjection>;
}

/** Folds a log event by event, as the appends did. */
export class LogFold {
  readonly #keepsValues: (path: string) => boolean;
  readonly #executions = new Map<string, ExecutionProjection>();
  readonly #counts: Partial<Record<NodeStatus, number>> = {};
  #run: RunProjection | undefined;
  #isBroken = false;

  /** `keepsValues`: of which executions the values are kept whole; of the others only a digest. */
  constructor(keepsValues: (path: string) => boolean) {
    this.#keepsValues = keepsValues;
  }

  add(event: EventDocument): void {
    if (this.#isBroken) return;
    const sequenced = sequencedOf(event);
    if (!this.#run) {
      if (event.type === 'run.queued') this.#run = createRun(sequenced);
      else this.#isBroken = true;
      return;
    }
    this.#run = applyToRun(this.#run, sequenced);
    const { path } = event;
    if (path === undefined) return;
    const before = this.#executions.get(path);
    const execution = applyToExecution(before, sequenced);
    moveCount(this.#counts, before?.status, execution.status);
    this.#executions.set(path, this.#keepsValues(path) ? execution : withDigests(execution));
  }

  /** The records of what was added; `undefined` for a log that does not begin with `run.queued`. */
  result(): FoldedRun | undefined {
    if (!this.#run || this.#isBroken) return undefined;
    const executions = this.#executions;
    return { run: { ...this.#run, counts: { ...this.#counts } }, executions };
  }
}

/** Larger values are compared by their digest: a run's executions must fit into memory. */
const digestedFrom = 256;

/** The execution with digests in the place of its large values. */
export function withDigests(execution: ExecutionProjection): ExecutionProjection {
  const { input, result } = execution;
  return {
    ...execution,
    ...(input ? { input: digestOf(input) } : {}),
    ...(result ? { result: digestOf(result) } : {}),
  };
}

function digestOf(value: RecordedValue): RecordedValue {
  if (!('json' in value) || value.json.length < digestedFrom) return value;
  return { json: JSON.stringify(`sha256 ${createHash('sha256').update(value.json).digest('hex')}`) };
}

/** Counts an execution under its new status instead of the one before. */
export function moveCount(
  counts: Partial<Record<NodeStatus, number>>,
  before: NodeStatus | undefined,
  after: NodeStatus,
): void {
  if (before === after) return;
  if (before !== undefined) counts[before] = (counts[before] ?? 0) - 1;
  if (before !== undefined && counts[before] === 0) delete counts[before];
  counts[after] = (counts[after] ?? 0) + 1;
}

/** An event as the fold takes it: the stored one with the members that the envelope does not show. */
export function sequencedOf(event: EventDocument): SequencedEvent {
  const { data, timestamp } = envelopeOf(event);
  const { nodeId, path, nodeType, executionId } = data;
  const values = valueNames.flatMap((name) =>
    Object.hasOwn(data, name)
      ? [[name, valueOf(data[name] ?? null, event.refs?.includes(name))] as const]
      : [],
  );
  const extra: JsonObject = {
    ...(event.attemptKey === undefined ? {} : { attemptKey: event.attemptKey }),
    ...(event.versionId === undefined ? {} : { versionId: event.versionId }),
  };
  return {
    key: event._id,
    type: event.type,
    at: timestamp,
    runId: event.runId,
    sequence: event.sequence,
    data: { ...data, ...extra },
    values: Object.fromEntries(values),
    ...(path === undefined
      ? {}
      : {
          node: { path: String(path), nodeId: String(nodeId), nodeType: String(nodeType) },
          executionId: String(executionId),
        }),
  };
}

function valueOf(value: Json, isRef = false): RecordedValue {
  if (!isRef) return { json: JSON.stringify(value) };
  const { $ref, bytes } = value as { $ref: string; bytes: number };
  return { ref: $ref, bytes };
}
