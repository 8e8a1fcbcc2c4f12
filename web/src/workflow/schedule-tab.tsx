import { Button, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { isNotFound } from '../data/problem.ts';
import { keys } from '../data/queries.ts';
import type { Schedule, WholeWorkflow } from '../data/types.ts';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { formatNumber } from '../show/count.ts';
import { formatDuration } from '../show/duration.ts';
import { shortId } from '../show/id.tsx';
import { Empty, Loading, Panel, Problem } from '../show/page.tsx';
import { Status } from '../show/status.tsx';
import { Ago, Until, When } from '../show/time.tsx';
import classes from './workflow.module.css';

/** When a workflow's live schedule fires, and what came of it. */
export function ScheduleTab({ workflow }: { workflow: WholeWorkflow }) {
  const mayRun = useMay('run');
  const { data, error, refetch } = useQuery({
    queryKey: keys.schedule(workflow.id),
    queryFn: ({ signal }) =>
      api().get('/v1/workflows/{id}/schedule', { params: { path: { id: workflow.id } }, signal }),
  });
  if (isNotFound(error))
    return (
      <Empty title="The schedule is not live">Publish the workflow, and its next ten times stand here.</Empty>
    );
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the schedule" />;
  return (
    <div className={classes.columns}>
      <Panel title="Fires next" aside={mayRun && <FireNow schedule={data} />}>
        <Times schedule={data} />
      </Panel>
      <Panel flush title="Last firings">
        <LastRuns schedule={data} />
      </Panel>
    </div>
  );
}

function Times({ schedule }: { schedule: Schedule }) {
  const { next, status, overlap, firings, buffered } = schedule;
  return (
    <Stack gap="sm" fz="sm">
      <span>
        <strong>{ruleOf(schedule)}</strong> <span className="dim">· overlapping firings: {overlap}</span>
      </span>
      {status === 'paused' && (
        <Text size="sm">The workflow is paused: nothing fires until it is resumed.</Text>
      )}
      {next.length === 0 && status !== 'paused' && <Text size="sm">It does not fire any more.</Text>}
      <ol className={classes.times} aria-label="Next times">
        {next.map((iso) => (
          <li key={iso}>
            <When iso={iso} />{' '}
            <span className="dim">
              <Until iso={iso} />
            </span>
          </li>
        ))}
      </ol>
      {buffered && (
        <span>
          The firing of <When iso={buffered} /> waits for runs of earlier ones to end.
        </span>
      )}
      <span className="dim">
        So far {formatNumber(firings.started)} started, {formatNumber(firings.skipped)} skipped,{' '}
        {formatNumber(firings.missed)} missed.
      </span>
    </Stack>
  );
}

function ruleOf({ cron, timezone, intervalMs }: Schedule): string {
  return cron === undefined ? `every ${formatDuration(intervalMs ?? 0)}` : `${cron} in ${timezone}`;
}

function LastRuns({ schedule }: { schedule: Schedule }) {
  if (schedule.lastRuns.length === 0)
    return <Empty title="It has not fired yet">Each firing is one run, and stands here.</Empty>;
  return (
    <Table>
      <Table.Tbody>
        {schedule.lastRuns.map(({ id, status, scheduledAt, createdAt }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Status status={status} />
            </Table.Td>
            <Table.Td>
              <Link to="/runs/$runId" params={{ runId: id }} search={{}} className="mono" data-row>
                {shortId(id)}
              </Link>
            </Table.Td>
            <Table.Td>
              for <When iso={scheduledAt} />
            </Table.Td>
            <Table.Td>
              <Ago iso={createdAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function FireNow({ schedule }: { schedule: Schedule }) {
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const fire = async () => {
    const params = { path: { id: schedule.workflowId } };
    const { runId } = await api().post('/v1/workflows/{id}/schedule/trigger', { params, body: {} });
    await navigate({ to: '/runs/$runId', params: { runId }, search: {} });
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Fire now
      </Button>
      {isOpen && (
        <Confirm
          title="Fire now"
          says={`Starts a run of version ${schedule.version}, whatever else runs. The times to come stay as they are.`}
          does="Fire now"
          onConfirm={fire}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
