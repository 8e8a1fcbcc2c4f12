import { envelopeOf } from '../log/events.ts';
import type { EventDocument } from '../log/events.ts';

/** Waits of nodes of this type can be resumed. */
export const resumable = 'wait';

/** The paths of the waits that events say were resumed: their run's workflow is to be told. */
export function resumedPaths(events: readonly EventDocument[]): string[] {
  return events
    .filter((event) => event.type === 'node.resumed')
    .map(envelopeOf)
    .filter(({ data }) => data['nodeType'] === resumable && data['outcome'] === 'resumed')
    .map(({ data }) => String(data['path']));
}
