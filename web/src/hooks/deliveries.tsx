import { Link } from '@tanstack/react-router';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { DeliveryRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import { shortId } from '../show/id.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty } from '../show/page.tsx';
import { Ago } from '../show/time.tsx';
import { DeliveryStatus } from './delivery-status.tsx';

/** Deliveries as rows, newest first. */
export function Deliveries({ filter }: { filter: { status?: string | undefined; endpointId?: string } }) {
  const list = useList(keys.deliveryList(filter), (cursor, signal) => {
    const query = { ...filter, limit: 50, cursor } as { limit: number };
    return api().get('/v1/deliveries', { params: { query }, signal });
  });
  return (
    <ListTable<DeliveryRow>
      list={list}
      what="deliveries"
      columns={[
        { head: 'Status', cell: ({ status }) => <DeliveryStatus status={status} /> },
        {
          head: 'Delivery',
          cell: ({ id }) => (
            <Link to="/deliveries/$deliveryId" params={{ deliveryId: id }} className="mono" data-row>
              {shortId(id)}
            </Link>
          ),
        },
        { head: 'Event', cell: ({ eventType }) => eventType },
        { head: 'Attempts', wide: true, cell: ({ attempts }) => attempts.length },
        { head: 'Last answer', wide: true, cell: lastAnswer },
        { head: 'Made', cell: ({ createdAt }) => <Ago iso={createdAt} /> },
      ]}
      empty={
        <Empty title="No delivery">
          When something happens that an endpoint has subscribed to, it is delivered here, with every attempt
          and every answer.
        </Empty>
      }
    />
  );
}

function lastAnswer({ attempts }: DeliveryRow): string {
  const last = attempts.at(-1);
  if (!last) return '';
  return last.responseStatus === null ? (last.error?.type ?? 'no answer') : String(last.responseStatus);
}
