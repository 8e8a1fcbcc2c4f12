import { Select } from '@mantine/core';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { EndpointRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Page, Panel } from '../show/page.tsx';
import { Ago } from '../show/time.tsx';
import { Deliveries } from './deliveries.tsx';
import { deliveryStatuses } from './delivery-status.tsx';
import { EndpointStatus } from './endpoint-status.tsx';

const here = getRouteApi('/shell/hooks');

/** Hook endpoints with their health, and what was delivered to them. */
export function HooksPage() {
  const { status } = here.useSearch();
  const navigate = useNavigate();
  return (
    <Page title="Hooks">
      <Panel flush title="Endpoints">
        <Endpoints />
      </Panel>
      <Panel
        flush
        title="Deliveries"
        aside={
          <Select
            aria-label="Status of deliveries"
            placeholder="Any status"
            data={[...deliveryStatuses]}
            value={status ?? null}
            onChange={(value) =>
              void navigate({ to: '/hooks', search: { status: value ?? undefined }, replace: true })
            }
            clearable
            w={170}
          />
        }
      >
        <Deliveries filter={{ status }} />
      </Panel>
    </Page>
  );
}

function Endpoints() {
  const list = useList(keys.endpoints, (cursor, signal) => {
    const query = { limit: 50, cursor } as { limit: number };
    return api().get('/v1/execution-webhooks', { params: { query }, signal });
  });
  return (
    <ListTable<EndpointRow>
      list={list}
      what="endpoints"
      columns={[
        { head: 'Health', cell: (endpoint) => <EndpointStatus endpoint={endpoint} /> },
        {
          head: 'Endpoint',
          cell: ({ id, name, url }) => (
            <Link to="/hooks/$endpointId" params={{ endpointId: id }} data-row>
              {name || url}
            </Link>
          ),
        },
        { head: 'Address', wide: true, cell: ({ url }) => <span className="mono">{url}</span> },
        { head: 'Events', wide: true, cell: ({ subscribedEventTypes }) => subscribedEventTypes.join(', ') },
        {
          head: 'Last success',
          cell: ({ health }) => (health.lastSuccessAt ? <Ago iso={health.lastSuccessAt} /> : 'none yet'),
        },
      ]}
      empty={
        <Empty title="No hook endpoint">
          An endpoint is an address of yours that is told, signed and retried, what happens in runs. Make one
          with <code>POST /v1/execution-webhooks</code>; see <a href="/docs">the API reference</a>.
        </Empty>
      }
    />
  );
}
