import { ActionIcon, Alert, Group, Stack, Table, Tabs, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { ExecutionProjection } from '../../../src/engine/log/projections.ts';
import { useDeliveries } from '../data/queries.ts';
import { DeliveryStatus } from '../hooks/delivery-status.tsx';
import { useMay } from '../session/scopes.ts';
import { elapsedMs, formatDuration } from '../show/duration.ts';
import { JsonView } from '../show/json-view.tsx';
import { Empty, Loading, Panel, Problem } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { Clock, When } from '../show/time.tsx';
import { useNow } from '../show/use-now.ts';
import { detailOfExecution } from './execution-detail.ts';
import type { ExecutionDetail } from './execution-detail.ts';
import { ResumeForm, RetryFromHere } from './node-actions.tsx';
import { RunLink } from './run-heading.tsx';
import type { RunView } from './run-view.ts';

/** One node at the place of the log that is looked at: what went in, what came out, how often it was tried. */
export function NodePanel({ view }: { view: RunView }) {
  const { history, moment, search, look } = view;
  const path = search.node ?? '';
  const execution = moment.executions.get(path);
  const detail = useMemo(
    () => detailOfExecution(history.eventsOf(path, moment.sequence)),
    [history, path, moment, moment.sequence],
  );
  return (
    <Panel
      title={<span style={{ overflowWrap: 'anywhere' }}>{path}</span>}
      aside={
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Close the node"
          onClick={() => look({ node: undefined, tab: undefined })}
        >
          ✕
        </ActionIcon>
      }
    >
      {execution ? (
        <Details view={view} execution={execution} detail={detail} />
      ) : (
        <Empty title="Not reached">
          {path.includes('/') || view.moment.tallies.nodes.has(path)
            ? 'The node runs once for each item: choose one in Items.'
            : 'At this place of the log the run has not come to this node.'}
        </Empty>
      )}
    </Panel>
  );
}

interface DetailsProps {
  view: RunView;
  execution: ExecutionProjection;
  detail: ExecutionDetail;
}

function Details({ view, execution, detail }: DetailsProps) {
  const mayRun = useMay('run');
  const { search, look } = view;
  const tabs = tabsOf({ view, execution, detail });
  const shown = tabs.find(({ name }) => name === search.tab) ?? tabs[0];
  return (
    <Stack gap="sm">
      <Facts execution={execution} />
      {execution.status === 'waiting' && execution.nodeType === 'wait' && mayRun && view.isLive && (
        <ResumeForm view={view} path={execution.path} input={detail.input} />
      )}
      <Tabs
        value={shown?.name ?? null}
        onChange={(name) => look({ tab: name ?? undefined })}
        keepMounted={false}
      >
        <Tabs.List>
          {tabs.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ name, content }) => (
          <Tabs.Panel key={name} value={name} pt="sm">
            {content}
          </Tabs.Panel>
        ))}
      </Tabs>
      {mayRun && view.isOver && <RetryFromHere view={view} path={execution.path} />}
    </Stack>
  );
}

function tabsOf({
  view,
  execution,
  detail,
}: DetailsProps): { name: string; label: string; content: ReactNode }[] {
  const { input, result, error, attempts, lines } = detail;
  return [
    ...(error ? [{ name: 'error', label: 'Error', content: <ErrorView error={error} /> }] : []),
    {
      name: 'output',
      label: 'Output',
      content: <Value value={result} label="Output" none={noOutput(execution)} />,
    },
    {
      name: 'input',
      label: 'Input',
      content: <Value value={input} label="Input" none="Its input is recorded with its outcome." />,
    },
    { name: 'attempts', label: `Attempts (${attempts.length})`, content: <Attempts attempts={attempts} /> },
    ...(lines.length > 0
      ? [{ name: 'lines', label: `Log (${lines.length})`, content: <Lines lines={lines} /> }]
      : []),
    { name: 'hooks', label: 'Hooks', content: <Hooks runId={view.runId} eventIds={detail.eventIds} /> },
  ];
}

function noOutput({ status, reason }: ExecutionProjection): string {
  if (status === 'skipped' || status === 'cancelled')
    return `There is none: ${status}${reason ? ` (${reason})` : ''}.`;
  return 'There is none yet.';
}

function Facts({ execution }: { execution: ExecutionProjection }) {
  const now = useNow(1_000);
  const { status, nodeType, startedAt, scheduledAt, finishedAt, branch, waitUntil, childRunId } = execution;
  const ms = elapsedMs(startedAt ?? scheduledAt, finishedAt, now);
  return (
    <Group gap="sm" fz="sm">
      <Status status={status} />
      <span className="dim">{nodeType}</span>
      {ms !== undefined && <span>{formatDuration(ms)}</span>}
      {branch && <span>→ {branch}</span>}
      {status === 'waiting' && waitUntil && (
        <span>
          until <When iso={waitUntil} />
        </span>
      )}
      {childRunId && <RunLink id={childRunId}>child run</RunLink>}
    </Group>
  );
}

function Value({ value, label, none }: { value: unknown; label: string; none: string }) {
  if (value === undefined)
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  return <JsonView value={value} label={label} />;
}

function ErrorView({ error }: { error: NonNullable<ExecutionDetail['error']> }) {
  return (
    <Stack gap="xs">
      <Alert color="red" title={error.type}>
        {error.message}
      </Alert>
      <JsonView value={error} label="Error" />
    </Stack>
  );
}

function Attempts({ attempts }: { attempts: ExecutionDetail['attempts'] }) {
  if (attempts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        None has begun.
      </Text>
    );
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>#</Table.Th>
          <Table.Th>Began</Table.Th>
          <Table.Th>Took</Table.Th>
          <Table.Th>Outcome</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {attempts.map(({ number, startedAt, finishedAt, status, error }) => (
          <Table.Tr key={number}>
            <Table.Td>{number}</Table.Td>
            <Table.Td>
              <Clock iso={startedAt} />
            </Table.Td>
            <Table.Td>
              {finishedAt && formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}
            </Table.Td>
            <Table.Td>
              <Status status={status} />
              {error && <div className="dim">{`${error.type}: ${error.message}`}</div>}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Lines({ lines }: { lines: ExecutionDetail['lines'] }) {
  return (
    <Stack gap={2} className="mono" role="log" aria-label="Log lines">
      {lines.map(({ id, timestamp, data }) => (
        <div key={id} style={{ overflowWrap: 'anywhere' }}>
          <span className="dim">
            <Clock iso={timestamp} /> {data.level}
          </span>{' '}
          {data.message}
        </div>
      ))}
    </Stack>
  );
}

/** What hook endpoints were told of this node. */
function Hooks({ runId, eventIds }: { runId: string; eventIds: ReadonlySet<string> }) {
  const { data, error, isPending, refetch } = useDeliveries(runId);
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading what="deliveries" />;
  const ofNode = data.items.filter(({ eventId }) => eventIds.has(eventId));
  if (ofNode.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No hook endpoint has subscribed to what happened here.
      </Text>
    );
  return (
    <Table>
      <Table.Tbody>
        {ofNode.map((delivery) => (
          <Table.Tr key={delivery.id}>
            <Table.Td>
              <Link to="/deliveries/$deliveryId" params={{ deliveryId: delivery.id }}>
                {delivery.eventType}
              </Link>
            </Table.Td>
            <Table.Td>
              <DeliveryStatus status={delivery.status} />
            </Table.Td>
            <Table.Td>{delivery.attempts.length}×</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
