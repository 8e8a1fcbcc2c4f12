import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { runStatuses } from '../../../src/engine/log/event-catalog.ts';
import { useRunStats, useWorkflowRows } from '../data/queries.ts';
import type { WorkflowFilter } from '../data/queries.ts';
import type { RunStats, WorkflowRow } from '../data/types.ts';
import { useMay } from '../session/scopes.ts';
import { FilterSelect } from '../show/filter-select.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Page, Panel } from '../show/page.tsx';
import { Rate } from '../show/rate.tsx';
import { Status } from '../show/status.tsx';
import { Ago, Until } from '../show/time.tsx';
import { ImportFile } from './import-file.tsx';
import { NewWorkflow } from './new-workflow.tsx';
import { WorkflowStatus, workflowStatuses } from './workflow-status.tsx';
import classes from './workflows.module.css';

const here = getRouteApi('/shell/workflows');
/** What follows the keys so that not each of them is searched for, in milliseconds. */
const typingMs = 200;

/** Every workflow: whether it takes what comes, how its last run ended, when it fires next. */
export function WorkflowsPage() {
  const { status, lastRunStatus, search } = here.useSearch();
  const navigate = useNavigate();
  const narrow = (change: object) =>
    void navigate({ to: '/workflows', search: (last) => ({ ...last, ...change }), replace: true });
  const [sought] = useDebouncedValue(search, typingMs);
  return (
    <Page title="Workflows" actions={useMay('write') && <Actions />}>
      <Panel
        flush
        title="Newest first"
        aside={
          <>
            <TextInput
              aria-label="Search by name"
              placeholder="Search by name"
              value={search ?? ''}
              onChange={(event) => narrow({ search: event.currentTarget.value || undefined })}
              w={200}
            />
            <FilterSelect
              label="Status"
              any="Not archived"
              data={workflowStatuses}
              value={status}
              onChange={(value) => narrow({ status: value })}
            />
            <FilterSelect
              label="Last run"
              any="Any last run"
              data={runStatuses}
              value={lastRunStatus}
              onChange={(value) => narrow({ lastRunStatus: value })}
            />
          </>
        }
      >
        <Rows filter={{ status, lastRunStatus, search: sought }} />
      </Panel>
    </Page>
  );
}

function Actions() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ImportFile />
      <Button onClick={() => setOpen(true)}>New workflow</Button>
      {isOpen && <NewWorkflow onClose={() => setOpen(false)} />}
    </>
  );
}

function Rows({ filter }: { filter: WorkflowFilter }) {
  const { data: stats } = useRunStats('day');
  return (
    <ListTable<WorkflowRow>
      list={useWorkflowRows(filter)}
      what="workflows"
      columns={[
        { head: 'Workflow', cell: (row) => <Name row={row} /> },
        { head: 'Status', cell: ({ status }) => <WorkflowStatus status={status} /> },
        { head: 'Trigger', wide: true, cell: ({ trigger }) => trigger ?? <None /> },
        { head: 'Last run', cell: ({ lastRun }) => <LastRun run={lastRun} /> },
        { head: 'Success, 24 h', wide: true, cell: ({ id }) => <Success stats={stats} id={id} /> },
        {
          head: 'Fires next',
          wide: true,
          cell: ({ nextAt }) => (nextAt ? <Until iso={nextAt} /> : <None />),
        },
      ]}
      empty={<Nothing filter={filter} />}
    />
  );
}

function None() {
  return <span className="dim">–</span>;
}

function Name({ row }: { row: WorkflowRow }) {
  const { id, name, description, latestVersion, liveVersion } = row;
  const isAhead = liveVersion !== null && latestVersion > liveVersion;
  return (
    <span className={classes.name}>
      <Link to="/workflows/$workflowId" params={{ workflowId: id }} className="truncate" data-row>
        {name}
      </Link>
      <span className="dim truncate" title={description}>
        {isAhead ? `v${latestVersion} is not published · ` : ''}
        {description}
      </span>
    </span>
  );
}

function LastRun({ run }: { run: WorkflowRow['lastRun'] }) {
  if (!run) return <span className="dim">never</span>;
  return (
    <Link to="/runs/$runId" params={{ runId: run.id }} search={{}} className="plain-link">
      <Status status={run.status} /> <Ago iso={run.createdAt} />
    </Link>
  );
}

function Success({ stats, id }: { stats: RunStats | undefined; id: string }) {
  const counted = stats?.workflows.find(({ workflowId }) => workflowId === id);
  return counted ? <Rate counted={counted} /> : <None />;
}

function Nothing({ filter }: { filter: WorkflowFilter }) {
  if (Object.values(filter).some((value) => value !== undefined))
    return (
      <Empty title="No workflow is like this">
        Search for another part of its name, any status, or any last run.
      </Empty>
    );
  return (
    <Empty title="No workflow yet">
      A workflow says what happens when a webhook comes in: which nodes run, in which order, with what. Begin
      with an example, import a file, or deploy one with <code>hookloom deploy</code>.
    </Empty>
  );
}
