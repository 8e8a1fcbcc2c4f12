import { SegmentedControl, Stack } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import type { Definition } from '../../../src/engine/definition/definition.ts';
import { loadPart } from '../data/load-part.ts';
import { useVersion, useWorkflowNames } from '../data/queries.ts';
import { isNotFound } from '../data/problem.ts';
import { Empty, Loading, Page, Panel, Problem } from '../show/page.tsx';
import { EventLog } from './event-log.tsx';
import { Gantt } from './gantt.tsx';
import { Items } from './items.tsx';
import { NodePanel } from './node-panel.tsx';
import { RunActions } from './run-actions.tsx';
import { RunHeading, RunLinks } from './run-heading.tsx';
import { RunValues } from './run-values.tsx';
import type { RunSearch, RunView } from './run-view.ts';
import { TimeTravel } from './time-travel.tsx';
import { useRun } from './use-run.ts';
import classes from './run-page.module.css';

const loadGraph = loadPart(() => import('./run-graph.tsx'));
const RunGraph = lazy(async () => ({ default: (await loadGraph()).RunGraph }));
const here = getRouteApi('/shell/runs/$runId');

/** One run: as it happens, and at every place of its log. */
export function RunPage() {
  const { runId } = here.useParams();
  const view = useRunView(runId);
  const nameOf = useWorkflowNames();
  if (isNotFound(view.error))
    return (
      <Empty title="There is no such run">
        It may be older than the time that finished runs are kept, or belong to another organization.
      </Empty>
    );
  if (view.error !== undefined) return <Problem error={view.error} onRetry={() => location.reload()} />;
  const { run } = view.moment;
  if (!run) return <Loading what="the run" />;
  const name = nameOf(run.workflowId);
  return (
    <Page
      title={`${name} · ${run.status}`}
      heading={<RunHeading name={name} run={run} log={view.history.events} />}
      above={<RunLinks run={run} />}
      actions={<RunActions view={view} />}
    >
      <TimeTravel view={view} />
      <div className={classes.columns}>
        <Stack gap="md" className={classes.main}>
          <Views view={view} />
        </Stack>
        <aside className={classes.side} aria-label="Details">
          {view.search.node === undefined ? <RunValues view={view} /> : <NodePanel view={view} />}
        </aside>
      </div>
    </Page>
  );
}

function useRunView(runId: string): RunView & { error: unknown } {
  const search = here.useSearch() as RunSearch;
  const navigate = useNavigate();
  const { history, version, isOver, error } = useRun(runId);
  const at = search.at === undefined ? undefined : Number(search.at);
  const moment = useMemo(
    () => (at === undefined || !Number.isInteger(at) ? history.head : history.at(Math.max(1, at))),
    // `version` tells that the history has grown.
    [history, version, at],
  );
  const look: RunView['look'] = (change) =>
    void navigate({ to: '.', search: (last: object) => ({ ...last, ...change }), replace: true });
  const isLive = moment === history.head && !isOver;
  return { runId, history, moment, isLive, isOver, search, look, error };
}

const views = [
  { value: 'graph', label: 'Graph' },
  { value: 'timeline', label: 'Timeline' },
  { value: 'items', label: 'Items' },
  { value: 'log', label: 'Log' },
];

function Views({ view }: { view: RunView }) {
  const { moment, search, look } = view;
  const { data: version, error } = useVersion(moment.run?.workflowId, moment.run?.workflowVersion);
  const definition = version?.definition;
  const hasLoops = Object.values(definition?.nodes ?? {}).some(({ loopBody = [] }) => loopBody.length > 0);
  const shown = views.find(({ value }) => value === search.view)?.value ?? 'graph';
  return (
    <Panel
      flush
      title={
        <SegmentedControl
          size="xs"
          aria-label="View"
          data={views.filter(({ value }) => value !== 'items' || hasLoops)}
          value={shown}
          onChange={(value) => look({ view: value === 'graph' ? undefined : value })}
        />
      }
    >
      {error && <Problem error={error} />}
      <View name={shown} view={view} definition={definition} isLoading={!error} />
    </Panel>
  );
}

function View(given: {
  name: string;
  view: RunView;
  definition: Definition | undefined;
  isLoading: boolean;
}) {
  const { name, view, definition, isLoading } = given;
  if (name === 'timeline') return <Gantt view={view} />;
  if (name === 'items') return <Items view={view} definition={definition} />;
  if (name === 'log') return <EventLog view={view} />;
  const loading = <Loading what="the graph" />;
  if (!definition) return isLoading && loading;
  return (
    <div className={classes.graph}>
      <Suspense fallback={loading}>
        <RunGraph view={view} definition={definition} />
      </Suspense>
    </div>
  );
}
