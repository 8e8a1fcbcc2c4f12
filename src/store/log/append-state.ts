import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import type { EventDocument } from './events.ts';

/** What must be known of a run before facts are appended to it. */
export interface KnownState {
  run: RunProjection | undefined;
  isNewRun: boolean;
  /** Ids of events that are recorded already, as far as the facts may cause them. */
  knownIds: Set<string>;
  /** By path, as far as the facts are about them. */
  executions: Map<string, ExecutionProjection>;
}

/** What an append works on. */
export interface AppendState extends KnownState {
  runId: string;
  changed: Set<string>;
  events: EventDocument[];
  now: Date;
}
