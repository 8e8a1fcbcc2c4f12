import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { DeliveryRow } from '../data/types.ts';
import { RunLink } from '../runs/run-heading.tsx';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { formatDuration } from '../show/duration.ts';
import { Id, shortId } from '../show/id.tsx';
import { JsonView } from '../show/json-view.tsx';
import { Empty, Loading, Page, Panel, Problem } from '../show/page.tsx';
import { TextView } from '../show/text-view.tsx';
import { Clock, When } from '../show/time.tsx';
import { DeliveryStatus } from './delivery-status.tsx';
import { Phases } from './phases.tsx';
import { Preview } from './preview.tsx';

const here = getRouteApi('/shell/deliveries/$deliveryId');

/** One delivery: every attempt with the request and the answer as they were. */
export function DeliveryPage() {
  const { deliveryId } = here.useParams();
  const { data, error, refetch } = useQuery({
    queryKey: keys.delivery(deliveryId),
    queryFn: ({ signal }) =>
      api().get('/v1/deliveries/{id}', { params: { path: { id: deliveryId } }, signal }),
  });
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the delivery" />;
  return (
    <Page
      title={`Delivery ${shortId(deliveryId)}`}
      heading={
        <Group gap="sm" component="span">
          <span>{data.eventType}</span>
          <DeliveryStatus status={data.status} />
        </Group>
      }
      above={<Place delivery={data} />}
      actions={<Actions delivery={data} />}
    >
      {data.reason && <Text size="sm">Because: {data.reason}</Text>}
      {data.nextRetryAt && (
        <Text size="sm">
          Next attempt: <When iso={data.nextRetryAt} />
        </Text>
      )}
      {data.attempts.length === 0 && <Empty title="No attempt yet" />}
      {data.attempts.toReversed().map((attempt) => (
        <Attempt key={attempt.number} attempt={attempt} />
      ))}
      <Panel title="Its event, as it would go out now">
        <Preview endpointId={data.endpointId} eventId={data.eventId} />
      </Panel>
    </Page>
  );
}

function Place({ delivery }: { delivery: DeliveryRow }) {
  const { id, endpointId, runId, replayOf } = delivery;
  return (
    <Group gap="xs" fz="sm">
      <Anchor
        renderRoot={(props) => <Link to="/hooks/$endpointId" params={{ endpointId }} {...props} />}
        fz="sm"
      >
        Endpoint
      </Anchor>
      <Id id={id} />
      {runId && <RunLink id={runId}>{`Run ${shortId(runId)}`}</RunLink>}
      {replayOf && <span className="dim">replay of {shortId(replayOf)}</span>}
    </Group>
  );
}

function Attempt({ attempt }: { attempt: DeliveryRow['attempts'][number] }) {
  const { number, startedAt, durationMs, timings, responseStatus, responseBody, error } = attempt;
  return (
    <Panel
      title={`Attempt ${number}: ${responseStatus ?? error?.type ?? 'no answer'}`}
      aside={
        <span className="dim">
          <Clock iso={startedAt} /> · {formatDuration(durationMs)}
        </span>
      }
    >
      <Stack gap="sm">
        {error && <Text size="sm">{error.message}</Text>}
        <Phases timings={timings} />
        <Title order={3}>Sent</Title>
        <JsonView value={attempt.requestHeaders} label={`Request headers of attempt ${number}`} />
        {attempt.responseHeaders && <Title order={3}>Answered</Title>}
        {attempt.responseHeaders && (
          <JsonView value={attempt.responseHeaders} label={`Answer headers of attempt ${number}`} />
        )}
        {responseBody !== null && <TextView text={responseBody} label={`Answer of attempt ${number}`} />}
      </Stack>
    </Panel>
  );
}

function Actions({ delivery }: { delivery: DeliveryRow }) {
  const [deed, setDeed] = useState<'retry' | 'replay'>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  if (!useMay('run')) return null;
  const params = { path: { id: delivery.id } };
  const retry = async () => {
    await api().post('/v1/deliveries/{id}/retry', { params, body: {} });
    await queries.invalidateQueries({ queryKey: keys.delivery(delivery.id) });
  };
  const replay = async () => {
    const made = await api().post('/v1/deliveries/{id}/replay', { params, body: {} });
    await navigate({ to: '/deliveries/$deliveryId', params: { deliveryId: made.id } });
  };
  return (
    <>
      {delivery.status !== 'success' && (
        <Button variant="default" onClick={() => setDeed('retry')}>
          Retry now
        </Button>
      )}
      <Button onClick={() => setDeed('replay')}>Replay</Button>
      {deed && (
        <Confirm
          title={deed === 'retry' ? 'Retry the delivery' : 'Replay the delivery'}
          says={
            deed === 'retry'
              ? 'Sends this delivery again now; an attempt that is planned is brought forward, never doubled.'
              : 'Makes a new delivery of the same event. Its webhook-id stays the same, so the receiver can tell.'
          }
          does={deed === 'retry' ? 'Retry now' : 'Replay'}
          onConfirm={deed === 'retry' ? retry : replay}
          onClose={() => setDeed(undefined)}
        />
      )}
    </>
  );
}
