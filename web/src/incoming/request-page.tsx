import { Anchor, Button, Group, SegmentedControl, Stack, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../data/client.ts';
import { keys, useWorkflowNames } from '../data/queries.ts';
import type { WholeRequest } from '../data/types.ts';
import { RunLink } from '../runs/run-heading.tsx';
import { useMay } from '../session/scopes.ts';
import { Confirm } from '../show/confirm.tsx';
import { formatBytes } from '../show/count.ts';
import { Id, shortId } from '../show/id.tsx';
import { JsonView } from '../show/json-view.tsx';
import { Loading, Page, Panel, Problem } from '../show/page.tsx';
import { TextView } from '../show/text-view.tsx';
import { When } from '../show/time.tsx';
import { IncomingStatus } from './incoming-status.tsx';

const here = getRouteApi('/shell/incoming/$eventId');

/** One request as it came: what it said, how it was judged, what it started. */
export function RequestPage() {
  const { eventId } = here.useParams();
  const nameOf = useWorkflowNames();
  const { data, error, refetch } = useQuery({
    queryKey: keys.request(eventId),
    queryFn: ({ signal }) =>
      api().get('/v1/webhook-events/{id}', { params: { path: { id: eventId } }, signal }),
  });
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the request" />;
  return (
    <Page
      title={`Request ${shortId(eventId)}`}
      heading={
        <Group gap="sm" component="span">
          <span>{nameOf(data.workflowId)}</span>
          <IncomingStatus status={data.status} />
        </Group>
      }
      above={
        <Group gap="xs" fz="sm">
          <Anchor renderRoot={(props) => <Link to="/incoming" {...props} />} fz="sm">
            Incoming
          </Anchor>
          <Id id={eventId} />
          <When iso={data.receivedAt} />
        </Group>
      }
      actions={<Replay eventId={eventId} status={data.status} />}
    >
      <Judged request={data} />
      <Sent request={data} />
      <Headers headers={data.headers} />
    </Page>
  );
}

function Judged({ request }: { request: WholeRequest }) {
  const { action, reason, detail, status, dedupeKey, runIds } = request;
  return (
    <Panel title="How it was judged">
      <Stack gap={4} fz="sm">
        <span>
          {[action, reason, detail].filter(Boolean).join(' – ') || status}
          {dedupeKey && ` · key ${dedupeKey}`}
        </span>
        {runIds.map((id) => (
          <RunLink key={id} id={id}>
            {`Run ${shortId(id)}`}
          </RunLink>
        ))}
      </Stack>
    </Panel>
  );
}

function Sent({ request }: { request: WholeRequest }) {
  const { method, query, contentType, sizeBytes, remoteAddress, body, bodyBase64 } = request;
  return (
    <Panel title="What was sent">
      <Stack gap="sm">
        <span className="mono">
          {method} {query && `?${query}`} · {contentType ?? 'no content type'} · {formatBytes(sizeBytes)} ·
          from {remoteAddress ?? 'unknown'}
        </span>
        <Body body={body} base64={bodyBase64} />
      </Stack>
    </Panel>
  );
}

function Headers({ headers }: Pick<WholeRequest, 'headers'>) {
  return (
    <Panel title="Headers" flush>
      <Table>
        <Table.Tbody>
          {Object.entries(headers).map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th className="mono" w="16rem">
                {name}
              </Table.Th>
              <Table.Td className="mono" style={{ overflowWrap: 'anywhere' }}>
                {value}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

/** A body decoded, or as it was sent. */
function Body({ body, base64 }: { body: string | null; base64: string }) {
  const [view, setView] = useState('decoded');
  const json = body === null ? undefined : parsed(body);
  return (
    <>
      <SegmentedControl
        size="xs"
        w="fit-content"
        aria-label="Body"
        data={[
          { value: 'decoded', label: 'Decoded' },
          { value: 'raw', label: 'As sent' },
        ]}
        value={view}
        onChange={setView}
      />
      {view === 'decoded' && json !== undefined ? (
        <JsonView value={json} label="Body" />
      ) : (
        <TextView text={body ?? base64} label={body === null ? 'Body, base64' : 'Body'} />
      )}
    </>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function Replay({ eventId, status }: { eventId: string; status: string }) {
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  if (!useMay('run') || status === 'handshake') return null;
  const replay = async () => {
    const params = { path: { id: eventId } };
    const { runIds } = await api().post('/v1/webhook-events/{id}/replay', { params, body: {} });
    const [runId] = runIds;
    if (runId !== undefined) await navigate({ to: '/runs/$runId', params: { runId }, search: {} });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Replay</Button>
      {isOpen && (
        <Confirm
          title="Replay the request"
          says={
            status === 'rejected'
              ? 'Verifies the request again, and starts a new run with it when it passes now.'
              : 'Starts a new run of the live version with this request. It is not verified again.'
          }
          does="Replay"
          onConfirm={replay}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
