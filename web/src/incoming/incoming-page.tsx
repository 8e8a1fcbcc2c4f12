import { Select } from '@mantine/core';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { api } from '../data/client.ts';
import { keys, useWorkflowNames } from '../data/queries.ts';
import type { IncomingRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import { formatBytes } from '../show/count.ts';
import { shortId } from '../show/id.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Page, Panel } from '../show/page.tsx';
import { Ago } from '../show/time.tsx';
import { IncomingStatus, incomingStatuses } from './incoming-status.tsx';

const here = getRouteApi('/shell/incoming');

/** Everything that came in, as it came: what was taken, what was not, and why. */
export function IncomingPage() {
  const { status, workflowId } = here.useSearch();
  const navigate = useNavigate();
  return (
    <Page title="Incoming">
      <Panel
        flush
        title="Newest first"
        aside={
          <Select
            aria-label="Status"
            placeholder="Any status"
            data={[...incomingStatuses]}
            value={status ?? null}
            onChange={(value) =>
              void navigate({
                to: '/incoming',
                search: { status: value ?? undefined, workflowId },
                replace: true,
              })
            }
            clearable
            w={170}
          />
        }
      >
        <Requests status={status} workflowId={workflowId} />
      </Panel>
    </Page>
  );
}

function Requests(filter: { status: string | undefined; workflowId: string | undefined }) {
  const nameOf = useWorkflowNames();
  const list = useList(keys.incoming(filter), (cursor, signal) => {
    const query = { ...filter, limit: 50, cursor } as { limit: number };
    return api().get('/v1/webhook-events', { params: { query }, signal });
  });
  return (
    <ListTable<IncomingRow>
      list={list}
      what="requests"
      columns={[
        { head: 'Status', cell: ({ status }) => <IncomingStatus status={status} /> },
        {
          head: 'Request',
          cell: ({ id }) => (
            <Link to="/incoming/$eventId" params={{ eventId: id }} className="mono" data-row>
              {shortId(id)}
            </Link>
          ),
        },
        { head: 'Workflow', cell: ({ workflowId }) => nameOf(workflowId) },
        { head: 'Why', cell: ({ reason, action }) => reason ?? action },
        {
          head: 'What',
          wide: true,
          cell: (row) => `${row.method} ${row.contentType ?? ''} ${formatBytes(row.sizeBytes)}`,
        },
        { head: 'Came', cell: ({ receivedAt }) => <Ago iso={receivedAt} /> },
      ]}
      empty={
        <Empty title="Nothing has come in">
          Every request to a webhook of a workflow is kept here with its headers and its body, also one that
          was refused. Publish a workflow whose trigger is a webhook, and send something to its address.
        </Empty>
      }
    />
  );
}
