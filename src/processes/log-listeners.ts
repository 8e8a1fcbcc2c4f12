import type { Relay } from '../relay/relay.ts';

/** What hears of what a process has appended: the relay carries it on. */
export function logListeners(relay: Relay) {
  return {
    onDeliveries: relay.deliverSoon,
    onMessages: relay.carrySoon,
    onResumed: relay.resumeSoon,
    onEnded: relay.flow.ended,
  };
}
