import { Status } from '../show/status.tsx';

/** What may become of a request, with the mark that stands for it. Source: docs/webhooks.md. */
const marks = {
  accepted: 'success',
  duplicate: 'skipped',
  rejected: 'failure',
  handshake: 'success',
  held: 'waiting',
  released: 'success',
  discarded: 'cancelled',
  sample: 'none',
} as const;

export const incomingStatuses = Object.keys(marks) as (keyof typeof marks)[];

/** What became of a request. */
export function IncomingStatus({ status }: { status: keyof typeof marks }) {
  return <Status status={marks[status]} word={status} />;
}
