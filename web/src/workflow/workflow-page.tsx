import { Anchor, Group, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useBlocker, useNavigate } from '@tanstack/react-router';
import { Suspense, lazy, useCallback } from 'react';
import type { ReactNode } from 'react';
import { api } from '../data/client.ts';
import { loadPart } from '../data/load-part.ts';
import { isNotFound } from '../data/problem.ts';
import { keys } from '../data/queries.ts';
import { RunTable } from '../runs/runs-page.tsx';
import { Id } from '../show/id.tsx';
import { Empty, Loading, Page, Panel, Problem } from '../show/page.tsx';
import { WorkflowStatus } from '../workflows/workflow-status.tsx';
import { FlowTab, flowOf } from './flow-tab.tsx';
import { ScheduleTab } from './schedule-tab.tsx';
import { useDraft } from './use-draft.ts';
import { VersionsTab } from './versions-tab.tsx';
import { WebhookTab } from './webhook-tab.tsx';
import { WorkflowActions } from './workflow-actions.tsx';
import { triggerOf } from './workflow-view.ts';
import type { WorkflowSearch, WorkflowView } from './workflow-view.ts';

const DefinitionTab = lazy(
  loadPart(async () => ({ default: (await import('./definition-tab.tsx')).DefinitionTab })),
);
const here = getRouteApi('/shell/workflows/$workflowId');

/** One workflow: what it does, what starts it, what became of it, and how it is changed. */
export function WorkflowPage() {
  const { workflowId } = here.useParams();
  const { data, error, refetch } = useQuery({
    queryKey: keys.workflow(workflowId),
    queryFn: ({ signal }) =>
      api().get('/v1/workflows/{id}', { params: { path: { id: workflowId } }, signal }),
  });
  const draft = useDraft(data);
  const search = here.useSearch() as WorkflowSearch;
  const navigate = useNavigate();
  const look: WorkflowView['look'] = useCallback(
    (change) => void navigate({ to: '.', search: (last: object) => ({ ...last, ...change }), replace: true }),
    [navigate],
  );
  useKeepChanges(draft.isChanged);
  if (isNotFound(error))
    return <Empty title="There is no such workflow">It may belong to another organization.</Empty>;
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the workflow" />;
  const view: WorkflowView = { workflow: data, draft, search, look };
  return (
    <Page
      title={data.name}
      heading={
        <Group gap="sm" component="span">
          <span style={{ overflowWrap: 'anywhere' }}>{data.name}</span>
          <WorkflowStatus status={data.status} />
        </Group>
      }
      above={<Place view={view} />}
      actions={<WorkflowActions view={view} />}
    >
      {data.description && (
        <Text size="sm" c="dimmed">
          {data.description}
        </Text>
      )}
      <Parts view={view} />
    </Page>
  );
}

/** Asks before the page is left with changes that are not saved. */
function useKeepChanges(isChanged: boolean): void {
  useBlocker({
    disabled: !isChanged,
    enableBeforeUnload: isChanged,
    shouldBlockFn: ({ current, next }) =>
      current.pathname !== next.pathname &&
      !confirm('The definition has changes that are not saved. Leave them?'),
  });
}

function Place({ view }: { view: WorkflowView }) {
  const { id, liveVersion, latestVersion } = view.workflow;
  return (
    <Group gap="xs" fz="sm">
      <Anchor renderRoot={(props) => <Link to="/workflows" {...props} />} fz="sm">
        Workflows
      </Anchor>
      <Id id={id} />
      <span className="dim">
        {liveVersion === null ? 'never published' : `version ${liveVersion} is live`}
        {liveVersion !== latestVersion && `, version ${latestVersion} is the newest`}
      </span>
    </Group>
  );
}

interface Part {
  name: string;
  label: string;
  content: ReactNode;
}

function partsOf(view: WorkflowView): Part[] {
  const trigger = triggerOf(view.workflow);
  const flow = flowOf(view.workflow);
  const { id } = view.workflow;
  return [
    {
      name: 'definition',
      label: view.draft.isChanged ? 'Definition (changed)' : 'Definition',
      content: (
        <Suspense fallback={<Loading what="the definition" />}>
          <DefinitionTab view={view} />
        </Suspense>
      ),
    },
    { name: 'versions', label: 'Versions', content: <VersionsTab view={view} /> },
    ...(trigger === 'webhook'
      ? [{ name: 'webhook', label: 'Webhook', content: <WebhookTab workflow={view.workflow} /> }]
      : []),
    ...(trigger === 'schedule'
      ? [{ name: 'schedule', label: 'Schedule', content: <ScheduleTab workflow={view.workflow} /> }]
      : []),
    ...(flow
      ? [{ name: 'flow', label: 'Flow', content: <FlowTab workflow={view.workflow} flow={flow} /> }]
      : []),
    {
      name: 'runs',
      label: 'Runs',
      content: (
        <Panel flush>
          <RunTable filter={{ workflowId: id }} isOfOne />
        </Panel>
      ),
    },
  ];
}

function Parts({ view }: { view: WorkflowView }) {
  const parts = partsOf(view);
  const shown = parts.find(({ name }) => name === view.search.tab) ?? parts[0];
  return (
    <Tabs
      value={shown?.name ?? null}
      onChange={(name) => view.look({ tab: name === 'definition' || name === null ? undefined : name })}
      keepMounted={false}
    >
      <Tabs.List>
        {parts.map(({ name, label }) => (
          <Tabs.Tab key={name} value={name}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map(({ name, content }) => (
        <Tabs.Panel key={name} value={name} pt="md">
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
