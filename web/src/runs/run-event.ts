import type { EventType } from '../../../src/engine/log/event-catalog.ts';
import type { RunError } from '../../../src/engine/log/facts.ts';
import type { QueuePlace } from '../../../src/engine/log/queue-place.schema.ts';
import type { Json, JsonObject } from '../../../src/engine/json/json.ts';

/** An event of a run's log. */
export interface RunEvent {
  id: string;
  type: EventType;
  timestamp: string;
  data: {
    workflowId: string;
    workflowVersion: number;
    runId: string;
    sequence: number;
    nodeId?: string;
    path?: string;
    executionId?: string;
    nodeType?: string;
    status?: string;
    attempt?: number;
    durationMs?: number;
    input?: Json;
    result?: Json;
    output?: Json;
    error?: RunError;
    branch?: string;
    reason?: string;
    queue?: QueuePlace;
    nextAttemptAt?: string;
    until?: string;
    childRunId?: string;
    outcome?: string;
    level?: string;
    message?: string;
    done?: number;
    total?: number;
    iteration?: number;
    data?: Json;
    fields?: JsonObject;
    trigger?: JsonObject;
    webhookEventId?: string;
  };
}
