import type { SequencedEvent } from '../../engine/log/apply-event.ts';
import { catalogEntry, eventSchemaVersion } from '../../engine/log/event-catalog.ts';
import { presentValue } from '../../engine/log/facts.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import type { EventDocument, EventEnvelope } from './events.ts';

/** What an event is made of. `run`: as it is after the event. */
interface EventParts {
  id: string;
  appendId: string;
  event: SequencedEvent;
  run: RunProjection;
  recordedAt: Date;
}

/** Creates the record of an event, its envelope in it. */
export function createEvent(given: EventParts): EventDocument {
  const { id, appendId, event, run, recordedAt } = given;
  const status = catalogEntry(event.type).status;
  const { attemptKey, versionId } = event.data;
  const values = Object.entries(event.values ?? {});
  const refs = values.filter(([, value]) => 'ref' in value).map(([name]) => name);
  return {
    _id: id,
    runId: run.runId,
    appendId,
    sequence: event.sequence,
    type: event.type,
    recordedAt,
    organizationId: run.organizationId,
    workflowId: run.workflowId,
    ...(event.executionId ? { executionId: event.executionId } : {}),
    ...(event.node ? { path: event.node.path } : {}),
    ...(status ? { status } : {}),
    ...(event.data['reusedFrom'] === undefined ? {} : { isReused: true as const }),
    body: JSON.stringify(envelopeFor(given)),
    ...(refs.length > 0 ? { refs } : {}),
    ...(typeof attemptKey === 'string' ? { attemptKey } : {}),
    ...(typeof versionId === 'string' ? { versionId } : {}),
  };
}

function envelopeFor({ id, event, run }: EventParts): EventEnvelope {
  const { status } = catalogEntry(event.type);
  const { attemptKey: _, versionId: __, ...data } = event.data;
  const { node, executionId } = event;
  const values = Object.entries(event.values ?? {});
  return {
    id,
    type: event.type,
    timestamp: event.at,
    schemaVersion: eventSchemaVersion,
    data: {
      organizationId: run.organizationId,
      workflowId: run.workflowId,
      workflowVersion: run.workflowVersion,
      runId: run.runId,
      sequence: event.sequence,
      ...(node
        ? {
            nodeId: node.nodeId,
            path: node.path,
            ...(executionId ? { executionId } : {}),
            nodeType: node.nodeType,
          }
        : {}),
      ...(status ? { status } : {}),
      ...data,
      ...(Object.fromEntries(values.map(([name, value]) => [name, presentValue(value)])) as JsonObject),
    },
  };
}
