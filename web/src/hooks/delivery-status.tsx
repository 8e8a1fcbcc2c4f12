import type { DeliveryRow } from '../data/types.ts';
import { Status } from '../show/status.tsx';

/** The states of a delivery, with the mark that stands for each. */
const marks = {
  pending: 'queued',
  retrying: 'partial',
  held: 'waiting',
  success: 'success',
  failure: 'failure',
  discarded: 'cancelled',
} as const satisfies Record<DeliveryRow['status'], string>;

export const deliveryStatuses = Object.keys(marks) as DeliveryRow['status'][];

/** How a delivery stands. */
export function DeliveryStatus({ status }: { status: DeliveryRow['status'] }) {
  return <Status status={marks[status]} word={status} />;
}
