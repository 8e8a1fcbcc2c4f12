import { Select, Text } from '@mantine/core';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { runStatuses } from '../../../src/engine/log/event-catalog.ts';
import { useRuns, useWorkflowNames, useWorkflows } from '../data/queries.ts';
import type { RunFilter } from '../data/queries.ts';
import type { RunRow } from '../data/types.ts';
import { FilterSelect } from '../show/filter-select.tsx';
import { countOf } from '../show/count.ts';
import { elapsedMs, formatDuration } from '../show/duration.ts';
import { shortId } from '../show/id.tsx';
import { ListTable } from '../show/list-table.tsx';
import { Empty, Page, Panel } from '../show/page.tsx';
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
            <FilterSelect
              label="Status"
              any="Any status"
              data={runStatuses}
              value={status}
              onChange={(value) => narrow({ status: value })}
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

/** Runs as rows; `isOfOne`: of one workflow, whose name stands above. */
export function RunTable({ filter, isOfOne = false }: { filter: RunFilter; isOfOne?: boolean }) {
  const nameOf = useWorkflowNames();
  return (
    <ListTable<RunRow>
      list={useRuns(filter)}
      what="runs"
      columns={[
        { head: 'Status', cell: (run) => <RunStatus run={run} /> },
        {
          head: 'Run',
          cell: ({ id, createdAt }) => (
            <>
              <Link to="/runs/$runId" params={{ runId: id }} className="mono" data-row>
                {shortId(id)}
              </Link>
              <Text c="dimmed" size="sm" hiddenFrom="sm">
                <Ago iso={createdAt} />
              </Text>
            </>
          ),
        },
        isOfOne
          ? { head: 'Version', cell: ({ workflowVersion }) => `v${workflowVersion}` }
          : {
              head: 'Workflow',
              cell: ({ workflowId, workflowVersion }) => (
                <>
                  {nameOf(workflowId)} <span className="dim">v{workflowVersion}</span>
                </>
              ),
            },
        { head: 'Trigger', wide: true, cell: ({ trigger }) => String(trigger['source'] ?? '') },
        { head: 'Began', wide: true, cell: ({ createdAt }) => <Ago iso={createdAt} /> },
        { head: 'Took', wide: true, cell: (run) => <Took run={run} /> },
      ]}
      empty={
        <Empty title="No runs here">
          A run begins when a webhook comes in, or when somebody starts one by hand. It shows here the moment
          it is accepted.
        </Empty>
      }
    />
  );
}

/** The state of a run; of one that waits for its turn, with those that are before it. */
function RunStatus({ run: { status, queue } }: { run: RunRow }) {
  if (!queue) return <Status status={status} />;
  return <Status status={status} word={`${status}, ${countOf(queue.ahead, 'run')} before it`} />;
}

/** How long a run took, or takes by now. */
export function Took({ run }: { run: Pick<RunRow, 'createdAt' | 'startedAt' | 'finishedAt'> }) {
  const now = useNow(1_000);
  const ms = elapsedMs(run.startedAt ?? run.createdAt, run.finishedAt, now);
  return ms === undefined ? null : formatDuration(ms);
}
