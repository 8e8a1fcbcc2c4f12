/** Folds a run's log into its records, as the appends did: what the records must be. */
import { applyToExecution, applyToRun, createRun } from '../engine/apply-event.ts';
import type { SequencedEvent } from '../engine/apply-event.ts';
import type { RecordedValue } from '../engine/facts.ts';
import type { NodeStatus } from '../engine/event-catalog.ts';
import type { Json, JsonObject } from '../engine/json.ts';
import type { ExecutionProjection, RunProjection } from '../engine/projections.ts';
import { envelopeOf } from './events.ts';
import type { EventDocument } from './events.ts';

/** Members of `data` that are recorded values. */
const valueNames = ['input', 'request', 'output', 'result'];

/** A run with its executions by path. */
export interface FoldedRun {
  run: RunProjection;
  executions: Map<string, ExecutionProjection>;
}

/** Answers the records of a log in order; `undefined` for one that does not begin with `run.queued`. */
export function foldLog(events: readonly EventDocument[]): FoldedRun | undefined {
  const [first] = events;
  if (first?.type !== 'run.queued') return undefined;
  const executions = new Map<string, ExecutionProjection>();
  let run = createRun(sequencedOf(first));
  for (const event of events.slice(1)) {
    const sequenced = sequencedOf(event);
    run = applyToRun(run, sequenced);
    const { path } = event;
    if (path !== undefined) executions.set(path, applyToExecution(executions.get(path), sequenced));
  }
  return { run: { ...run, counts: countsOf(executions.values()) }, executions };
}

function countsOf(executions: Iterable<ExecutionProjection>): Partial<Record<NodeStatus, number>> {
  const counts: Partial<Record<NodeStatus, number>> = {};
  for (const { status } of executions) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** An event as the fold takes it: the stored one with the members that the envelope does not show. */
function sequencedOf(event: EventDocument): SequencedEvent {
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
