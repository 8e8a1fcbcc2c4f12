import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { EndpointRow } from '../data/types.ts';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { Id } from '../show/id.tsx';
import { JsonView } from '../show/json-view.tsx';
import { Loading, Page, Panel, Problem } from '../show/page.tsx';
import { When } from '../show/time.tsx';
import { Deliveries } from './deliveries.tsx';
import { EndpointStatus } from './endpoint-status.tsx';
import { TryEndpoint } from './preview.tsx';
import { ReplayMany } from './replay-many.tsx';
import { RotateSecret } from './rotate-secret.tsx';

const here = getRouteApi('/shell/hooks/$endpointId');

/** One hook endpoint: how it stands, what it was sent, and what was missed sent again. */
export function EndpointPage() {
  const { endpointId } = here.useParams();
  const { data, error, refetch } = useQuery({
    queryKey: keys.endpoint(endpointId),
    queryFn: ({ signal }) =>
      api().get('/v1/execution-webhooks/{id}', { params: { path: { id: endpointId } }, signal }),
  });
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the endpoint" />;
  const { health, name, url } = data;
  return (
    <Page
      title={name || url}
      heading={
        <Group gap="sm" component="span">
          <span>{name || url}</span>
          <EndpointStatus endpoint={data} />
        </Group>
      }
      above={<Id id={endpointId} />}
      actions={<Actions endpoint={data} />}
    >
      {health.lastError && health.status === 'failing' && (
        <Stack gap={4} role="status">
          <Text size="sm">
            {health.failuresInRow} attempts in a row have failed: {health.lastError}
          </Text>
          {health.disablesAt && (
            <Text size="sm">
              Without a success it is disabled <When iso={health.disablesAt} />.
            </Text>
          )}
        </Stack>
      )}
      <Panel title="Settings">
        <JsonView value={settingsOf(data)} label="Settings" />
      </Panel>
      <TryEndpoint endpoint={data} />
      <Panel flush title="Deliveries">
        <Deliveries filter={{ endpointId }} />
      </Panel>
    </Page>
  );
}

function settingsOf({ id: _id, health: _health, status: _status, ...settings }: EndpointRow): object {
  return settings;
}

const deeds = {
  enable: {
    title: 'Enable the endpoint',
    says: 'What was held while it was disabled goes out in order, then what comes.',
    does: 'Enable',
  },
  disable: {
    title: 'Disable the endpoint',
    says: 'It is sent nothing until it is enabled; its events are held until then.',
    does: 'Disable',
  },
  test: {
    title: 'Send a test',
    says: 'Sends the event endpoint.test, whatever the endpoint has subscribed to.',
    does: 'Send',
  },
} as const;

function Actions({ endpoint }: { endpoint: EndpointRow }) {
  const [deed, setDeed] = useState<keyof typeof deeds | 'replay' | 'rotate'>();
  const queries = useQueryClient();
  const [mayRun, mayWrite] = [useMay('run'), useMay('write')];
  const params = { path: { id: endpoint.id } };
  const act = async () => {
    if (deed === 'enable') await api().post('/v1/execution-webhooks/{id}/enable', { params, body: {} });
    if (deed === 'disable') await api().post('/v1/execution-webhooks/{id}/disable', { params, body: {} });
    if (deed === 'test') await api().post('/v1/execution-webhooks/{id}/test', { params, body: {} });
    await queries.invalidateQueries({ queryKey: keys.endpoints });
    await queries.invalidateQueries({ queryKey: ['deliveries'] });
  };
  const change = endpoint.status === 'active' ? 'disable' : 'enable';
  const close = () => setDeed(undefined);
  return (
    <>
      {mayRun && <Button onClick={() => setDeed('test')}>Send a test</Button>}
      {mayRun && (
        <Button variant="default" onClick={() => setDeed('replay')}>
          Replay many
        </Button>
      )}
      {mayWrite && (
        <>
          <Button variant="default" onClick={() => setDeed('rotate')}>
            Rotate the secret
          </Button>
          <Button variant="default" onClick={() => setDeed(change)}>
            {deeds[change].does}
          </Button>
        </>
      )}
      {deed === 'replay' && <ReplayMany endpointId={endpoint.id} onClose={close} />}
      {deed === 'rotate' && <RotateSecret endpointId={endpoint.id} onClose={close} />}
      {deed && deed !== 'replay' && deed !== 'rotate' && (
        <Confirm {...deeds[deed]} onConfirm={act} onClose={close} />
      )}
    </>
  );
}
