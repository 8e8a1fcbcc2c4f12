import type { AnsweredBy } from '../../engine/log/facts.ts';
import type { Json } from '../../engine/json/json.ts';

/** What resumes a wait. */
export interface Resume {
  data: Json;
  /** The request that brings it. */
  eventId?: string | undefined;
  answeredBy?: AnsweredBy | undefined;
}
