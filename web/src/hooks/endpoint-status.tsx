import type { EndpointRow } from '../data/types.ts';
import { Status } from '../show/status.tsx';

/** How an endpoint stands: whether it takes what it is sent, or why it is sent nothing. */
export function EndpointStatus({ endpoint }: { endpoint: Pick<EndpointRow, 'status' | 'health'> }) {
  if (endpoint.status === 'disabled') return <Status status="cancelled" word="disabled" />;
  if (endpoint.health.status === 'failing') return <Status status="failure" word="failing" />;
  return <Status status="success" word="healthy" />;
}
