import { Button, Group, Select, Text } from '@mantine/core';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys, useWorkflowNames } from '../data/queries.ts';
import type { IncomingRow } from '../data/types.ts';
import { useList } from '../data/use-list.ts';
import type { List } from '../data/use-list.ts';
import { useMay } from '../session/scopes.ts';
import { FilterSelect } from '../show/filter-select.tsx';
import { countOf, formatBytes } from '../show/count.ts';
import { shortId } from '../show/id.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Page, Panel } from '../show/page.tsx';
import { Ago } from '../show/time.tsx';
import { IncomingStatus, incomingStatuses } from './incoming-status.tsx';
import { ReplayRequests, isReplayable } from './replay-requests.tsx';
import type { IncomingFilter } from './replay-requests.tsx';

const here = getRouteApi('/shell/incoming');

/** Everything that came in, as it came: what was taken, what was not, and why. */
export function IncomingPage() {
  const { status, reason, workflowId } = here.useSearch();
  const filter = { status, reason, workflowId };
  return (
    <Page title="Incoming" actions={<ReplayMany filter={filter} />}>
      <Requests filter={filter} />
    </Page>
  );
}

function Requests({ filter }: { filter: IncomingFilter }) {
  const list = useList<IncomingRow>(keys.incoming(filter), (cursor, signal) => {
    const query = { ...filter, limit: 50, cursor } as { limit: number };
    return api().get('/v1/webhook-events', { params: { query }, signal });
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel flush title="Newest first" aside={<Filters filter={filter} rows={rows} />}>
      <RequestTable list={list} />
    </Panel>
  );
}

/** What the list is narrowed to. The reasons are those of the rows that are shown. */
function Filters({ filter, rows }: { filter: IncomingFilter; rows: readonly IncomingRow[] }) {
  const navigate = useNavigate();
  const narrow = (change: Partial<IncomingFilter>) =>
    void navigate({ to: '/incoming', search: { ...filter, ...change }, replace: true });
  const reasons = new Set([...rows.map(({ reason }) => reason), filter.reason ?? null]);
  return (
    <>
      <FilterSelect
        label="Status"
        any="Any status"
        data={incomingStatuses}
        value={filter.status}
        onChange={(value) => narrow({ status: value, reason: undefined })}
      />
      <Select
        aria-label="Reason"
        placeholder="Any reason"
        data={[...reasons].filter((one) => one !== null).sort()}
        value={filter.reason ?? null}
        onChange={(value) => narrow({ reason: value ?? undefined })}
        clearable
        searchable
        nothingFoundMessage="No request here has a reason"
        w={190}
      />
    </>
  );
}

function ReplayMany({ filter }: { filter: IncomingFilter }) {
  const [isOpen, setOpen] = useState(false);
  const [started, setStarted] = useState<number>();
  if (!useMay('run') || !isReplayable(filter.status)) return null;
  return (
    <Group gap="sm">
      {started !== undefined && (
        <Text size="sm" role="status">
          Being replayed: {countOf(started, 'request')}.
        </Text>
      )}
      <Button variant="default" onClick={() => setOpen(true)}>
        Replay many
      </Button>
      {isOpen && <ReplayRequests filter={filter} onStarted={setStarted} onClose={() => setOpen(false)} />}
    </Group>
  );
}

function RequestTable({ list }: { list: List<IncomingRow> }) {
  const nameOf = useWorkflowNames();
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
