import { Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys } from '../data/queries.ts';
import type { EndpointRow } from '../data/types.ts';
import { JsonView } from '../show/json-view.tsx';
import { Loading, Panel, Problem } from '../show/page.tsx';
import { TextView } from '../show/text-view.tsx';

/** Tries an endpoint’s filter and transform on the events of the newest run; sends nothing. */
export function TryEndpoint({ endpoint }: { endpoint: EndpointRow }) {
  const [eventId, setEventId] = useState<string | null>(null);
  const { data: events = [], error } = useNewestEvents(endpoint.workflowIds[0]);
  return (
    <Panel title="Try it">
      <Stack gap="sm">
        <Select
          label="An event of the newest run"
          description="Shows what would go out of it, or that the filter leaves it out. Nothing is sent."
          placeholder={events.length === 0 ? 'There is no run yet' : 'Choose an event'}
          data={events}
          value={eventId}
          onChange={setEventId}
          searchable
          disabled={events.length === 0}
          maw="30rem"
        />
        {error && <Problem error={error} />}
        {eventId !== null && <Preview endpointId={endpoint.id} eventId={eventId} />}
      </Stack>
    </Panel>
  );
}

function useNewestEvents(workflowId: string | undefined) {
  return useQuery({
    queryKey: keys.newestEvents(workflowId),
    queryFn: async ({ signal }) => {
      const query = { workflowId, limit: 1 } as { limit: number };
      const { items } = await api().get('/v1/runs', { params: { query }, signal });
      const [run] = items;
      if (!run) return [];
      const params = { path: { id: run.id }, query: { limit: 200 } };
      const page = await api().get('/v1/runs/{id}/events', { params, signal });
      return page.items.map(({ id, type, data }) => ({
        value: id,
        label: [`${String(data['sequence'])}. ${type}`, data['path']].filter(Boolean).join(' · '),
      }));
    },
  });
}

/** What would go out of an event to an endpoint now. */
export function Preview({ endpointId, eventId }: { endpointId: string; eventId: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.preview(endpointId, eventId),
    queryFn: ({ signal }) => {
      const params = { path: { id: endpointId } };
      return api().post('/v1/execution-webhooks/{id}/preview', { params, body: { eventId }, signal });
    },
  });
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading what="the preview" />;
  if (!data.isSent)
    return (
      <Text size="sm" role="status">
        The filter leaves this event out.
      </Text>
    );
  return (
    <Stack gap="sm">
      <span className="mono">
        {data.method} {data.url}
      </span>
      <JsonView value={data.headers} label="Headers that would go out" />
      <Body text={data.body} />
    </Stack>
  );
}

function Body({ text }: { text: string }) {
  try {
    return <JsonView value={JSON.parse(text)} label="Body that would go out" />;
  } catch {
    return <TextView text={text} label="Body that would go out" />;
  }
}
