import { Button, Select, Table } from '@mantine/core';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { runStatuses } from '../../../src/engine/log/event-catalog.ts';
import { useRuns, useWorkflowNames, useWorkflows } from '../data/queries.ts';
import type { RunRow } from '../data/types.ts';
import { elapsedMs, formatDuration } from '../show/duration.ts';
import { shortId } from '../show/id.tsx';
import { Empty, Loading, Page, Panel, Problem } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { Ago } from '../show/time.tsx';
import { useNow } from '../show/use-now.ts';

const here = getRouteApi('/shell/runs');

/** Every run, newest first. */
export function RunsPage() {
  const { status, workflowId, trigger } = here.useSearch();
  const navigate = useNavigate();
  const { data: workflows = [] } = useWorkflows();
  const narrow = (change: object) =>
    void navigate({ to: '/runs', search: (last) => ({ ...last, ...change }), replace: true });
  return (
    <Page title="Runs">
      <Panel
        flush
        title="Newest first"
        aside={
          <>
            <Select
              aria-label="Status"
              placeholder="Any status"
              data={[...runStatuses]}
              value={status ?? null}
              onChange={(value) => narrow({ status: value ?? undefined })}
              clearable
              w={150}
            />
            <Select
              aria-label="Workflow"
              placeholder="Any workflow"
              data={workflows.map(({ id, name }) => ({ value: id, label: name }))}
              value={workflowId ?? null}
              onChange={(value) => narrow({ workflowId: value ?? undefined })}
              clearable
              searchable
              w={220}
            />
          </>
        }
      >
        <RunTable filter={{ status, workflowId, trigger }} />
      </Panel>
    </Page>
  );
}

/** Runs as rows. */
export function RunTable({ filter }: { filter: Parameters<typeof useRuns>[0] }) {
  const { data, error, isPending, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useRuns(filter);
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading what="runs" />;
  const rows = data.pages.flatMap(({ items }) => items);
  if (rows.length === 0)
    return (
      <Empty title="No runs here">
        A run begins when a webhook comes in, or when somebody starts one by hand. It shows here the moment it
        is accepted.
      </Empty>
    );
  return (
    <>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Status</Table.Th>
            <Table.Th>Run</Table.Th>
            <Table.Th>Workflow</Table.Th>
            <Table.Th visibleFrom="sm">Trigger</Table.Th>
            <Table.Th>Began</Table.Th>
            <Table.Th visibleFrom="xs">Took</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </Table.Tbody>
      </Table>
      {hasNextPage && (
        <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Older runs
        </Button>
      )}
    </>
  );
}

function Row({ run }: { run: RunRow }) {
  const nameOf = useWorkflowNames();
  return (
    <Table.Tr>
      <Table.Td>
        <Status status={run.status} />
      </Table.Td>
      <Table.Td>
        <Link to="/runs/$runId" params={{ runId: run.id }} className="mono" data-row>
          {shortId(run.id)}
        </Link>
      </Table.Td>
      <Table.Td>
        {nameOf(run.workflowId)} <span className="dim">v{run.workflowVersion}</span>
      </Table.Td>
      <Table.Td visibleFrom="sm">{String(run.trigger['source'] ?? '')}</Table.Td>
      <Table.Td>
        <Ago iso={run.createdAt} />
      </Table.Td>
      <Table.Td visibleFrom="xs">
        <Took run={run} />
      </Table.Td>
    </Table.Tr>
  );
}

/** How long a run took, or takes by now. */
export function Took({ run }: { run: Pick<RunRow, 'createdAt' | 'startedAt' | 'finishedAt'> }) {
  const now = useNow(1_000);
  const ms = elapsedMs(run.startedAt ?? run.createdAt, run.finishedAt, now);
  return ms === undefined ? null : formatDuration(ms);
}
