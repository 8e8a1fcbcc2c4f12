/** What the API answers, as the pages read it. */
import type { Answer } from '../../../src/client/index.ts';
import type { NodeStatus, RunStatus } from '../../../src/engine/log/event-catalog.ts';
import type { RunError } from '../../../src/engine/log/facts.ts';
import type { Definition } from '../../../src/engine/definition/definition.ts';
import type { Json, JsonObject } from '../../../src/engine/json/json.ts';

/** A page of a list. */
export interface PageOf<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Who is signed in. */
export type Whoami = Answer<'/v1/whoami', 'get'>;

/** A run as lists show it. */
export interface RunRow {
  id: string;
  workflowId: string;
  workflowVersion: number;
  status: RunStatus;
  trigger: JsonObject;
  error: RunError | null;
  counts: Partial<Record<NodeStatus, number>>;
  rerunOf: string | null;
  parentRunId: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  durationMs: number | null;
}

/** A workflow. */
export interface WorkflowRow {
  id: string;
  name: string;
  description: string;
  status: 'draft' | 'active' | 'paused' | 'archived';
  latestVersion: number;
  liveVersion: number | null;
  createdAt: string;
  updatedAt: string;
}

/** A version of a workflow. */
export interface VersionRow {
  workflowId: string;
  version: number;
  contentHash: string;
  createdAt: string;
}

export type WholeVersion = VersionRow & { definition: Definition };

/** An attempt of a delivery. */
export interface DeliveryAttempt {
  number: number;
  startedAt: string;
  finishedAt?: string | null;
  responseStatus?: number | null;
  error?: string | null;
  [name: string]: Json | undefined;
}

/** A delivery of an event to a hook endpoint. */
export interface DeliveryRow {
  id: string;
  endpointId: string;
  eventId: string;
  eventType: string;
  workflowId: string | null;
  runId: string | null;
  status: string;
  reason: string | null;
  replayOf: string | null;
  attempts: DeliveryAttempt[];
  retryCount: number;
  maxRetries: number;
  nextRetryAt: string | null;
  createdAt: string;
}
