import type { EventType } from '../../engine/log/event-catalog.ts';
import type { JsonObject } from '../../engine/json/json.ts';

/** The envelope: one shape in the log, in streams, in hooks and in API answers. */
export interface EventEnvelope {
  id: string;
  type: EventType;
  /** When it happened, ISO 8601. */
  timestamp: string;
  schemaVersion: number;
  data: JsonObject;
}

/** An event as the log has it. Never changed, never deleted before retention. */
export interface EventDocument {
  _id: string;
  runId: string;
  /** The append that holds it. */
  appendId: string;
  /** 1, 2, 3 … per run without a gap. */
  sequence: number;
  type: EventType;
  recordedAt: Date;
  organizationId: string;
  workflowId: string;
  executionId?: string;
  /** Which endpoint an `endpoint.*` or `delivery.*` event is about. */
  endpointId?: string;
  path?: string;
  status?: string;
  /** It was taken over from the run that this one retries. */
  isReused?: true;
  /** The envelope as compact JSON: exactly what streams and hooks send. Text, because user values may be deeper and odder than BSON allows. */
  body: string;
  /** Which members of `data` are references to payloads. */
  refs?: string[];
  /** Members of the fold that the envelope does not show. */
  attemptKey?: string;
  versionId?: string;
}

/** The envelope of a recorded event. */
export function envelopeOf(event: EventDocument): EventEnvelope {
  return JSON.parse(event.body) as EventEnvelope;
}
