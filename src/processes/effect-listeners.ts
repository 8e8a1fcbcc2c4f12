import type { Logger } from '../log.ts';
import type { Relay } from '../relay/relay.ts';
import type { EffectListeners } from '../store/log/effect-queue.ts';

/** What hears of the effects of a process's appends: the relay carries them to Temporal. */
export function effectListeners(relay: Relay, log: Logger): EffectListeners {
  return {
    onDeliveries: relay.deliverSoon,
    onMessages: relay.carrySoon,
    onResumed: relay.resumeSoon,
    onEnded: relay.flow.ended,
    onFailure: (error, runId) =>
      log.warn({ err: error, runId }, 'what follows from the log is not carried out yet'),
  };
}
