import type { Db, MongoClient } from 'mongodb';
import type { Config } from '../../config.ts';
import type { Logger } from '../../log.ts';
import type { Relay } from '../../relay/relay.ts';
import type { WebhookAcceptor } from '../../store/starts/webhook-acceptor.ts';
import type { EventHub } from '../../store/live/event-hub.ts';
import type { ResumeLinks } from '../../store/waits/resume-links.ts';
import type { RunLog } from '../../store/log/run-log.ts';
import type { Sealer } from '../../store/access/seal.ts';
import type { OpenedWebhook } from '../../store/workflows/find-webhook.ts';
import type { Metrics } from '../operations/metrics/metrics.ts';
import type { SignInLinks } from '../access/sign-in/sign-in-links.ts';
import type { KeyWatch } from '../streams/key-watch.ts';
import type { StreamTokens } from '../streams/stream-tokens.ts';

/** Everything the API is made with. */
export interface ApiDeps {
  config: Config;
  log: Logger;
  db: Db;
  mongo: MongoClient;
  runLog: RunLog;
  /** What a secret URL opens. */
  findWebhook(secret: string): Promise<OpenedWebhook | null>;
  /** Accepts webhooks, those that come at once together. */
  webhooks: WebhookAcceptor;
  /** Accepts what was held of workflows that were resumed so. */
  releaseHeldSoon(): void;
  /** Goes on with bulk jobs. */
  jobsSoon(): void;
  sealer: Sealer;
  resumeLinks: Pick<ResumeLinks, 'read'>;
  /** Carries accepted work to Temporal. */
  relay: Omit<Relay, 'stop'>;
  /** The version of Temporal; `null` while it does not answer. */
  temporalVersion(): Promise<string | null>;
  /** Whether each further part works that this process is to have, by name. */
  parts(): Record<string, boolean>;
  /** Live events of the log. */
  events: EventHub;
  /** Ends the streams of keys that are no longer live. */
  keyWatch: KeyWatch;
  /** Links that sign the dashboard in; only development makes some. */
  signInLinks: Pick<SignInLinks, 'redeem'>;
  /** Tokens that open one stream each. */
  streamTokens: StreamTokens;
  metrics: Metrics;
  /** Aborted when the API stops: streams end then. */
  closing: AbortSignal;
}
