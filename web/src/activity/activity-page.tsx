import { Button, MultiSelect, Select } from '@mantine/core';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api } from '../data/client.ts';
import { forgetStream } from '../data/connection.ts';
import { useWorkflowNames, useWorkflows } from '../data/queries.ts';
import { detailOf } from '../runs/describe-event.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { countOf } from '../show/count.ts';
import { Empty, Page, Panel } from '../show/page.tsx';
import { Clock } from '../show/time.tsx';
import classes from './activity.module.css';

const here = getRouteApi('/shell/activity');
const kinds = [
  'run.*',
  'run.queued',
  'run.failed',
  'run.succeeded',
  'node.*',
  'node.failed',
  'node.retrying',
  'node.waiting',
  'node.log',
  'endpoint.*',
  'delivery.*',
];
/** Most events that are shown; older ones give way. */
const mostShown = 500;

/** What happens in the organization, as it happens. */
export function ActivityPage() {
  const { types: typesText = 'run.*', workflowId } = here.useSearch();
  const nameOf = useWorkflowNames();
  const [isPaused, setPaused] = useState(false);
  const events = useActivity({ types: typesText, workflowId, isPaused });
  return (
    <Page
      title="Activity"
      actions={
        <Button variant="default" onClick={() => setPaused((last) => !last)}>
          {isPaused ? 'Go on' : 'Pause'}
        </Button>
      }
    >
      <Panel
        flush
        title={isPaused ? 'Paused' : 'As it happens'}
        aside={<Filters types={typesText} workflowId={workflowId} />}
      >
        {events.length === 0 ? (
          <Empty title="Nothing has happened since you came">
            Events show here in the moment in which they are recorded, newest first.
          </Empty>
        ) : (
          <ul className={classes.feed} aria-label={countOf(events.length, 'event')}>
            {events.map((event) => (
              <Row key={event.id} event={event} name={nameOf(event.data.workflowId)} />
            ))}
          </ul>
        )}
      </Panel>
    </Page>
  );
}

function Filters({ types, workflowId }: { types: string; workflowId: string | undefined }) {
  const navigate = useNavigate();
  const { data: workflows = [] } = useWorkflows();
  const narrow = (change: { types?: string | undefined; workflowId?: string | undefined }) =>
    void navigate({ to: '/activity', search: { types, workflowId, ...change }, replace: true });
  return (
    <>
      <MultiSelect
        aria-label="Event types"
        data={kinds}
        value={types.split(',').filter(Boolean)}
        onChange={(chosen) => narrow({ types: chosen.join(',') || undefined })}
        size="xs"
        w={260}
      />
      <Select
        aria-label="Workflow"
        placeholder="Any workflow"
        data={workflows.map(({ id, name }) => ({ value: id, label: name }))}
        value={workflowId ?? null}
        onChange={(value) => narrow({ workflowId: value ?? undefined })}
        clearable
        size="xs"
        w={180}
      />
    </>
  );
}

function Row({ event, name }: { event: RunEvent; name: string }) {
  const { type, timestamp, data } = event;
  return (
    <li className={classes.row}>
      <span className="dim">
        <Clock iso={timestamp} />
      </span>
      <span data-status={data.status} className={classes.type}>
        {type}
      </span>
      {data.runId === undefined ? (
        <span />
      ) : (
        <Link to="/runs/$runId" params={{ runId: data.runId }} data-row className="truncate">
          {name}
        </Link>
      )}
      <span className="truncate">
        {data.path} <span className="dim">{detailOf(event)}</span>
      </span>
    </li>
  );
}

/** Follows the activity stream; while it is paused, what comes is kept back. */
function useActivity(given: {
  types: string;
  workflowId: string | undefined;
  isPaused: boolean;
}): RunEvent[] {
  const { types, workflowId, isPaused } = given;
  const [events, setEvents] = useState<RunEvent[]>([]);
  const [shown, setShown] = useState<RunEvent[]>([]);
  useEffect(() => {
    setEvents([]);
    const control = new AbortController();
    const follow = async () => {
      const asked = { types: types.split(',').filter(Boolean), workflowId, signal: control.signal };
      for await (const event of api().activity.follow(asked))
        setEvents((last) => [event as unknown as RunEvent, ...last].slice(0, mostShown));
    };
    follow().catch(() => undefined);
    return () => {
      control.abort();
      forgetStream('/v1/activity/stream?');
    };
  }, [types, workflowId]);
  useEffect(() => {
    if (!isPaused) setShown(events);
  }, [events, isPaused]);
  return shown;
}
