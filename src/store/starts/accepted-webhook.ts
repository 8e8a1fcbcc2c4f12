/** What becomes of the requests that come in. */
/** Why a request starts nothing, beside that it is a duplicate. */
export type SkipReason = 'filtered' | 'no_key' | 'paused' | 'captured';

/** What a request did. */
export type WebhookAction = 'triggered' | 'resumed' | 'debounced' | 'batched' | 'skipped';

/** What became of a request. */
export interface AcceptedWebhook extends Part {
  /** Its row of the inbox. */
  eventId: string;
}

/** What one start of a request came to, or all of them together. */
export interface Part {
  action: WebhookAction;
  /** Why it was skipped. */
  reason?: 'duplicate' | 'held' | 'no_wait' | SkipReason;
  /** Started or resumed, in the order of the starts; of a duplicate the first request's. */
  runIds: string[];
  /** The runs that this request began. */
  startedRunIds: string[];
  resumedRunIds: string[];
  /** Runs that begin later, for which it was gathered with others. */
  gathered?: { runId: string; dueAt: Date }[];
  /** What the first request did, of a duplicate. */
  firstAction?: WebhookAction;
}
